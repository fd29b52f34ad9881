//! Random streams that depend on what a number is for, never on who draws it.
//!
//! Every random number of a simulation is a pure function of the seed, a [`Purpose`], the entity (a population
//! or projection, by its number in the scene), an index (a neuron, by its number in the population) and a
//! counter (a step, or the position in a sequence). The seed is the key of Philox; the other four fill its
//! counter, so no two uses ever share a block:
//!
//! | word | holds |
//! |---|---|
//! | 0 | counter, low 32 bits |
//! | 1 | index |
//! | 2 | entity: a population or projection; for parameters and initial values, population × 256 + field |
//! | 3 | purpose (8 bits), counter, high 24 bits |

use std::convert::Infallible;

use rand::rand_core::TryRng;

use crate::philox::{LANES, philox4x32, philox4x32_lanes};
use crate::simd::{Kernel, dispatch};

/// The name of the streams, recorded with every run: a change of it changes results.
pub const STREAMS_VERSION: &str = "philox4x32-10/v1";

/// What random numbers are drawn for. The numbers are part of the streams' definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    /// Which neurons a projection connects.
    Connectivity = 1,
    /// The weights of a projection's synapses.
    Weight = 2,
    /// The delays of a projection's synapses.
    Delay = 3,
    /// Parameters of neurons that are drawn from a distribution.
    Parameter = 4,
    /// Initial values of state variables.
    InitialValue = 5,
    /// Noise that a stimulus adds in every step.
    Stimulus = 6,
    /// The rare second words of noise that needs more than 32 bits.
    StimulusTail = 7,
    /// Spikes of populations that fire at random.
    Firing = 8,
    /// The rare second words of spikes of populations that fire at random.
    FiringTail = 9,
    /// Values that are set or added while a network runs; the entity is the number of the event.
    Edit = 10,
}

/// A family of random streams: one seed, purpose and entity.
#[derive(Clone, Copy, Debug)]
pub struct Streams {
    key: [u32; 2],
    purpose: Purpose,
    entity: u32,
}

impl Streams {
    /// The streams of `entity` for `purpose`.
    #[must_use]
    pub fn new(seed: u64, purpose: Purpose, entity: u32) -> Self {
        Self { key: [seed as u32, (seed >> 32) as u32], purpose, entity }
    }

    /// The block of four words at `counter` of the stream `index`; only 56 bits of `counter` count.
    #[inline]
    #[must_use]
    pub fn block(&self, index: u32, counter: u64) -> [u32; 4] {
        philox4x32(self.counter(index, counter), self.key)
    }

    #[inline]
    fn counter(&self, index: u32, counter: u64) -> [u32; 4] {
        let high = (counter >> 32) as u32 & 0x00FF_FFFF;
        [counter as u32, index, self.entity, (self.purpose as u32) << 24 | high]
    }

    /// The stream `index` as a sequential generator, for `rand` and `rand_distr`.
    #[must_use]
    pub fn sequence(&self, index: u32) -> Sequence {
        Sequence { streams: *self, index, counter: 0, block: [0; 4], used: 4 }
    }

    /// One word for each neuron from `start` on, at `step`: neuron `i` gets word `i % 4` of block `i / 4`,
    /// so that the words do not depend on where a slice begins.
    pub fn words_of_step(&self, step: u64, start: u32, words: &mut [u32]) {
        let lane = (start % 4) as usize;
        let n_before = if lane == 0 { 0 } else { words.len().min(4 - lane) };
        let (before, rest) = words.split_at_mut(n_before);
        if !before.is_empty() {
            before.copy_from_slice(&self.block(start / 4, step)[lane..][..n_before]);
        }
        let first = start.div_ceil(4);
        let (blocks, after) = rest.as_chunks_mut::<4>();
        let n_blocks = blocks.len() as u32;
        dispatch(Blocks { streams: self, step, first, blocks });
        if !after.is_empty() {
            let block = self.block(first.wrapping_add(n_blocks), step);
            after.copy_from_slice(&block[..after.len()]);
        }
    }
}

/// The blocks of consecutive indices at one step.
struct Blocks<'a> {
    streams: &'a Streams,
    step: u64,
    first: u32,
    blocks: &'a mut [[u32; 4]],
}

impl Kernel for Blocks<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { streams, step, first, blocks } = self;
        let mut index = first;
        for blocks in blocks.chunks_mut(LANES) {
            let words = philox4x32_lanes(streams.counter(index, step), streams.key);
            for (lane, block) in blocks.iter_mut().enumerate() {
                *block = [words[0][lane], words[1][lane], words[2][lane], words[3][lane]];
            }
            index = index.wrapping_add(LANES as u32);
        }
    }
}

/// A stream read word by word; works with everything in `rand` and `rand_distr`.
#[derive(Clone, Debug)]
pub struct Sequence {
    streams: Streams,
    index: u32,
    counter: u64,
    block: [u32; 4],
    used: usize,
}

impl Sequence {
    /// The next word.
    #[inline]
    pub fn word(&mut self) -> u32 {
        if self.used == 4 {
            self.block = self.streams.block(self.index, self.counter);
            self.counter += 1;
            self.used = 0;
        }
        let word = self.block[self.used];
        self.used += 1;
        word
    }

    /// A number below `n` (which is not zero), each equally likely (Lemire 2019, doi:10.1145/3230636).
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        let mut product = u64::from(self.word()) * u64::from(n);
        if (product as u32) < n {
            let threshold = n.wrapping_neg() % n;
            while (product as u32) < threshold {
                product = u64::from(self.word()) * u64::from(n);
            }
        }
        (product >> 32) as u32
    }

    /// A number in the open interval (0, 1), with 53 random bits.
    #[inline]
    pub fn open01(&mut self) -> f64 {
        let bits = u64::from(self.word()) << 32 | u64::from(self.word());
        ((bits >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
    }
}

impl TryRng for Sequence {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.word());
        Ok(u64::from(self.word()) << 32 | low)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_step_do_not_depend_on_where_a_slice_begins() {
        let streams = Streams::new(7, Purpose::Stimulus, 3);
        let mut whole = [0; 41];
        streams.words_of_step(99, 0, &mut whole);
        for start in 0..41 {
            let mut part = vec![0; 41 - start];
            streams.words_of_step(99, start as u32, &mut part);
            assert_eq!(part, whole[start..]);
        }
    }

    #[test]
    fn numbers_below_n_are_uniform() {
        let mut sequence = Streams::new(1, Purpose::Connectivity, 0).sequence(0);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[sequence.below(7) as usize] += 1;
        }
        let chi2: f64 = counts.iter().map(|&c| (f64::from(c) - 10_000.0).powi(2) / 10_000.0).sum();
        assert!(chi2 < 30.0, "chi2 {chi2}"); // 6 degrees of freedom, p > 1e-5
    }

    /// Where purpose, entity and index stand in the counter. A change here changes every network.
    #[test]
    fn the_layout_of_the_counter_is_fixed() {
        let words = |purpose, entity, index| Streams::new(1, purpose, entity).block(index, 0);
        let a = words(Purpose::Connectivity, 0, 0);
        assert_eq!(a, philox4x32([0, 0, 0, 1 << 24], [1, 0]));
        assert_ne!(a, words(Purpose::Weight, 0, 0));
        assert_ne!(a, words(Purpose::Connectivity, 1, 0));
        assert_ne!(a, words(Purpose::Connectivity, 0, 1));
    }
}
