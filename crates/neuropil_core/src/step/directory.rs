//! What a network is made of, as plugins see it.

use bevy_ecs::prelude::*;

use crate::actor::access_error::AccessError;
use crate::declare::declaration::Declaration;
use crate::neuron::component::NeuronHooks;
use crate::number::real::Precision;
use crate::stimulus::component::StimulusHooks;
use crate::time::TimeGrid;

/// The populations and stimuli of a network: the same in all of its partitions.
#[derive(Resource, Clone)]
pub struct Directory {
    /// The grid of time.
    pub grid: TimeGrid,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The precision of the simulation.
    pub precision: Precision,
    /// The populations, in the order of their numbers.
    pub populations: Vec<ListedPopulation>,
    /// The stimuli, in the order of their numbers.
    pub stimuli: Vec<ListedStimulus>,
}

/// A population in a [`Directory`]; [`NeuronEntry::list`](crate::engine::NeuronEntry::list) makes one.
#[derive(Clone)]
pub struct ListedPopulation {
    /// The name in the scene.
    pub name: String,
    /// The number of neurons.
    pub n: u32,
    /// What its model declares.
    pub model: &'static Declaration,
    pub(crate) hooks: NeuronHooks,
}

impl ListedPopulation {
    /// The position of a state variable in the declaration.
    ///
    /// # Errors
    /// Where the model has no such variable.
    pub fn state(&self, name: &str) -> Result<usize, AccessError> {
        let names = self.model.states.iter().map(|s| s.name);
        self.model
            .state(name)
            .ok_or_else(|| AccessError::unknown(self.owner(), "state variable", name, names))
    }

    /// The position of a parameter in the declaration.
    ///
    /// # Errors
    /// Where the model has no such parameter.
    pub fn parameter(&self, name: &str) -> Result<usize, AccessError> {
        let names = self.model.parameters.iter().map(|p| p.name);
        self.model.parameter(name).ok_or_else(|| AccessError::unknown(self.owner(), "parameter", name, names))
    }

    /// The position of a receptor in the declaration.
    ///
    /// # Errors
    /// Where the model has no such receptor.
    pub fn receptor(&self, name: &str) -> Result<usize, AccessError> {
        let names = self.model.receptors.iter().map(|r| r.name);
        let position = names.clone().position(|receptor| receptor == name);
        position.ok_or_else(|| AccessError::unknown(self.owner(), "receptor", name, names))
    }

    /// What errors call it.
    pub(crate) fn owner(&self) -> String {
        format!("population `{}`", self.name)
    }
}

/// A stimulus in a [`Directory`]; [`StimulusEntry::list`](crate::engine::StimulusEntry::list) makes one.
#[derive(Clone)]
pub struct ListedStimulus {
    /// The name in the scene.
    pub name: String,
    /// What its model declares.
    pub model: &'static Declaration,
    /// The values of its parameters, with which it emits from now on.
    pub parameters: Vec<f64>,
    pub(crate) hooks: StimulusHooks,
}

impl ListedStimulus {
    /// The position of a parameter in the declaration.
    ///
    /// # Errors
    /// Where the model has no such parameter.
    pub fn parameter(&self, name: &str) -> Result<usize, AccessError> {
        let names = self.model.parameters.iter().map(|p| p.name);
        self.model.parameter(name).ok_or_else(|| AccessError::unknown(self.owner(), "parameter", name, names))
    }

    /// What errors call it.
    pub(crate) fn owner(&self) -> String {
        format!("stimulus `{}`", self.name)
    }
}
