//! Draws an asynchronous network, a million spikes, and a few awkward cases into the folder given.

use std::path::{Path, PathBuf};
use std::time::Instant;

use neuropil_plot::{Dot, PlotError, Raster, RasterPopulation, histogram_bin_ms};

fn main() -> Result<(), PlotError> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_string()));
    draw(&folder, "asynchronous", &asynchronous())?;
    draw(&folder, "million", &million())?;
    draw(&folder, "empty", &raster("Nothing was recorded", 1000.0, &[]))?;
    draw(&folder, "silent", &raster("", 250.0, &[("silent", 10)]))?;
    draw(&folder, "single", &single())?;
    draw(&folder, "column", &column())
}

fn asynchronous() -> Raster {
    let title = "Random balanced network, asynchronous irregular, g = 5, \u{3bd} / \u{3bd}_th = 2";
    let mut raster = raster(title, 1000.0, &[("excitatory", 50), ("inhibitory", 50)]);
    spike(&mut raster, |_, _| 28.0);
    raster
}

fn million() -> Raster {
    let mut raster = raster("12 500 neurons, a million spikes", 1000.0, &[("E", 10_000), ("I", 2_500)]);
    spike(&mut raster, |_, time| 80.0 * (1.0 + 0.9 * (time / 25.0 * std::f64::consts::TAU).sin()));
    raster
}

fn single() -> Raster {
    let mut raster =
        raster("One neuron, <one> & only spike", 100.0, &[("\u{3b1}-motoneuron & \"friends\"", 1)]);
    raster.spikes.push(Dot { time_ms: 42.0, population: 0, row: 0 });
    raster
}

/// The populations of a cortical column, of very different sizes, for 12 s.
fn column() -> Raster {
    let names = ["L6I", "L6E", "L5I", "L5E", "L4I", "L4E", "L23I", "L23E", "thalamus"];
    let sizes = [59, 288, 21, 97, 110, 438, 117, 414, 3];
    let populations: Vec<_> = names.into_iter().zip(sizes).collect();
    let mut raster = raster("Cortical column", 12_000.0, &populations);
    spike(&mut raster, |population, _| [8.0, 1.0, 8.5, 7.5, 6.0, 4.5, 3.0, 0.9, 15.0][population]);
    raster
}

fn raster(title: &str, t_stop_ms: f64, populations: &[(&str, u32)]) -> Raster {
    let population = |&(name, n_rows): &(&str, u32)| RasterPopulation { name: name.to_string(), n_rows };
    Raster {
        title: title.to_string(),
        t_start_ms: 0.0,
        t_stop_ms,
        bin_ms: histogram_bin_ms(0.0, t_stop_ms),
        populations: populations.iter().map(population).collect(),
        spikes: Vec::new(),
    }
}

/// Fills a raster with independent spikes at a rate in Hz that depends on population and time.
fn spike(raster: &mut Raster, rate: impl Fn(usize, f64) -> f64) {
    let mut uniform = uniforms();
    for (population, rows) in raster.populations.iter().enumerate() {
        for row in 0..rows.n_rows {
            for step in 0..(raster.t_stop_ms * 10.0) as u32 {
                let time_ms = f64::from(step) / 10.0;
                if uniform() < rate(population, time_ms) / 10_000.0 {
                    raster.spikes.push(Dot { time_ms, population: population as u32, row });
                }
            }
        }
    }
}

fn uniforms() -> impl FnMut() -> f64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[expect(clippy::print_stdout, reason = "an example reports to its user")]
fn draw(folder: &Path, name: &str, raster: &Raster) -> Result<(), PlotError> {
    for (ending, write) in [
        ("png", Raster::write_png as fn(&Raster, &Path) -> Result<(), PlotError>),
        ("svg", Raster::write_svg),
    ] {
        let path = folder.join(name).with_extension(ending);
        let start = Instant::now();
        write(raster, &path)?;
        let size = std::fs::metadata(&path).map_or(0, |file| file.len() / 1000);
        println!("{}: {} spikes, {size} kB, {:.0?}", path.display(), raster.spikes.len(), start.elapsed());
    }
    Ok(())
}
