//! How many of the synapses that are drawn fall on which targets, without drawing them all.
//!
//! D. Funke, S. Lamm, U. Meyer, M. Penschuck, P. Sanders, C. Schulz, D. Strash, M. von Looz (2019),
//! Communication-free massively distributed graph generation. doi:10.1016/j.jpdc.2019.03.011

use std::ops::Range;

use crate::random::streams::{Sequence, Streams};

use super::counts::{split_distinct, split_independent};
use super::onto::Onto;
use super::places::Places;

/// Spreads synapses over the targets by a tree of draws: a number of synapses is split between the halves of the targets, each
/// part of it between the quarters, and so on down to blocks of targets.
///
/// Each split has a random stream of its own, so any slice finds the numbers of its blocks by itself, and they are the same.
#[derive(Clone, Debug)]
pub struct Spread {
    streams: Streams,
    n_targets: u32,
    n_blocks: u32,
    distinct: bool,
    places: Places,
}

/// How many synapses a block gets at least, on average. Those of the blocks at the ends of a slice are drawn in vain where they
/// are not on it; where there are fewer, the splits take longer than that.
const PER_BLOCK: u64 = 256;

/// The blocks that can be numbered.
const MAX_BLOCKS: u64 = 1 << 22;

impl Spread {
    /// Spreads `n` synapses at a time. `distinct` says that they go to different places, of which each target has some.
    #[must_use]
    pub fn new(onto: &Onto<'_>, n: u64, distinct: bool) -> Self {
        let n_targets = onto.targets().len();
        let most = MAX_BLOCKS.min(u64::from(n_targets)).max(1);
        let n_blocks = (n / PER_BLOCK).clamp(1, most) as u32;
        Self { streams: onto.streams(), n_targets, n_blocks, distinct, places: onto.places() }
    }

    /// Visits the blocks on which targets are wanted: the positions of their targets, the number of the `n` synapses, and the
    /// random numbers with which to go on.
    ///
    /// `index` numbers what is spread; `room` says how many places there are for synapses at a range of positions.
    pub fn visit(
        &self,
        index: u32,
        n: u64,
        room: impl Fn(Range<u32>) -> u64,
        mut visit: impl FnMut(Range<u32>, u64, Sequence),
    ) {
        self.split(index, 0..self.n_blocks, n, &room, &mut visit);
    }

    fn split(
        &self,
        index: u32,
        blocks: Range<u32>,
        n: u64,
        room: &impl Fn(Range<u32>) -> u64,
        visit: &mut impl FnMut(Range<u32>, u64, Sequence),
    ) {
        let positions = self.positions(&blocks);
        if n == 0 || !self.places.touch(&positions) {
            return;
        }
        if blocks.len() == 1 {
            let random = self.streams.branch(index, self.n_blocks + blocks.start);
            return visit(positions, n, random);
        }
        // In a tree of halves, each split has a middle of its own.
        let middle = blocks.start + (blocks.end - blocks.start) / 2;
        let halves = [blocks.start..middle, middle..blocks.end];
        let [left, right] = [0, 1].map(|half: usize| room(self.positions(&halves[half])));
        let mut random = self.streams.branch(index, middle);
        let split = if self.distinct { split_distinct } else { split_independent };
        let n_left = split(n, left, right, &mut random);
        let [first, second] = halves;
        self.split(index, first, n_left, room, visit);
        self.split(index, second, n - n_left, room, visit);
    }

    /// The positions of the targets of some blocks.
    fn positions(&self, blocks: &Range<u32>) -> Range<u32> {
        let first =
            |block: u32| (u64::from(block) * u64::from(self.n_targets) / u64::from(self.n_blocks)) as u32;
        first(blocks.start)..first(blocks.end)
    }
}
