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
//! | 2 | entity: a population or projection; for parameters, initial values and noise, that × 256 + field |
//! | 3 | purpose (8 bits), counter, high 24 bits |

use std::convert::Infallible;

use rand::rand_core::TryRng;

use crate::number::simd::{Kernel, dispatch};
use crate::random::philox::{LANES, philox4x32, philox4x32_lanes};

/// The name of the streams, recorded with every run: a change of it changes results.
pub const STREAMS_VERSION: &str = "philox4x32-10/v3";

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
    /// The rare further bits of noise that needs more than 16.
    StimulusTail = 7,
    /// Spikes of populations that fire at random.
    Firing = 8,
    /// The rare second words of spikes of populations that fire at random.
    FiringTail = 9,
    /// Values that are set or added while a network runs; the entity is the number of the event.
    Edit = 10,
    /// Random numbers that neurons take in every step; the entity is population × 256 + field.
    Noise = 11,
    /// Their second words, where a number takes two.
    NoiseAngle = 12,
    /// What a process draws; the entity is its number, the counter the step.
    Process = 13,
    /// Random numbers that stimuli take for each target in every step; the entity is projection × 256 + field.
    StimulusNoise = 14,
    /// Their second words, where a number takes two.
    StimulusNoiseAngle = 15,
}

/// A family of random streams: one seed, purpose and entity.
#[derive(Clone, Copy, Debug)]
pub struct Streams {
    key: [u32; 2],
    purpose: Purpose,
    entity: u32,
}

impl Streams {
    /// How many neurons share the blocks of a chunk where each gets a word.
    pub const WORDS: usize = 4 * LANES;
    /// How many do where each gets half a word.
    pub const HALVES: usize = 8 * LANES;

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
        self.sequence_from(index, 0)
    }

    /// A stream of its own at `node` of a tree that belongs to `index`, one of less than 2^23; the stream `index` itself is at
    /// node 0.
    #[must_use]
    pub fn branch(&self, index: u32, node: u32) -> Sequence {
        self.sequence_from(index, u64::from(node) << BRANCH_BITS)
    }

    fn sequence_from(&self, index: u32, first: u64) -> Sequence {
        Sequence { streams: *self, index, first, counter: first, words: [0; 4 * LANES], used: 0, held: 0 }
    }

    /// One word for each neuron at `step`, in chunks of neurons of which the first is `chunk`.
    ///
    /// The neurons of a chunk share 16 blocks, and the first 16 of them get the first word of each, which is how vector
    /// units compute them.
    pub fn words_of_step(&self, step: u64, chunk: u32, words: &mut [[u32; Self::WORDS]]) {
        dispatch(Chunks { streams: self, step, chunk, chunks: words, split: words_of_blocks });
    }

    /// Sixteen bits for each neuron at `step`, in chunks of neurons of which the first is `chunk`.
    ///
    /// As for [`Self::words_of_step`], but each 16 neurons with the lower halves of words are followed by 16 with the upper
    /// halves, and so twice as many share 16 blocks.
    pub fn halves_of_step(&self, step: u64, chunk: u32, halves: &mut [[u16; Self::HALVES]]) {
        dispatch(Chunks { streams: self, step, chunk, chunks: halves, split: halves_of_blocks });
    }
}

#[inline(always)]
fn words_of_blocks(blocks: &[[u32; LANES]; 4], words: &mut [u32; Streams::WORDS]) {
    for (words, lanes) in words.chunks_mut(LANES).zip(blocks) {
        words.copy_from_slice(lanes);
    }
}

#[inline(always)]
fn halves_of_blocks(blocks: &[[u32; LANES]; 4], halves: &mut [u16; Streams::HALVES]) {
    for (halves, lanes) in halves.chunks_mut(2 * LANES).zip(blocks) {
        let (low, high) = halves.split_at_mut(LANES);
        low.iter_mut().zip(lanes).for_each(|(half, word)| *half = *word as u16);
        high.iter_mut().zip(lanes).for_each(|(half, word)| *half = (word >> 16) as u16);
    }
}

/// The numbers of consecutive chunks of neurons at one step.
struct Chunks<'a, T, S, const N: usize> {
    streams: &'a Streams,
    step: u64,
    chunk: u32,
    chunks: &'a mut [[T; N]],
    split: S,
}

