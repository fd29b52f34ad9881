//! What a simulation shows of itself while it runs.

use std::ops::Range;

use neuropil_core::{RecordedSynapse, Sample, SpikeHistory};

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
