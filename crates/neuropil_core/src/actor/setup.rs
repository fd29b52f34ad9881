//! What a process or an action knows before anything is built.

use crate::declare::declaration::Declaration;
use crate::error::ParameterError;
use crate::step::directory::Directory;
use crate::time::TimeGrid;
use crate::view::View;

/// What a process or an action knows of the network on which it acts.
pub struct ActorSetup<'a> {
    /// The values of the declared parameters, in order.
    pub parameters: &'a [f64],
    /// The time between two acts of a process, in ms; zero for an action.
    pub interval_ms: f64,
    /// The neurons that the scene names with `of`.
    pub of: &'a View,
    /// The populations and stimuli.
    pub directory: &'a Directory,
}

impl ActorSetup<'_> {
    /// The grid of time.
    #[must_use]
    pub fn grid(&self) -> TimeGrid {
        self.directory.grid
    }

    /// The models of the populations in the view, each with the name of its population.
    pub fn models(&self) -> impl Iterator<Item = (&str, &'static Declaration)> {
        let listed = |population: u32| &self.directory.populations[population as usize];
        self.of.populations().into_iter().map(listed).map(|p| (p.name.as_str(), p.model))
    }

    /// Checks that all neurons of the view have a parameter.
    ///
    /// # Errors
    /// Where a population of the view has none of this name.
    pub fn require_parameter(&self, name: &str) -> Result<(), ParameterError> {
        self.require("parameter", name, |model| model.parameter(name).is_some())
    }

    /// Checks that all neurons of the view have a state variable.
    ///
    /// # Errors
    /// Where a population of the view has none of this name.
    pub fn require_state(&self, name: &str) -> Result<(), ParameterError> {
        self.require("state variable", name, |model| model.state(name).is_some())
    }

    fn require(
        &self,
        what: &str,
        name: &str,
        has: impl Fn(&Declaration) -> bool,
    ) -> Result<(), ParameterError> {
        match self.models().find(|(_, model)| !has(model)) {
            Some((population, model)) => {
                let message = format!("the model `{}` of `{population}` has no {what} `{name}`", model.name);
                Err(ParameterError::new("of", message))
            }
            None => Ok(()),
        }
    }
}
