//! Why something of a network could not be read or changed.

use crate::step::owned::Owned;

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

    /// There is no such thing; `names` are those that there are.
    pub(crate) fn unknown<'n>(
        owner: &str,
        what: &str,
        name: &str,
        names: impl Iterator<Item = &'n str>,
    ) -> Self {
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        let known = if names.is_empty() { "there is none".to_owned() } else { names.join(", ") };
        Self::new(owner, format!("no {what} `{name}` (known: {known})"))
    }

    /// The same error, on a slice.
    pub(crate) fn of(mut self, owned: &Owned) -> Self {
        self.population = owned.slice.population;
        self
    }
}
