//! Counters of arriving spikes.

use neuropil_core::{Kernel, Real, TargetIndex, dispatch};

use crate::carry_save::COLUMNS;

/// How many spikes arrive in a step at each neuron of a slice.
#[derive(Clone, Debug)]
pub(crate) struct Counts {
    /// At least 2^16 counters, of which the first `len` are used: a 16-bit target then needs no check of its bounds.
    /// Memory that is not used is never touched, and so never taken.
    counts: Vec<u16>,
    len: usize,
}

/// The number of targets that 16 bits can tell apart.
const NARROW: usize = 1 << 16;

impl Counts {
    pub(crate) fn new(len: usize) -> Self {
        Self { counts: vec![0; len.max(NARROW).next_multiple_of(COLUMNS)], len }
    }

    /// The counters, filled up to whole lines of bits.
    pub(crate) fn whole_lines(&mut self) -> &mut [u16] {
        let n = self.len.next_multiple_of(COLUMNS);
        &mut self.counts[..n]
    }

    /// Counts one arrival at each target.
    #[inline]
    pub(crate) fn add<I: TargetIndex>(&mut self, targets: &[I]) {
        if I::LIMIT == NARROW as u64 {
            let (counts, _) =
                self.counts.split_first_chunk_mut::<NARROW>().expect("there are at least so many");
            for target in targets {
                counts[target.place() % NARROW] += 1;
            }
        } else {
            for target in targets {
                self.counts[target.place()] += 1;
            }
        }
    }

    /// Whether so few arrivals are counted that looking at their targets again takes less time than looking at all counters.
    pub(crate) fn are_sparse(&self, n_arrivals: u64) -> bool {
        n_arrivals < self.len as u64 / 16
    }

    /// As [`Self::move_to`], for the counters of `targets` alone.
    #[inline]
    pub(crate) fn move_some_to<I: TargetIndex, R: Real>(
        &mut self,
        targets: &[I],
        weight: R,
        input: &mut [R],
    ) {
        for target in targets {
            let count = std::mem::take(&mut self.counts[target.place()]);
            // A target that comes again has been seen to.
            if count > 0 {
                input[target.place()] += weight * R::from_count(u32::from(count));
            }
        }
    }

    /// Adds `weight` times the counts to the input, and sets the counts to zero.
    pub(crate) fn move_to<R: Real>(&mut self, weight: R, input: &mut [R]) {
        let counts = &mut self.counts[..self.len];
        dispatch(MoveTo { weight, counts, input: &mut input[..self.len] });
    }
}

struct MoveTo<'a, R> {
    weight: R,
    counts: &'a mut [u16],
    input: &'a mut [R],
}

impl<R: Real> Kernel for MoveTo<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (input, count) in self.input.iter_mut().zip(self.counts) {
            *input += self.weight * R::from_count(u32::from(*count));
            *count = 0;
        }
    }
}
