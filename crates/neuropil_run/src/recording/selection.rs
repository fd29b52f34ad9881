//! The neurons that some recorders have, step by step.

use std::collections::BTreeMap;

use neuropil_network::{Epoch, Part, Recorder};

/// The neurons whose spikes some recorders see: those of any of them at the time.
pub(crate) struct Selection {
    windows: Vec<Window>,
    /// The ranges of neurons of each population up to the stamp `until`, in ascending order.
    current: Vec<(u32, Ranges)>,
    until: u64,
}

/// Ranges (start, end) of neurons of one population, in ascending order.
pub(crate) type Ranges = Vec<(u32, u32)>;

/// When a recorder records, and what.
struct Window {
    first: u64,
    stop: u64,
    parts: Vec<Part>,
}

impl Selection {
    pub(crate) fn of<'r>(recorders: impl IntoIterator<Item = &'r Recorder>) -> Self {
        let window = |r: &Recorder| Window { first: r.first(), stop: r.stop, parts: r.view.parts().to_vec() };
        Self { windows: recorders.into_iter().map(window).collect(), current: Vec::new(), until: 0 }
    }

    /// The neurons that are selected at any time, by population.
    pub(crate) fn ranges(&self) -> BTreeMap<u32, Ranges> {
        merged(self.windows.iter())
    }

    /// Adds the spikes with this stamp, as lists of neurons by population.
    pub(super) fn spikes<'e>(&mut self, epoch: &Epoch<'e>, stamp: u64, spikes: &mut Vec<(u32, &'e [u32])>) {
        if stamp > self.until {
            self.go_on(stamp);
        }
        for (population, ranges) in &self.current {
            let fired = epoch.fired(*population, stamp - 1);
            select(fired, ranges, |neurons| spikes.push((*population, neurons)));
        }
    }

    /// Finds what is selected from this stamp on.
    fn go_on(&mut self, stamp: u64) {
        let now = self.windows.iter().filter(|w| (w.first..=w.stop).contains(&stamp));
        self.current = merged(now).into_iter().collect();
        let ends = self.windows.iter().flat_map(|w| [w.first.saturating_sub(1), w.stop]);
        self.until = ends.filter(|&end| end >= stamp).min().unwrap_or(u64::MAX);
    }
}

/// The ranges of all windows by population, where they touch as one.
fn merged<'w>(windows: impl Iterator<Item = &'w Window>) -> BTreeMap<u32, Ranges> {
    let mut by_population: BTreeMap<u32, Ranges> = BTreeMap::new();
    for part in windows.flat_map(|window| &window.parts) {
        by_population.entry(part.population).or_default().push((part.start, part.start + part.len));
    }
    by_population.values_mut().for_each(join);
    by_population
}

fn join(ranges: &mut Ranges) {
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let touch = next.0 <= last.1;
        if touch {
            last.1 = last.1.max(next.1);
        }
        touch
    });
}

/// Those of some neurons, in ascending order, that lie in ranges, as stretches that lie side by side.
fn select<'f>(fired: &'f [u32], ranges: &[(u32, u32)], mut found: impl FnMut(&'f [u32])) {
    let (Some(first), Some(last)) = (fired.first(), fired.last()) else { return };
    let place = |neuron: u32| fired.partition_point(|&f| f < neuron);
    let begin = ranges.partition_point(|range| range.1 <= *first);
    for &(start, end) in ranges[begin..].iter().take_while(|range| range.0 <= *last) {
        // Most of the time one range has them all.
        let inside = if start <= *first && *last < end { fired } else { &fired[place(start)..place(end)] };
        if !inside.is_empty() {
            found(inside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_neurons_in_ranges_are_found() {
        let found = |fired: &[u32], ranges: &[(u32, u32)]| {
            let mut all = Vec::new();
            select(fired, ranges, |neurons| all.push(neurons.to_vec()));
            all
        };
        let ranges = [(2, 5), (9, 10), (20, 30)];
        assert_eq!(found(&[], &ranges), Vec::<Vec<u32>>::new());
        assert_eq!(found(&[3], &ranges), [[3]]);
        assert_eq!(found(&[5, 8], &ranges), Vec::<Vec<u32>>::new());
        let expected: [&[u32]; 3] = [&[2, 4], &[9], &[29]];
        assert_eq!(found(&[0, 1, 2, 4, 5, 8, 9, 10, 29, 30], &ranges), expected);
    }

    #[test]
    fn ranges_that_touch_are_one() {
        let mut ranges = vec![(5, 8), (0, 3), (3, 4), (6, 7), (7, 10)];
        join(&mut ranges);
        assert_eq!(ranges, [(0, 4), (5, 10)]);
    }
}
