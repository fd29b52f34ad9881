//! Which parts of rows arrive in the coming steps, for projections with a delay per synapse.

use std::ops::Range;

use neuropil_core::{Segments, SourceRows, SpikeHistory, SynapseRows};

/// The pieces of rows that arrive in each of the coming steps.
///
/// A spike enters as soon as the shortest delay has passed, so that its first segment arrives at once; entries of
/// a step are then in the order of emission step, source and delay.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    segments: Segments,
    min_delay: u64,
    pages: Vec<Vec<Piece>>,
    /// The rows that enter in the step at hand; scratch.
    entering: Vec<u32>,
}

/// Synapses that lie side by side: where the first lies, and in 16 bits how many. Pages are long, so this is small.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece(u64);

impl Piece {
    #[inline]
    fn new(begin: usize, len: u16) -> Self {
        Self((begin as u64) << 16 | u64::from(len))
    }

    /// Where the synapses lie.
    #[inline]
    pub(crate) fn range(self) -> Range<usize> {
        let begin = (self.0 >> 16) as usize;
        begin..begin + (self.0 & 0xFFFF) as usize
    }
}

/// How many rows ahead of the one that enters another is fetched.
const ROWS_AHEAD: usize = 4;

impl Calendar {
    /// An empty calendar for delays from `min_delay` to `max_delay` steps.
    pub(crate) fn new(segments: Segments, min_delay: u64, max_delay: u64) -> Self {
        let pages = vec![Vec::new(); (max_delay - min_delay + 1) as usize];
        Self { segments, min_delay, pages, entering: Vec::new() }
    }

    fn page(&self, step: u64) -> usize {
        (step % self.pages.len() as u64) as usize
    }

    /// Enters the spikes that were fired `min_delay` before `step` by the sources of `rows`.
    pub(crate) fn enter<T: Copy>(
        &mut self,
        step: u64,
        history: &SpikeHistory,
        sources: &[SourceRows],
        rows: &SynapseRows<T>,
    ) {
        let Some(emission) = step.checked_sub(self.min_delay) else { return };
        let first = self.page(step);
        let Self { segments, min_delay, pages, entering } = self;
        SourceRows::fired_in(sources, history, emission, entering);
        for (i, &row) in entering.iter().enumerate() {
            // What is known of a row lies in three places, the last of which the others tell.
            if let Some(&later) = entering.get(i + 2 * ROWS_AHEAD) {
                segments.prefetch_row(later);
                rows.prefetch_row(later);
            }
            if let Some(&later) = entering.get(i + ROWS_AHEAD) {
                segments.prefetch_segments(later);
            }
            let mut begin = rows.range(row).start;
            segments.for_each_of_row(row, |delay, len| {
                // Segments without synapses may come before the shortest delay.
                let page = first + delay.saturating_sub(*min_delay) as usize;
                let page = if page < pages.len() { page } else { page - pages.len() };
                pages[page].push(Piece::new(begin, len));
                begin += usize::from(len);
            });
        }
    }

    /// The pieces that arrive in `step`.
    pub(crate) fn arrivals(&self, step: u64) -> &[Piece] {
        &self.pages[self.page(step)]
    }

    /// Calls `visit` with the ranges of the synapses of a row that begins at `begin`, and their delays.
    pub(crate) fn for_each_of_row(&self, row: u32, begin: usize, mut visit: impl FnMut(Range<usize>, u64)) {
        let mut begin = begin;
        self.segments.for_each_of_row(row, |delay, len| {
            let end = begin + usize::from(len);
            visit(begin..end, delay);
            begin = end;
        });
    }

    /// Empties the page of `step`, which has been delivered.
    pub(crate) fn turn(&mut self, step: u64) {
        let page = self.page(step);
        self.pages[page].clear();
    }

    /// The memory of the segments, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.segments.bytes()
    }
}
