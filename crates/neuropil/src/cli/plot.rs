//! The plots of a run.

use std::path::Path;

use neuropil_plot::{Dot, Raster, RasterPopulation, histogram_bin_ms};
use neuropil_record::{Manifest, RunStatus, SpikeTable, read_spikes};

use super::failure::Failure;

/// The names of the files that [`draw`] writes.
pub(crate) const FILES: [&str; 2] = ["raster.png", "raster.svg"];

/// Draws the plots of the run in a folder; returns the names of the files.
pub(crate) fn plot(run: &Path) -> Result<Vec<String>, Failure> {
    let manifest = Manifest::read(run)?;
    if manifest.status != RunStatus::Completed {
        super::note("note: this run has not reached its end; the plot shows what it has written");
    }
    draw(run, &manifest)
}

/// Draws the plots of a run whose manifest is at hand.
pub(crate) fn draw(run: &Path, manifest: &Manifest) -> Result<Vec<String>, Failure> {
    let spikes = read_spikes(run)?;
    let raster = raster(manifest, &spikes);
    raster.write_png(&run.join(FILES[0]))?;
    raster.write_svg(&run.join(FILES[1]))?;
    Ok(FILES.map(str::to_owned).to_vec())
}

/// Recorded neurons in adjacent rows, population by population.
fn raster(manifest: &Manifest, spikes: &SpikeTable) -> Raster {
    let recorded: Vec<Rows> = manifest.populations.iter().map(|p| Rows::new(&p.recorded)).collect();
    let shown: Vec<usize> = (0..recorded.len()).filter(|&p| recorded[p].n > 0).collect();
    let dots = (0..spikes.time_ms.len()).filter_map(|i| {
        let population = spikes.population[i] as usize;
        let band = shown.iter().position(|&p| p == population)?;
        let row = recorded[population].row(spikes.neuron[i])?;
        Some(Dot { time_ms: spikes.time_ms[i], population: band as u32, row })
    });
    // A killed run does not say how far it came.
    let last = spikes.time_ms.last().copied().unwrap_or(0.0);
    let t_stop_ms = manifest.t_done_ms.max(last);
    Raster {
        title: format!("{}  (seed {})", manifest.scene.name, manifest.seed),
        t_start_ms: 0.0,
        t_stop_ms,
        bin_ms: histogram_bin_ms(0.0, t_stop_ms),
        spikes: dots.collect(),
        populations: shown
            .iter()
            .map(|&p| RasterPopulation { name: manifest.populations[p].name.clone(), n_rows: recorded[p].n })
            .collect(),
    }
}

/// The rows of recorded neurons.
struct Rows {
    /// Ranges of neurons (start, end) with the row of the first.
    ranges: Vec<(u32, u32, u32)>,
    n: u32,
}

impl Rows {
    fn new(recorded: &[(u32, u32)]) -> Self {
        let mut n = 0;
        let ranges = recorded
            .iter()
            .map(|&(start, end)| {
                let first = n;
                n += end.saturating_sub(start);
                (start, end, first)
            })
            .collect();
        Self { ranges, n }
    }

    fn row(&self, neuron: u32) -> Option<u32> {
        let (start, end, first) = *self.ranges[..self.ranges.partition_point(|r| r.0 <= neuron)].last()?;
        (neuron < end).then(|| first + neuron - start)
    }
}
