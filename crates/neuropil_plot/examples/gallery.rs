//! Draws one figure of each kind, and a few awkward ones, into the folder given.

use std::path::{Path, PathBuf};
use std::time::Instant;

use neuropil_plot::{
    BeforeAfter, Distributions, Dot, Picture, PlotError, Raster, RasterGroup, RasterPopulation, RasterSetup,
    RateSeries, Rates, SpikeStatistics, Trace, TracePanel, Traces, histogram_bin_ms,
};

fn main() -> Result<(), PlotError> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_string()));
    draw(&folder, "asynchronous", asynchronous)?;
    draw(&folder, "million", million)?;
    draw(&folder, "empty", || Raster::new(&setup("Nothing was recorded", 1000.0, &[])).draw())?;
    draw(&folder, "silent", || Raster::new(&setup("", 250.0, &[("silent", 10)])).draw())?;
    draw(&folder, "single", single)?;
    draw(&folder, "column", column)?;
    draw(&folder, "before_after", before_after)?;
    draw(&folder, "traces", traces)?;
    draw(&folder, "trace", || figure(vec![panel("V_m", "mV", 1)]).draw())?;
    draw(&folder, "stack", || figure(vec![panel("V_m", "mV", 20)]).draw())?;
    draw(&folder, "rates", rates)?;
    draw(&folder, "distributions", distributions)
}

/// An assembly that answers a cue only after it was written.
fn before_after() -> Picture {
    let mut setup = setup("An assembly before and after it is written", 3000.0, &[("E", 120)]);
    setup.groups = vec![RasterGroup { name: "assembly".to_string(), population: 0, rows: 20..50 }];
    setup.bin_ms = 20.0;
    let events = [(200.0, "cue".to_string()), (2200.0, "cue".to_string())];
    let mut figure = BeforeAfter::new(&setup, &[(0.0, 1000.0), (2000.0, 3000.0)], &events);
    let answers = |row, time| (20..50).contains(&row) && (2200.0..2400.0).contains(&time);
    spike(&setup, |_, row, time| if answers(row, time) { 60.0 } else { 8.0 }, |dot| figure.add(dot));
    figure.draw()
}

/// Three assemblies that are active in turn.
fn rates() -> Picture {
    let mut uniform = uniforms();
    let mut series = |number: u32| {
        let active = |bin: u32| bin / 100 == number;
        let rates = (0..400).map(|bin| if active(bin) { 30.0 } else { 3.0 } + 6.0 * uniform());
        RateSeries {
            name: format!("assembly {number}"),
            t_start_ms: 0.0,
            bin_ms: 10.0,
            rates_hz: rates.collect(),
        }
    };
    let series = (0..3).map(&mut series).collect();
    let events = (0..4).map(|i| (f64::from(i) * 1000.0, format!("cue {i}"))).collect();
    Rates { title: "Three assemblies".into(), t_start_ms: 0.0, t_stop_ms: 4000.0, series, events }.draw()
}

/// Membrane potentials of four neurons, and a conductance.
fn traces() -> Picture {
    let mut conductance = Trace::new("E[0]", 0.0, 1000.0);
    for i in 0..10_000 {
        conductance.add(f64::from(i) / 10.0, 2.0 + (f64::from(i) / 300.0).sin());
    }
    let conductance =
        TracePanel { variable: "g_ampa".into(), unit: "nS".into(), traces: vec![conductance], offset: None };
    figure(vec![panel("V_m", "mV", 4), conductance]).draw()
}

fn figure(panels: Vec<TracePanel>) -> Traces {
    Traces { title: "Some neurons for a second".to_string(), t_start_ms: 0.0, t_stop_ms: 1000.0, panels }
}

fn panel(variable: &str, unit: &str, n: usize) -> TracePanel {
    let mut uniform = uniforms();
    let traces = (0..n).map(|i| walk(&format!("E[{i}]"), &mut uniform)).collect();
    TracePanel { variable: variable.to_string(), unit: unit.to_string(), offset: None, traces }
}

/// A leaky walk to a threshold, sampled every 0.025 ms.
fn walk(label: &str, uniform: &mut impl FnMut() -> f64) -> Trace {
    let mut trace = Trace::new(label, 0.0, 1000.0);
    let mut value = -65.0;
    for step in 0..40_000 {
        value += (-60.0 - value) * 0.0015 + (uniform() - 0.45) * 0.55;
        if value > -50.0 {
            trace.add_spike(f64::from(step) * 0.025);
            value = -70.0;
        }
        trace.add(f64::from(step) * 0.025, value);
    }
    trace
}

