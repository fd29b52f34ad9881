//! The channels of the input buffer that spikes reach.

use neuropil_core::{BuildError, Receiver, SynapseSetup};

/// The channels of the input buffer of a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Channels {
    receiver: Receiver,
    /// The number of neurons of the slice.
    len: u32,
}

impl Channels {
    pub(crate) fn of(setup: &SynapseSetup<'_>) -> Self {
        Self { receiver: setup.plan.receiver, len: setup.slice.len }
    }

    /// The number of neurons of the slice.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// The number of inputs of the slice.
    pub(crate) fn n_inputs(&self) -> u64 {
        self.receiver.declaration.receptors.len() as u64 * u64::from(self.len)
    }

    /// The place of the first neuron's input for spikes of this weight.
    pub(crate) fn start(&self, weight: f64) -> u32 {
        self.receiver.channel(weight).expect("scenes check that a receptor takes the weight") as u32
            * self.len
    }

    /// The same for a weight that no scene could check.
    pub(crate) fn checked_start(&self, weight: f64) -> Result<u32, BuildError> {
        let channel = self.receiver.channel(weight).filter(|_| weight.is_finite());
        channel.map(|channel| channel as u32 * self.len).ok_or(BuildError::NoReceptor { weight })
    }

    /// The neuron whose input is at `place`.
    pub(crate) fn target(&self, place: usize) -> u32 {
        place as u32 % self.len.max(1)
    }

    /// Whether all weights reach the same channel.
    pub(crate) fn is_one(&self) -> bool {
        self.receiver.has_one_channel()
    }
}
