//! Which row of a raster a neuron has.

use std::ops::Range;

/// The rows of the recorded neurons of one population, in the order of the neurons.
pub(super) struct Rows {
    stretches: Vec<Stretch>,
    pub(super) n: u32,
}

/// Neurons of which every `every`th has a row.
struct Stretch {
    start: u32,
    end: u32,
    every: u32,
    first_row: u32,
}

impl Rows {
    /// A row for each recorded neuron, given as ranges (start, end).
    pub(super) fn all(recorded: &[(u32, u32)]) -> Self {
        Self::thinned(recorded, &[], 1)
    }

    /// A row for each recorded neuron in one of `groups`, and for one in `every` of the others.
    pub(super) fn thinned(recorded: &[(u32, u32)], groups: &[(u32, u32)], every: u32) -> Self {
        let mut n = 0;
        let mut stretches = Vec::new();
        for &(start, end) in recorded {
            let inside =
                groups.iter().flat_map(|group| [group.0, group.1]).filter(|cut| (start..end).contains(cut));
            let mut cuts: Vec<u32> = inside.chain([start, end]).collect();
            cuts.sort_unstable();
            cuts.dedup();
            for ends in cuts.windows(2) {
                let in_group = groups.iter().any(|group| (group.0..group.1).contains(&ends[0]));
                let every = if in_group { 1 } else { every.max(1) };
                stretches.push(Stretch { start: ends[0], end: ends[1], every, first_row: n });
                n += (ends[1] - ends[0]).div_ceil(every);
            }
        }
        Self { stretches, n }
    }

    pub(super) fn row(&self, neuron: u32) -> Option<u32> {
        let before = self.stretches.partition_point(|stretch| stretch.start <= neuron);
        let stretch = &self.stretches[before.checked_sub(1)?];
        let along = neuron - stretch.start;
        let shown = neuron < stretch.end && along.is_multiple_of(stretch.every);
        shown.then(|| stretch.first_row + along / stretch.every)
    }

    /// The rows of a range of neurons.
    pub(super) fn range(&self, start: u32, end: u32) -> Range<u32> {
        self.first_from(start)..self.first_from(end)
    }

    /// How many rows there are below those of a neuron.
    fn first_from(&self, neuron: u32) -> u32 {
        let before = self.stretches.partition_point(|stretch| stretch.start < neuron);
        let Some(stretch) = before.checked_sub(1).map(|i| &self.stretches[i]) else { return 0 };
        stretch.first_row + (neuron.min(stretch.end) - stretch.start).div_ceil(stretch.every)
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn recorded_neurons_are_adjacent() {
        let rows = Rows::all(&[(10, 12), (20, 23)]);
        assert_eq!(rows.n, 5);
        assert_eq!(
            [9, 10, 11, 12, 20, 22, 23].map(|n| rows.row(n)),
            [None, Some(0), Some(1), None, Some(2), Some(4), None]
        );
        assert_eq!((rows.range(0, 11), rows.range(11, 21), rows.range(30, 40)), (0..1, 1..3, 5..5));
    }

    #[test]
    fn neurons_outside_of_groups_are_thinned() {
        let rows = Rows::thinned(&[(0, 100)], &[(40, 50)], 10);
        assert_eq!((rows.n, rows.range(40, 50)), (4 + 10 + 5, 4..14));
        assert_eq!(
            [0, 5, 10, 40, 49, 50, 51, 60].map(|n| rows.row(n)),
            [Some(0), None, Some(1), Some(4), Some(13), Some(14), None, Some(15)]
        );
    }
}
