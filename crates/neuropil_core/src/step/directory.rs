//! What a network is made of, as plugins see it.

use bevy_ecs::prelude::*;

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

/// A population in a [`Directory`]; [`NeuronEntry::list`](crate::NeuronEntry::list) makes one.
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

/// A stimulus in a [`Directory`]; [`StimulusEntry::list`](crate::StimulusEntry::list) makes one.
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
