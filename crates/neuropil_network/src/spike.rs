//! Spikes as a list, for programs.

use neuropil_core::View;

use crate::observer::{Epoch, Observer};

/// A spike. Spikes are in the order of time, then of populations and neurons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spike {
    /// The end of the step in which the neuron fired, as tables have it.
    pub step: u64,
    /// The population, by its number in the network.
    pub population: u32,
    /// The neuron, by its number in the population.
    pub neuron: u32,
}

impl Spike {
    /// Whether a neuron of a view fired it.
    #[must_use]
    pub fn is_of(&self, view: &View) -> bool {
        view.position(self.population, self.neuron).is_some()
    }
}

impl Epoch<'_> {
    /// All spikes, in order.
    pub fn spikes(&self) -> impl Iterator<Item = Spike> {
        let populations = 0..self.history.n_populations();
        let lists = self.steps().flat_map(move |step| populations.clone().map(move |p| (step, p)));
        lists.flat_map(|(step, population)| {
            let fired = self.fired(population, step).iter();
            fired.map(move |&neuron| Spike { step: step + 1, population, neuron })
        })
    }
}

/// An observer that takes all spikes.
impl Observer for Vec<Spike> {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        self.extend(epoch.spikes());
        true
    }
}
