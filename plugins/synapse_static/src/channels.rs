//! The inputs that spikes reach.

use neuropil_core::{ReceptorChoice, StorageError, SynapseSetup};

/// The inputs of a slice: a channel for each receptor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Channels {
    receptor_choice: ReceptorChoice,
    /// The place of the first, among those from the first on that a store reaches.
    begin: u32,
    /// The number of neurons of the slice.
    len: u32,
}

impl Channels {
    /// The inputs of the slice of a store's only part.
    pub(crate) fn of(setup: &SynapseSetup<'_>) -> Self {
        Self { receptor_choice: setup.plan.receptor_choice, begin: 0, len: setup.slice.len }
    }

    /// The inputs of the slices of all parts.
    pub(crate) fn of_parts(parts: &[SynapseSetup<'_>]) -> Vec<Self> {
        let first = parts.iter().map(|part| part.plan.first_input).min().unwrap_or(0);
        let begin = |part: &SynapseSetup<'_>| (part.plan.first_input - first) as u32;
        parts.iter().map(|part| Self { begin: begin(part), ..Self::of(part) }).collect()
    }

    /// The number of neurons of the slice.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// The number of inputs of the slice.
    pub(crate) fn n_inputs(&self) -> u64 {
        self.receptor_choice.declaration.receptors.len() as u64 * u64::from(self.len)
    }

    /// The place of the first neuron's input for spikes of this weight.
    pub(crate) fn start(&self, weight: f64) -> u32 {
        let channel =
            self.receptor_choice.channel(weight).expect("scenes check that a receptor takes the weight");
        self.begin + channel as u32 * self.len
    }

    /// The same for a weight that no scene could check.
    pub(crate) fn checked_start(&self, weight: f64) -> Result<u32, StorageError> {
        let channel = self.receptor_choice.channel(weight).filter(|_| weight.is_finite());
        channel
            .map(|channel| self.begin + channel as u32 * self.len)
            .ok_or(StorageError::NoReceptor { weight })
    }

    /// Whether the input at `place` is one of these.
    pub(crate) fn hold(&self, place: usize) -> bool {
        (place as u64).checked_sub(u64::from(self.begin)).is_some_and(|place| place < self.n_inputs())
    }

    /// The neuron whose input is at `place`.
    pub(crate) fn target(&self, place: usize) -> u32 {
        (place as u32 - self.begin) % self.len.max(1)
    }

    /// Whether all weights reach the same channel.
    pub(crate) fn is_one(&self) -> bool {
        self.receptor_choice.has_one_channel()
    }
}
