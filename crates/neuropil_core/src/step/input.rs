//! What arrives at the neurons of a partition in the current step.

use std::ops::Range;

use bevy_ecs::prelude::*;

use crate::declare::declaration::Declaration;
use crate::declare::state_column::StateColumn;
use crate::number::block::Block;
use crate::number::real::Real;

/// The inputs of all slices of a partition, one after the other: synapses of one source lie side by side, wherever they end.
#[derive(Resource, Clone, Debug)]
pub struct Inputs<R: Real> {
    values: StateColumn<R>,
}

impl<R: Real> Default for Inputs<R> {
    fn default() -> Self {
        Self { values: StateColumn::filled(R::ZERO, 0) }
    }
}

impl<R: Real> Inputs<R> {
    /// Makes room for `len` neurons of a model.
    pub fn add(&mut self, declaration: &Declaration, len: u32) -> InputSlice {
        let (channels, len) = (declaration.receptors.len(), len as usize);
        let mut kept = vec![false; if declaration.holds_state_in_receptors() { channels } else { 0 }];
        for channel in (0..declaration.states.len()).filter_map(|v| declaration.channel_of_state(v)) {
            kept[channel] = true;
        }
        let begin = self.values.len().next_multiple_of(StateColumn::<R>::PER_LINE);
        self.values = StateColumn::filled(R::ZERO, begin + channels * len);
        InputSlice { begin, channels, len, kept }
    }

    /// The inputs of all slices.
    #[inline]
    #[must_use]
    pub fn all_mut(&mut self) -> &mut [R] {
        &mut self.values
    }

    /// The input of a slice.
    #[inline]
    #[must_use]
    pub fn of<'a>(&'a mut self, slice: &'a InputSlice) -> InputBuffer<'a, R> {
        InputBuffer { values: &mut self.values[slice.range()], slice, taken: false }
    }

    /// The input of one receptor of a slice, by neuron.
    #[inline]
    #[must_use]
    pub fn channel(&self, slice: &InputSlice, channel: usize) -> &[R] {
        &self.values[slice.begin + channel * slice.len..][..slice.len]
    }
}

/// Where the input of a slice lies: one channel for each receptor of the model.
#[derive(Component, Clone, Debug)]
#[component(immutable)]
pub struct InputSlice {
    begin: usize,
    channels: usize,
    /// The number of neurons.
    len: usize,
    /// Whether each channel is kept; empty where none is.
    kept: Vec<bool>,
}

impl InputSlice {
    /// The places of the input among the inputs of all slices: neuron `i` of channel `c` is at `c * len + i` of them.
    #[inline]
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.begin..self.begin + self.channels * self.len
    }

    /// The place of a neuron's input among the inputs of all slices.
    pub(crate) fn place(&self, channel: usize, neuron: usize) -> usize {
        self.begin + channel * self.len + neuron
    }
}

/// What arrives at the neurons of a slice in the current step: one channel for each receptor of the model.
///
/// Stimuli and projections add to it; the neurons take it, and it is set to zero. Channels that hold a state variable are
/// kept instead: their model changes them itself.
#[derive(Debug)]
pub struct InputBuffer<'a, R: Real> {
    values: &'a mut [R],
    slice: &'a InputSlice,
    /// Whether the neurons have taken the input of this step.
    taken: bool,
}

/// What arrives at one receptor in a step. Taking it leaves zero: each neuron has to take its own.
#[derive(Debug)]
pub struct Arrivals<'a, R>(pub(crate) &'a mut [R]);

impl<R: Real> Arrivals<'_, R> {
    /// What arrives at neuron `k`.
    #[inline(always)]
    #[must_use]
    pub fn take(&mut self, k: usize) -> R {
        std::mem::take(&mut self.0[k])
    }
}

/// The channels of a slice, each of which is taken out once.
#[derive(Debug)]
pub struct Channels<'a, R>([Option<&'a mut [R]>; MOST_RECEPTORS]);

/// How many receptors a model has at most.
const MOST_RECEPTORS: usize = 16;

impl<R> Default for Channels<'_, R> {
    fn default() -> Self {
        Self([const { None }; MOST_RECEPTORS])
    }
}

