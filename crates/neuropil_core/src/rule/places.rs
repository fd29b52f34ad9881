//! Which place a target has among those of a slice.

use std::ops::Range;

use crate::view::Part;

/// The positions in a view of the targets on a slice, and their places among these.
#[derive(Clone, Debug)]
pub struct Places {
    /// Positions that lie side by side with the place of the first, in ascending order.
    runs: Vec<(Range<u32>, usize)>,
    n: usize,
}

impl Places {
    pub(super) fn new(parts: &[Part]) -> Self {
        let mut n = 0;
        let run = |part: &Part| {
            let first = n;
            n += part.len as usize;
            (part.position..part.position + part.len, first)
        };
        let mut runs: Vec<_> = parts.iter().map(run).collect();
        runs.sort_by_key(|(positions, _)| positions.start);
        Self { runs, n }
    }

    /// The number of targets on the slice.
    #[must_use]
    pub fn len(&self) -> usize {
        self.n
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// The place of the target at a position, if it is on the slice.
    #[must_use]
    pub fn of(&self, position: u32) -> Option<usize> {
        let (positions, first) = self.runs.get(self.first_after(position))?;
        positions.contains(&position).then(|| first + (position - positions.start) as usize)
    }

    /// Calls `visit` for each of some positions whose target is on the slice: which of them it is, and its place.
    #[inline]
    pub(super) fn for_each(&self, positions: &[u32], mut visit: impl FnMut(usize, usize)) {
        // Most slices are one run.
        if let [(run, _)] = &self.runs[..] {
            for (i, position) in positions.iter().enumerate().filter(|(_, position)| run.contains(position)) {
                visit(i, (position - run.start) as usize);
            }
            return;
        }
        for (i, position) in positions.iter().enumerate() {
            if let Some(place) = self.of(*position) {
                visit(i, place);
            }
        }
    }

    /// Whether a target at one of these positions is on the slice.
    #[must_use]
    pub fn touch(&self, positions: &Range<u32>) -> bool {
        self.runs.get(self.first_after(positions.start)).is_some_and(|(run, _)| run.start < positions.end)
    }

    /// The first run that ends after a position.
    fn first_after(&self, position: u32) -> usize {
        self.runs.partition_point(|(positions, _)| positions.end <= position)
    }
}
