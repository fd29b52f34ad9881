//! What a simulation shows of itself while it runs.

use std::ops::Range;

use neuropil_core::{Sample, SpikeHistory};

/// Sees every epoch of a simulation, in order, on whichever thread has the time.
pub trait Observer: Send {
    /// Called when the next epoch has been simulated, by a part of the partitions at least. If it returns false, the simulation
    /// stops after that one, which the observer still sees.
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool;

    /// Called where recorder `recorder` of the network reads the weights of a projection: before step `step`, by source
    /// and then target, in the order of the views.
    fn weights(&mut self, recorder: usize, step: u64, synapses: &[RecordedSynapse]) {
        let _ = (recorder, step, synapses);
    }
}

/// A synapse of a projection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecordedSynapse {
    /// The position of the source in the projection's source view.
    pub source_position: u32,
    /// The position of the target in the projection's target view.
    pub target_position: u32,
    /// The source: population and neuron, by their numbers.
    pub source: (u32, u32),
    /// The target: population and neuron, by their numbers.
    pub target: (u32, u32),
    /// The weight.
    pub weight: f64,
    /// The delay, in steps.
    pub delay: u64,
}

/// An observer that looks away.
impl Observer for () {
    fn epoch(&mut self, _epoch: &Epoch<'_>) -> bool {
        true
    }
}

impl<F: FnMut(&Epoch<'_>) -> bool + Send> Observer for F {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        self(epoch)
    }
}

/// Some consecutive steps that have been simulated, with all that happened in them.
pub struct Epoch<'a> {
    pub(crate) steps: Range<u64>,
    pub(crate) history: &'a SpikeHistory,
    pub(crate) samples: Vec<Sample<'a>>,
}

impl<'a> Epoch<'a> {
    /// The steps. What happens in a step is stamped with its end, `step + 1`.
    #[must_use]
    pub fn steps(&self) -> Range<u64> {
        self.steps.clone()
    }

    /// The neurons of a population that fired in a step, in ascending order.
    #[must_use]
    pub fn fired(&self, population: u32, step: u64) -> &'a [u32] {
        self.history.fired(population, step)
    }

    /// The samples of all probes, sorted by recorder, time, population and neuron.
    #[must_use]
    pub fn samples(&self) -> &[Sample<'a>] {
        &self.samples
    }
}