impl<'a, R> Channels<'a, R> {
    /// A channel, to be changed in place: that of a receptor that holds a state variable.
    ///
    /// # Panics
    /// If there is none, or it has been taken out before.
    #[inline]
    pub fn take(&mut self, channel: usize) -> &'a mut [R] {
        self.0[channel].take().expect("a channel for each receptor, which is taken out once")
    }

    /// What arrives at a receptor.
    ///
    /// # Panics
    /// As [`Channels::take`].
    #[inline]
    pub fn arrivals(&mut self, channel: usize) -> Arrivals<'a, R> {
        Arrivals(self.take(channel))
    }
}

impl Block {
    /// The block's part of what arrives at a receptor.
    #[inline(always)]
    #[must_use]
    pub fn arrivals<'a, R>(self, arrivals: &'a mut Arrivals<'_, R>) -> Arrivals<'a, R> {
        Arrivals(self.of(arrivals.0))
    }
}

impl<R: Real> InputBuffer<'_, R> {
    /// The input of one receptor, by neuron of the slice.
    #[inline]
    #[must_use]
    pub fn channel_mut(&mut self, channel: usize) -> &mut [R] {
        &mut self.values[channel * self.slice.len..][..self.slice.len]
    }

    /// The channels, for a step that takes what arrives: nothing is left to be cleared but in those that hold a state variable.
    ///
    /// # Panics
    /// If the model has more than 16 receptors.
    #[inline]
    #[must_use]
    pub fn channels(&mut self) -> Channels<'_, R> {
        assert!(self.slice.channels <= MOST_RECEPTORS, "a model has at most {MOST_RECEPTORS} receptors");
        self.taken = true;
        let mut channels = Channels::default();
        let mut rest = &mut *self.values;
        for channel in channels.0.iter_mut().take(self.slice.channels) {
            *channel = rest.split_off_mut(..self.slice.len);
        }
        channels
    }

    /// All channels one after the other: neuron `i` of channel `c` is at `c * len + i`.
    #[inline]
    pub fn all_mut(&mut self) -> &mut [R] {
        self.values
    }

    /// Sets the input to zero; what is kept stays.
    #[inline]
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.taken) {
            return;
        }
        let InputSlice { kept, len, .. } = self.slice;
        if kept.is_empty() {
            self.values.fill(R::ZERO);
            return;
        }
        let channels = self.values.chunks_mut((*len).max(1)).zip(kept);
        channels.filter(|(_, kept)| !**kept).for_each(|(channel, _)| channel.fill(R::ZERO));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::declaration::{ModelKind, Receptor};
    use crate::neuron::iaf;

    static MODEL: Declaration = {
        const RECEPTORS: [Receptor; 2] = [iaf::CURRENT; 2];
        Declaration {
            name: "two_currents",
            kind: ModelKind::Neuron,
            summary: "",
            equations: "",
            numerics: "",
            parameters: &[],
            states: &[],
            receptors: &RECEPTORS,
            references: &[],
            audit: None,
        }
    };

    #[test]
    fn input_that_is_taken_is_gone_and_the_rest_is_cleared() {
        let mut inputs = Inputs::<f32>::default();
        let slice = inputs.add(&MODEL, 3);
        let mut input = inputs.of(&slice);
        input.all_mut().copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let mut channels = input.channels();
        let [mut first, mut second] = [0, 1].map(|channel| channels.arrivals(channel));
        assert_eq!((first.take(1), second.take(2)), (2.0, 6.0));
        assert_eq!(input.all_mut(), [1.0, 0.0, 3.0, 4.0, 5.0, 0.0]);
        input.clear();
        input.clear();
        assert_eq!(input.all_mut(), [0.0; 6]);
    }

    #[test]
    fn slices_lie_one_after_the_other_and_begin_on_a_line() {
        let mut inputs = Inputs::<f64>::default();
        let slices = [3, 0, 5].map(|len| inputs.add(&MODEL, len));
        assert_eq!(slices.each_ref().map(InputSlice::range), [0..6, 8..8, 8..18]);
        inputs.of(&slices[2]).channel_mut(1)[0] = 1.0;
        assert_eq!(inputs.channel(&slices[2], 1), [1.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(inputs.all_mut()[13], 1.0);
    }
}
