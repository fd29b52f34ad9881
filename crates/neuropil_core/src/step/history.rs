//! The spikes of the recent past, of the whole network.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::view::{Part, View};

/// Sorted lists of the neurons that fired, by population and step, as far back as the longest delay reaches.
///
/// Every partition holds one; the exchange fills all of them with the same lists.
#[derive(Resource, Clone, Debug)]
pub struct SpikeHistory {
    slots: usize,
    lists: Vec<Vec<u32>>,
}

impl SpikeHistory {
    /// An empty history of `n_populations` that keeps at least `steps` steps.
    #[must_use]
    pub fn new(n_populations: usize, steps: u64) -> Self {
        let slots = (steps.max(1) as usize).next_power_of_two();
        Self { slots, lists: vec![Vec::new(); slots * n_populations] }
    }

    /// The number of populations.
    #[must_use]
    pub fn n_populations(&self) -> u32 {
        (self.lists.len() / self.slots) as u32
    }

    fn slot(&self, population: u32, step: u64) -> usize {
        population as usize * self.slots + (step as usize & (self.slots - 1))
    }

    /// The neurons of a population that fired in `step`, in ascending order.
    ///
    /// `step` must lie within the steps that the history keeps.
    #[inline]
    #[must_use]
    pub fn fired(&self, population: u32, step: u64) -> &[u32] {
        &self.lists[self.slot(population, step)]
    }

    /// Forgets a step of all populations, to make room for a new one in the same slot.
    pub fn clear_step(&mut self, step: u64) {
        for list in self.lists.iter_mut().skip(step as usize & (self.slots - 1)).step_by(self.slots) {
            list.clear();
        }
    }

    /// Adds neurons that fired; they must come in ascending order.
    pub fn push(&mut self, population: u32, step: u64, neurons: &[u32]) {
        let slot = self.slot(population, step);
        self.lists[slot].extend_from_slice(neurons);
    }
}

/// The step that the systems of [`StepSystems::Listen`](crate::StepSystems::Listen) hear.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct Heard {
    /// The number of the step.
    pub step: u64,
}

/// The spikes of the whole network in one step, for what listens to them in
/// [`StepSystems::Listen`](crate::StepSystems::Listen).
#[derive(SystemParam)]
pub struct StepSpikes<'w> {
    heard: Res<'w, Heard>,
    history: Res<'w, SpikeHistory>,
}

impl StepSpikes<'_> {
    /// The step in which they were fired.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.heard.step
    }

    /// The neurons of a population that fired, in ascending order.
    #[must_use]
    pub fn of(&self, population: u32) -> &[u32] {
        self.history.fired(population, self.heard.step)
    }

    /// How many neurons of a view fired.
    #[must_use]
    pub fn count(&self, view: &View) -> u64 {
        let count = |part: &Part| {
            let fired = self.of(part.population);
            let before = |end: u32| fired.partition_point(|&neuron| neuron < end);
            (before(part.start + part.len) - before(part.start)) as u64
        };
        view.parts().iter().map(count).sum()
    }
}
