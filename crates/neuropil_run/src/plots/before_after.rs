//! Spikes around the times at which weights are changed.

use neuropil_plot::{
    BeforeAfter, Dot, Picture, RasterGroup, RasterPopulation, RasterSetup, histogram_bin_ms,
};
use neuropil_record::{Manifest, PopulationSummary};

use super::rows::Rows;
use super::{protocol, title};

/// How much is shown before and after an event.
const LENGTH_MS: f64 = 500.0;

/// Windows and groups beyond these would be too small to be read.
const MAX_WINDOWS: usize = 6;
const MAX_GROUPS: usize = 6;

/// Neurons outside of the groups are thinned until there are no more than so many times those within, or so many.
const OTHERS: u32 = 2;
const FEW: u32 = 400;

/// Neurons whose synapses are changed.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    population: usize,
    start: u32,
    end: u32,
}

/// The figure while it is fed.
pub(super) struct Windows {
    /// The band and the rows of each population that has any.
    rows: Vec<Option<(u32, Rows)>>,
    figure: BeforeAfter,
    /// The windows are in here.
    ends: (f64, f64),
}

/// Whether the protocol changes weights.
pub(super) fn has_any(manifest: &Manifest) -> bool {
    manifest.protocol.iter().any(|event| event.projection.is_some())
}

impl Windows {
    /// Windows within a stretch of time in ms.
    pub(super) fn new(manifest: &Manifest, (start, stop): (f64, f64)) -> Self {
        let groups = groups(manifest);
        let windows = windows(&times(manifest), start, stop);
        let ends = (windows.first().map_or(start, |w| w.0), windows.last().map_or(stop, |w| w.1));
        let mut setup = RasterSetup {
            title: title(manifest, "before and after weights are changed"),
            t_start_ms: start,
            t_stop_ms: stop,
            bin_ms: histogram_bin_ms(0.0, windows.iter().map(|window| window.1 - window.0).sum()),
            ..RasterSetup::default()
        };
        let every = every(manifest, &groups);
        let mut rows = Vec::new();
        for (number, population) in manifest.populations.iter().enumerate() {
            let here: Vec<&Group> = groups.iter().filter(|group| group.population == number).collect();
            let ranges: Vec<(u32, u32)> = here.iter().map(|group| (group.start, group.end)).collect();
            let shown = Rows::thinned(&population.recorded, &ranges, every);
            if shown.n == 0 {
                rows.push(None);
                continue;
            }
            let band = setup.populations.len() as u32;
            for group in here {
                let name = format!("{}[{}..{}]", population.name, group.start, group.end);
                let rows = shown.range(group.start, group.end);
                setup.groups.push(RasterGroup { name, population: band, rows });
            }
            let name = name(population, &ranges, every);
            setup.populations.push(RasterPopulation { name, n_rows: shown.n });
            rows.push(Some((band, shown)));
        }
        let figure = BeforeAfter::new(&setup, &windows, &protocol::labels(manifest));
        Self { rows, figure, ends }
    }

    pub(super) fn add(&mut self, time_ms: f64, population: u32, neuron: u32) {
        if (self.ends.0..=self.ends.1).contains(&time_ms)
            && let Some((band, rows)) = &self.rows[population as usize]
            && let Some(row) = rows.row(neuron)
        {
            self.figure.add(Dot { time_ms, population: *band, row });
        }
    }

    pub(super) fn draw(&self) -> Picture {
        self.figure.draw()
    }
}

/// The times at which weights are changed.
fn times(manifest: &Manifest) -> Vec<f64> {
    let events = manifest.protocol.iter().filter(|event| event.projection.is_some());
    let mut times: Vec<f64> = events.map(|event| event.time_ms).collect();
    times.dedup();
    times
}

/// Before and after each event, and the end, as far as they do not overlap.
fn windows(times: &[f64], start: f64, stop: f64) -> Vec<(f64, f64)> {
    let mut windows: Vec<(f64, f64)> = Vec::new();
    for (i, &time) in times.iter().enumerate().filter(|(_, time)| (start..=stop).contains(*time)) {
        let free = windows.last().map_or(start, |last| last.1);
        let next = times.get(i + 1).map_or(stop, |next| next.min(stop));
        windows.push(((time - LENGTH_MS).max(free), time));
        windows.push((time, (time + LENGTH_MS).min(next)));
    }
    windows.push((windows.last().map_or(start, |last| last.1).max(stop - LENGTH_MS), stop));
    windows.retain(|window| window.0 < window.1);
    windows.truncate(MAX_WINDOWS);
    windows
}

/// The blocks of neurons that receive what is changed, as far as they are recorded and not all that is.
fn groups(manifest: &Manifest) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let events = manifest.protocol.iter().filter(|event| event.projection.is_some());
    for (name, start, end) in events.flat_map(|event| &event.neurons) {
        let Some(population) = manifest.populations.iter().position(|p| p.name == *name) else { continue };
        let recorded = Rows::all(&manifest.populations[population].recorded);
        let n = recorded.range(*start, *end).len() as u32;
        let group = Group { population, start: *start, end: *end };
        if n > 0 && n < recorded.n && !groups.contains(&group) && groups.len() < MAX_GROUPS {
            groups.push(group);
        }
    }
    groups
}

/// Of how many neurons outside of the groups one is shown.
fn every(manifest: &Manifest, groups: &[Group]) -> u32 {
    let rows: Vec<Rows> = manifest.populations.iter().map(|p| Rows::all(&p.recorded)).collect();
    let within = groups.iter().map(|group| rows[group.population].range(group.start, group.end).len() as u32);
    let within: u32 = within.sum();
    let all: u32 = rows.iter().map(|rows| rows.n).sum();
    if within == 0 { 1 } else { all.saturating_sub(within).div_ceil((OTHERS * within).max(FEW)).max(1) }
}

/// A population's name, and how many of its neurons outside of groups are shown.
fn name(population: &PopulationSummary, groups: &[(u32, u32)], every: u32) -> String {
    let others = if groups.is_empty() { "" } else { "other " };
    let part = if every > 1 { format!(" (1 in {every})") } else { String::new() };
    format!("{others}{}{part}", population.name)
}

#[cfg(test)]
mod tests {
    use super::windows;

    #[test]
    fn windows_do_not_overlap() {
        assert_eq!(
            windows(&[10_000.0], 0.0, 12_000.0),
            [(9500.0, 10_000.0), (10_000.0, 10_500.0), (11_500.0, 12_000.0)]
        );
        assert_eq!(
            windows(&[300.0, 700.0, 900.0], 0.0, 1000.0),
            [(0.0, 300.0), (300.0, 700.0), (700.0, 900.0), (900.0, 1000.0)]
        );
        assert_eq!(windows(&[0.0, 5000.0], 0.0, 1000.0), [(0.0, 500.0), (500.0, 1000.0)]);
        assert_eq!(windows(&[0.0], 0.0, 0.0), []);
    }
}
