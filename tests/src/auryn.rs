//! The network of Auryn's tutorial 2: it begins in global bursts, leaves them at some time or not at all, and an assembly is
//! written into it after 10 s.

use neuropil::network::{Epoch, Simulation};

use crate::experiment;
use crate::spike_statistics::{SpikeTrains, mean, sd};

/// What one run showed.
#[derive(Clone, Copy, Debug)]
pub struct AurynRun {
    /// The seed.
    pub seed: u64,
    /// When the first bursts ended, in s; `None` if they never did.
    pub bursts_end: Option<f64>,
    /// The rates from the end of the bursts (or from 1 s) to 10 s, in Hz.
    pub rates_hz: (f64, f64),
    /// The CV of intervals of excitatory cells with at least ten intervals, in the same window.
    pub cv_isi: f64,
    /// The rate of the assembly in the half second before and after it is written, in Hz.
    pub assembly_hz: (f64, f64),
    /// When bursts begin again after that, in s.
    pub bursts_again: Option<f64>,
}

/// The time in which the rate is judged to be bursting or not, and its bins.
const WINDOW_MS: f64 = 100.0;
const BIN_MS: f64 = 1.0;

/// In global bursts the rate in bins of 1 ms varies by four times its mean or more, otherwise by 0.8.
const BURSTING: f64 = 2.0;

const N_E: u32 = 20_000;
const N_I: u32 = 5_000;
const ASSEMBLY: u32 = 500;

/// Runs the experiment with a seed; `before_s` is the time before the assembly is written.
///
/// # Panics
/// If the experiment cannot be run.
#[must_use]
pub fn run(seed: u64, before_s: f64, after_s: f64) -> AurynRun {
    let overrides = [
        format!("seed={seed}"),
        format!("constants.before={before_s} s"),
        format!("constants.after={after_s} s"),
    ];
    let experiment = experiment("auryn_tutorial2", &overrides.each_ref().map(String::as_str));
    let stop_ms = (before_s + after_s) * 1000.0;
    let mut excitatory = SpikeTrains::new(N_E as usize, (0.0, stop_ms));
    let mut inhibitory = SpikeTrains::new(N_I as usize, (0.0, stop_ms));
    let grid = experiment.network.grid;
    let mut observer = |epoch: &Epoch<'_>| {
        for step in epoch.steps() {
            let time = grid.time_ms(step + 1);
            epoch.fired(0, step).iter().for_each(|&n| excitatory.add(n as usize, time));
            epoch.fired(1, step).iter().for_each(|&n| inhibitory.add(n as usize, time));
        }
        true
    };
    let mut simulation =
        Simulation::build(&experiment.network, experiment.precision, 2).expect("it is built");
    simulation.run(experiment.duration, &mut observer).expect("it runs");

    let bursting = bursting(&excitatory);
    let (before, after) = bursting.split_at((before_s * 1000.0 / WINDOW_MS) as usize);
    let bursts_end = match before.iter().rposition(|&b| b) {
        Some(last) if last + 1 == before.len() => None,
        last => Some(last.map_or(0.0, |last| (last + 1) as f64 * WINDOW_MS / 1000.0)),
    };
    let again = after.iter().position(|&b| b).filter(|_| bursts_end.is_some());
    let window = (bursts_end.unwrap_or(1.0) * 1000.0, before_s * 1000.0);
    let assembly = excitatory.of(0..ASSEMBLY as usize);
    let around = |start: f64| assembly.within((start * 1000.0, start * 1000.0 + 500.0)).rate_hz();
    AurynRun {
        seed,
        bursts_end,
        rates_hz: (excitatory.within(window).rate_hz(), inhibitory.within(window).rate_hz()),
        cv_isi: excitatory.within(window).cv_isi(11),
        assembly_hz: (around(before_s - 0.5), around(before_s)),
        bursts_again: again.map(|i| before_s + i as f64 * WINDOW_MS / 1000.0),
    }
}

/// Whether each window of the run is bursting.
fn bursting(trains: &SpikeTrains) -> Vec<bool> {
    let rate = trains.population_rate(BIN_MS);
    rate.chunks((WINDOW_MS / BIN_MS) as usize).map(|window| sd(window) > BURSTING * mean(window)).collect()
}

/// The Markdown table of runs.
#[must_use]
pub fn table(runs: &[AurynRun]) -> String {
    let mut text = String::from(
        "| seed | bursts end (s) | E (Hz) | I (Hz) | CV of intervals | assembly before / after (Hz) | bursts again (s) |\n\
         |---|---|---|---|---|---|---|\n",
    );
    let time = |t: Option<f64>| t.map_or("never".to_owned(), |t| format!("{t:.1}"));
    for run in runs {
        text += &format!(
            "| {} | {} | {:.2} | {:.2} | {:.3} | {:.1} / {:.1} | {} |\n",
            run.seed,
            time(run.bursts_end),
            run.rates_hz.0,
            run.rates_hz.1,
            run.cv_isi,
            run.assembly_hz.0,
            run.assembly_hz.1,
            time(run.bursts_again)
        );
    }
    text
}
