//! The neurons whose spikes are recorded.

use neuropil_network::{Network, Part, Recorder, RecorderKind};

/// The neurons of one population that are recorded, and when: one entry for each recorder that has any.
pub(crate) struct Selection {
    windows: Vec<(u64, u64, Vec<Part>)>,
}

impl Selection {
    /// What the spike recorders of a network select of a population.
    pub(crate) fn of(network: &Network, population: u32) -> Self {
        let n = network.populations[population as usize].n;
        let window = |r: &Recorder| {
            let parts = r.view.neurons_in(population, 0, n);
            (!parts.is_empty()).then_some((r.start, r.stop, parts))
        };
        let recorders = network.recorders.iter().filter(|r| r.kind == RecorderKind::Spikes);
        Self { windows: recorders.filter_map(window).collect() }
    }

    /// Whether all of some neurons, which are in ascending order, are recorded by one recorder.
    pub(super) fn selects_all(&self, stamp: u64, neurons: &[u32]) -> bool {
        let [first, .., last] = neurons else { return false };
        let selects = |(start, stop, parts): &(u64, u64, Vec<Part>)| {
            (*start..=*stop).contains(&stamp)
                && parts.iter().any(|p| p.start <= *first && *last < p.start + p.len)
        };
        self.windows.iter().any(selects)
    }

    pub(super) fn selects(&self, stamp: u64, neuron: u32) -> bool {
        let selects = |(start, stop, parts): &(u64, u64, Vec<Part>)| {
            (*start..=*stop).contains(&stamp) && hold(parts, neuron)
        };
        self.windows.iter().any(selects)
    }

    /// The recorded neurons as ranges (start, end), merged and in ascending order.
    pub(crate) fn ranges(&self) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> =
            self.windows.iter().flat_map(|w| &w.2).map(|p| (p.start, p.start + p.len)).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (start, end) in ranges {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }
}

/// Whether a neuron is in one of the parts, which are in ascending order.
pub(super) fn hold(parts: &[Part], neuron: u32) -> bool {
    let part = parts[..parts.partition_point(|p| p.start <= neuron)].last();
    part.is_some_and(|p| neuron < p.start + p.len)
}
