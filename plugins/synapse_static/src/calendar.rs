//! Which parts of rows arrive in the coming steps, for projections with a delay per synapse.

use std::ops::Range;

use neuropil_core::{Rows, Segments, SourceRows, SpikeHistory, prefetch};

/// The ranges of synapses that arrive in each of the coming steps.
///
/// A spike enters as soon as the shortest delay has passed, so that its first segment arrives at once; entries of
/// a step are then in the order of emission step, source and delay.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    segments: Segments,
    min_delay: u64,
    pages: Vec<Vec<Range<usize>>>,
    /// The rows that enter in the step at hand; scratch.
    entering: Vec<u32>,
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
        rows: &Rows<T>,
    ) {
        let Some(emission) = step.checked_sub(self.min_delay) else { return };
        let first = self.page(step);
        let Self { segments, min_delay, pages, entering } = self;
        entering.clear();
        for source in sources {
            source.for_each_fired(history, emission, |row| entering.push(row));
        }
        for (i, &row) in entering.iter().enumerate() {
            // What is known of a row lies in three places, the last of which the others tell.
            if let Some(&later) = entering.get(i + 2 * ROWS_AHEAD) {
                segments.prefetch_row(later);
                rows.prefetch_row(later);
            }
            if let Some(&later) = entering.get(i + ROWS_AHEAD) {
                prefetch(segments.of_row(later));
            }
            let mut begin = rows.range(row).start;
            for segment in segments.of_row(row) {
                let page = first + (u64::from(segment.delay) - *min_delay) as usize;
                let page = if page < pages.len() { page } else { page - pages.len() };
                let end = begin + segment.len as usize;
                pages[page].push(begin..end);
                begin = end;
            }
        }
    }

    /// The ranges of synapses that arrive in `step`.
    pub(crate) fn arrivals(&self, step: u64) -> &[Range<usize>] {
        &self.pages[self.page(step)]
    }

    /// The ranges of the synapses of a row that begins at `begin`, with their delays.
    pub(crate) fn ranges_of_row(&self, row: u32, begin: usize) -> impl Iterator<Item = (Range<usize>, u64)> {
        self.segments.of_row(row).iter().scan(begin, |begin, segment| {
            let end = *begin + segment.len as usize;
            let range = std::mem::replace(begin, end)..end;
            Some((range, u64::from(segment.delay)))
        })
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
