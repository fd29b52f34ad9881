//! Why something of a network could not be read or changed.

use crate::step::owned::Owned;
use crate::suggest::did_you_mean;

/// Why a process, an action or a program could not read or change something of a network.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{owner}: {message}")]
pub struct AccessError {
    /// Whom it is about, such as "population `E`".
    pub owner: String,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The population, by its number: of several errors, that of the first is shown.
    pub population: u32,
}

impl AccessError {
    /// An error about `owner`.
    #[must_use]
    pub fn new(owner: impl Into<String>, message: impl Into<String>) -> Self {
        Self { owner: owner.into(), message: message.into(), population: 0 }
    }

    /// `owner` has no `what` of this name; `names` are those that there are.
    #[must_use]
    pub fn unknown<'n>(
        owner: impl Into<String>,
        what: &str,
        name: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        Self::new(owner, format!("there is no {what} `{name}`: {}", did_you_mean(name, &names, what)))
    }

    /// The same error, on a slice.
    pub(crate) fn of(mut self, owned: &Owned) -> Self {
        self.population = owned.slice.population;
        self
    }
}
