//! Which parts of rows arrive in the coming steps, for projections with a delay per synapse.

use neuropil_core::{Segments, SourceRows, SpikeHistory};

/// The segments that arrive in each of the coming steps.
///
/// A spike enters as soon as the shortest delay has passed, so that its first segment arrives at once; entries of
/// a step are then in the order of emission step, source and delay.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    segments: Segments,
    min_delay: u64,
    pages: Vec<Vec<u64>>,
}

impl Calendar {
    /// An empty calendar for delays from `min_delay` to `max_delay` steps.
    pub(crate) fn new(segments: Segments, min_delay: u64, max_delay: u64) -> Self {
        Self { segments, min_delay, pages: vec![Vec::new(); (max_delay - min_delay + 1) as usize] }
    }

    fn page(&self, step: u64) -> usize {
        (step % self.pages.len() as u64) as usize
    }

    /// Enters the spikes that were fired `min_delay` before `step`.
    pub(crate) fn enter(&mut self, step: u64, history: &SpikeHistory, sources: &[SourceRows]) {
        let Some(emission) = step.checked_sub(self.min_delay) else { return };
        let (segments, pages) = (&self.segments, &mut self.pages);
        let n_pages = pages.len() as u64;
        for source in sources {
            source.for_each_fired(history, emission, |row| {
                for (segment, delay) in segments.of_row(row) {
                    pages[((emission + u64::from(delay)) % n_pages) as usize].push(segment);
                }
            });
        }
    }

    /// The ranges of synapses that arrive in `step`.
    pub(crate) fn arrivals(&self, step: u64) -> impl Iterator<Item = std::ops::Range<usize>> {
        self.pages[self.page(step)].iter().map(|&segment| self.segments.range(segment))
    }

    /// The ranges of the synapses of a row, with their delays.
    pub(crate) fn ranges_of_row(&self, row: u32) -> impl Iterator<Item = (std::ops::Range<usize>, u64)> {
        self.segments.of_row(row).map(|(segment, delay)| (self.segments.range(segment), u64::from(delay)))
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
