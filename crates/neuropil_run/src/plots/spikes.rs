//! What the spikes of a run look like: all figures in one pass over the table.

use std::path::Path;

use neuropil_core::Plot;
use neuropil_plot::{
    Distributions, Dot, Raster, RasterPopulation, RasterSetup, SpikeStatistics, histogram_bin_ms,
};
use neuropil_record::{Manifest, RecorderSummary, TableReader};

use super::before_after::Windows;
use super::rows::Rows;
use super::{Named, before_after, title, window};
use crate::Failure;

const RASTER: &str = "raster";
const DISTRIBUTIONS: &str = "distributions";
const BEFORE_AFTER: &str = "before_after";

/// The recorders of spikes.
fn recorders(manifest: &Manifest) -> impl Iterator<Item = &RecorderSummary> {
    manifest.recorders.iter().filter(|recorder| recorder.plot == Some(Plot::Raster))
}

/// The table of spikes, if there is one.
fn table(manifest: &Manifest) -> Option<&str> {
    recorders(manifest).next().map(|recorder| recorder.table.as_str())
}

pub(super) fn names(manifest: &Manifest) -> Vec<String> {
    let mut names = Vec::new();
    if table(manifest).is_some() {
        names.extend([RASTER, DISTRIBUTIONS].map(str::to_owned));
        if before_after::has_any(manifest) {
            names.push(BEFORE_AFTER.to_owned());
        }
    }
    names
}

/// The time of the last spike that was recorded.
pub(super) fn last_ms(run: &Path, manifest: &Manifest) -> Result<Option<f64>, Failure> {
    let Some(table) = table(manifest) else { return Ok(None) };
    let mut last = None;
    for rows in TableReader::open(run, table)? {
        last = rows?.time_ms.last().copied().or(last);
    }
    Ok(last)
}

pub(super) fn draw(run: &Path, manifest: &Manifest) -> Result<Vec<Named>, Failure> {
    let Some(table) = table(manifest) else { return Ok(Vec::new()) };
    let mut figures = Figures::new(manifest);
    for rows in TableReader::open(run, table)? {
        let rows = rows?;
        let neurons = rows.ids("population").iter().zip(rows.ids("neuron"));
        for (time_ms, (population, neuron)) in rows.time_ms.iter().zip(neurons) {
            figures.add(*time_ms, *population, *neuron);
        }
    }
    Ok(figures.draw())
}

/// The figures while they are fed.
struct Figures {
    /// The band and the rows of each population that has any.
    rows: Vec<Option<(u32, Rows)>>,
    raster: Raster,
    distributions: Distributions,
    windows: Option<Windows>,
}

impl Figures {
    fn new(manifest: &Manifest) -> Self {
        let window = window(manifest, recorders(manifest));
        let mut setup = RasterSetup {
            title: title(manifest, ""),
            t_start_ms: window.0,
            t_stop_ms: window.1,
            bin_ms: histogram_bin_ms(window.0, window.1),
            ..RasterSetup::default()
        };
        let mut distributions =
            Distributions { title: title(manifest, DISTRIBUTIONS), populations: Vec::new() };
        let mut rows = Vec::new();
        for population in &manifest.populations {
            let of_population = Rows::all(&population.recorded);
            let (name, n_rows) = (population.name.clone(), of_population.n);
            if n_rows == 0 {
                rows.push(None);
                continue;
            }
            rows.push(Some((setup.populations.len() as u32, of_population)));
            distributions.populations.push(SpikeStatistics::new(&name, n_rows, window.0, window.1));
            setup.populations.push(RasterPopulation { name, n_rows });
        }
        let windows = before_after::has_any(manifest).then(|| Windows::new(manifest, window));
        Self { rows, raster: Raster::new(&setup), distributions, windows }
    }

    fn add(&mut self, time_ms: f64, population: u32, neuron: u32) {
        let Some(Some((band, rows))) = self.rows.get(population as usize) else { return };
        let Some(row) = rows.row(neuron) else { return };
        self.raster.add(Dot { time_ms, population: *band, row });
        self.distributions.populations[*band as usize].add(time_ms, row);
        if let Some(windows) = &mut self.windows {
            windows.add(time_ms, population, neuron);
        }
    }

    fn draw(self) -> Vec<Named> {
        let mut pictures = vec![
            (RASTER.to_owned(), self.raster.draw()),
            (DISTRIBUTIONS.to_owned(), self.distributions.draw()),
        ];
        pictures.extend(self.windows.map(|windows| (BEFORE_AFTER.to_owned(), windows.draw())));
        pictures
    }
}