impl<T, S: Fn(&[[u32; LANES]; 4], &mut [T; N]), const N: usize> Kernel for Chunks<'_, T, S, N> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { streams, step, chunk, chunks, split } = self;
        // Copies, which no store to a number can change: the loop keeps them in registers.
        let (mut counter, key) = (streams.counter(chunk * LANES as u32, step), streams.key);
        for numbers in chunks {
            split(&philox4x32_lanes(counter, INDEX, key), numbers);
            counter[INDEX] = counter[INDEX].wrapping_add(LANES as u32);
        }
    }
}

/// The blocks of a branch are numbered with so many of the 56 bits of a counter.
const BRANCH_BITS: u32 = 33;

/// The words of a counter of Philox that hold a low counter and an index.
const COUNTER: usize = 0;
const INDEX: usize = 1;

/// A stream read word by word; works with everything in `rand` and `rand_distr`.
#[derive(Clone, Debug)]
pub struct Sequence {
    streams: Streams,
    index: u32,
    /// The first block, and the next.
    first: u64,
    counter: u64,
    /// Words that have been computed, of which so many are used, and so many are held.
    words: [u32; 4 * LANES],
    used: usize,
    held: usize,
}

impl Sequence {
    /// The next word.
    #[inline]
    pub fn word(&mut self) -> u32 {
        if self.used == self.held {
            self.refill();
        }
        let word = self.words[self.used];
        self.used += 1;
        word
    }

    /// Computes the next words: of one block at first, which may be all that is asked for, then of many at once.
    #[inline(never)]
    fn refill(&mut self) {
        self.used = 0;
        let many = self.counter > self.first && self.counter as u32 <= u32::MAX - LANES as u32;
        if many {
            dispatch(NextBlocks { sequence: self });
            self.held = 4 * LANES;
            self.counter += LANES as u64;
        } else {
            self.words[..4].copy_from_slice(&self.streams.block(self.index, self.counter));
            self.held = 4;
            self.counter += 1;
        }
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

/// Fills a sequence with the words of its next blocks.
struct NextBlocks<'a> {
    sequence: &'a mut Sequence,
}

impl Kernel for NextBlocks<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Sequence { streams, index, counter, words, .. } = self.sequence;
        let lanes = philox4x32_lanes(streams.counter(*index, *counter), COUNTER, streams.key);
        let (blocks, _) = words.as_chunks_mut::<4>();
        for (lane, block) in blocks.iter_mut().enumerate() {
            block.iter_mut().zip(&lanes).for_each(|(word, words)| *word = words[lane]);
        }
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

    /// Which word of which block a neuron gets. A change here changes every network with noise.
    #[test]
    fn the_layout_of_a_step_is_fixed() {
        let streams = Streams::new(7, Purpose::Stimulus, 3);
        for first in [0, 1, 5, 1000] {
            let (mut words, mut halves) = ([[0; Streams::WORDS]; 5], [[0; Streams::HALVES]; 3]);
            streams.words_of_step(5, first, &mut words);
            streams.halves_of_step(5, first, &mut halves);
            let word = |chunk: u32, neuron: u32, word: u32| {
                streams.block((first + chunk) * 16 + neuron % 16, 5)[word as usize]
            };
            for (i, &found) in (0..).zip(words.as_flattened()) {
                assert_eq!(found, word(i / 64, i, i % 64 / 16));
            }
            for (i, &found) in (0..).zip(halves.as_flattened()) {
                let both = word(i / 128, i, i % 128 / 32);
                assert_eq!(found, if i % 32 < 16 { both as u16 } else { (both >> 16) as u16 });
            }
        }
    }

    #[test]
    fn a_sequence_reads_block_after_block() {
        let streams = Streams::new(3, Purpose::Weight, 1);
        let mut sequence = streams.sequence(5);
        for counter in 0..100 {
            assert_eq!([0; 4].map(|_| sequence.word()), streams.block(5, counter));
        }
    }

    #[test]
    fn branches_do_not_share_blocks() {
        let streams = Streams::new(3, Purpose::Connectivity, 1);
        let mut branch = streams.branch(5, 7);
        for counter in 0..40 {
            assert_eq!([0; 4].map(|_| branch.word()), streams.block(5, 7 << 33 | counter));
        }
        assert_eq!(streams.branch(5, 0).word(), streams.sequence(5).word());
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