/// Independent neurons whose rates differ; one inhibitory neuron in ten is silent.
fn distributions() -> Picture {
    let mut uniform = uniforms();
    let mut population = |name: &str, n, scale: f64| {
        let mut statistics = SpikeStatistics::new(name, n, 0.0, 10_000.0);
        for neuron in 0..n {
            let rate = if neuron % 10 == 0 && scale > 10.0 { 0.0 } else { scale * (uniform() + uniform()) };
            for step in 0..100_000 {
                if uniform() < rate / 10_000.0 {
                    statistics.add(f64::from(step) / 10.0, neuron);
                }
            }
        }
        statistics
    };
    let populations = vec![population("excitatory", 400, 8.0), population("inhibitory", 100, 16.0)];
    Distributions { title: "Poisson neurons of different rates, 10 s".to_string(), populations }.draw()
}

fn asynchronous() -> Picture {
    let title = "Random balanced network, asynchronous irregular, g = 5, \u{3bd} / \u{3bd}_th = 2";
    raster(&setup(title, 1000.0, &[("excitatory", 50), ("inhibitory", 50)]), |_, _, _| 28.0)
}

fn million() -> Picture {
    let setup = setup("12 500 neurons, a million spikes", 1000.0, &[("E", 10_000), ("I", 2_500)]);
    raster(&setup, |_, _, time| 80.0 * (1.0 + 0.9 * (time / 25.0 * std::f64::consts::TAU).sin()))
}

fn single() -> Picture {
    let populations = [("\u{3b1}-motoneuron & \"friends\"", 1)];
    let mut raster = Raster::new(&setup("One neuron, <one> & only spike", 100.0, &populations));
    raster.add(Dot { time_ms: 42.0, population: 0, row: 0 });
    raster.draw()
}

/// The populations of a cortical column, of very different sizes, for 12 s.
fn column() -> Picture {
    let names = ["L6I", "L6E", "L5I", "L5E", "L4I", "L4E", "L23I", "L23E", "thalamus"];
    let sizes = [59, 288, 21, 97, 110, 438, 117, 414, 3];
    let populations: Vec<_> = names.into_iter().zip(sizes).collect();
    let rates = [8.0, 1.0, 8.5, 7.5, 6.0, 4.5, 3.0, 0.9, 15.0];
    raster(&setup("Cortical column", 12_000.0, &populations), |population, _, _| rates[population])
}

fn setup(title: &str, t_stop_ms: f64, populations: &[(&str, u32)]) -> RasterSetup {
    let population = |&(name, n_rows): &(&str, u32)| RasterPopulation { name: name.to_string(), n_rows };
    RasterSetup {
        title: title.to_string(),
        t_start_ms: 0.0,
        t_stop_ms,
        bin_ms: histogram_bin_ms(0.0, t_stop_ms),
        populations: populations.iter().map(population).collect(),
        groups: Vec::new(),
    }
}

/// A raster of independent spikes at a rate in Hz that depends on population, row and time.
fn raster(setup: &RasterSetup, rate: impl Fn(usize, u32, f64) -> f64) -> Picture {
    let mut raster = Raster::new(setup);
    spike(setup, rate, |dot| raster.add(dot));
    raster.draw()
}

fn spike(setup: &RasterSetup, rate: impl Fn(usize, u32, f64) -> f64, mut add: impl FnMut(Dot)) {
    let mut uniform = uniforms();
    for (population, rows) in setup.populations.iter().enumerate() {
        for row in 0..rows.n_rows {
            for step in 0..(setup.t_stop_ms * 10.0) as u32 {
                let time_ms = f64::from(step) / 10.0;
                if uniform() < rate(population, row, time_ms) / 10_000.0 {
                    add(Dot { time_ms, population: population as u32, row });
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
fn draw(folder: &Path, name: &str, make: impl Fn() -> Picture) -> Result<(), PlotError> {
    let picture = make();
    for ending in ["png", "svg"] {
        let path = folder.join(name).with_extension(ending);
        let start = Instant::now();
        match ending {
            "png" => picture.write_png(&path)?,
            _ => picture.write_svg(&path)?,
        }
        let size = std::fs::metadata(&path).map_or(0, |file| file.len() / 1000);
        println!("{}: {size} kB, {:.0?}", path.display(), start.elapsed());
    }
    Ok(())
}
