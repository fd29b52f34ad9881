//! The network of NEST's `brunel_alpha_nest.py`, whole, against NEST 3.10.0: mean over five seeds of its statistics in
//! the two seconds after the first 0.2 s.
//!
//! | | NEST, mean ± sd over seeds |
//! |---|---|
//! | rate E | 28.842 ± 0.036 Hz |
//! | rate I | 28.863 ± 0.026 Hz |
//! | CV of ISI | 0.1904 ± 0.0006 |
//! | sd of rates over neurons | 0.77 ± 0.01 Hz |

use neuropil::core::Precision;
use neuropil::network::{Epoch, Experiment, Simulation};
use neuropil_tests::experiment;

const DISCARD: u64 = 2_000;
const STOP: u64 = 22_000;

/// The stamps of the spikes of each neuron of each population after the discarded start.
fn run(experiment: &Experiment, precision: Precision) -> Vec<Vec<Vec<u64>>> {
    let network = &experiment.network;
    let mut spikes: Vec<Vec<Vec<u64>>> =
        network.populations.iter().map(|p| vec![Vec::new(); p.n as usize]).collect();
    let mut simulation = Simulation::build(network, precision, 2).unwrap();
    let mut observer = |epoch: &Epoch<'_>| {
        for step in epoch.steps().filter(|&s| s >= DISCARD) {
            for (population, spikes) in (0..).zip(&mut spikes) {
                epoch.fired(population, step).iter().for_each(|&n| spikes[n as usize].push(step + 1));
            }
        }
        true
    };
    simulation.run(STOP, &mut observer).unwrap();
    spikes
}

fn mean_and_sd(x: &[f64]) -> (f64, f64) {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    (mean, (x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / x.len() as f64).sqrt())
}

fn cv(stamps: &[u64]) -> f64 {
    let intervals: Vec<f64> = stamps.windows(2).map(|w| (w[1] - w[0]) as f64).collect();
    let (mean, sd) = mean_and_sd(&intervals);
    sd / mean
}

/// Rates within 0.5 % of NEST's mean, which is 4 of NEST's standard deviations; CV within 0.004, which is 6.
#[test]
fn in_both_precisions() {
    for precision in [Precision::F32, Precision::F64] {
        let spikes = run(&experiment("brunel_alpha", &[]), precision);
        for (population, rate_of_nest) in spikes.iter().zip([28.842, 28.863]) {
            let rates: Vec<f64> = population.iter().map(|s| s.len() as f64 / 2.0).collect();
            let (rate, spread) = mean_and_sd(&rates);
            let cvs: Vec<f64> = population.iter().filter(|s| s.len() >= 3).map(|s| cv(s)).collect();
            let (cv, _) = mean_and_sd(&cvs);
            println!("{precision:?}: rate {rate:.3} Hz, sd {spread:.3} Hz, CV {cv:.4}");
            assert!((rate / rate_of_nest - 1.0).abs() < 0.005, "{precision:?}: rate {rate} Hz");
            assert!((cv - 0.1904).abs() < 0.004, "{precision:?}: CV {cv}");
            assert!((spread - 0.773).abs() < 0.04, "{precision:?}: sd over neurons {spread} Hz");
        }
    }
}

/// The numbers of connections of NEST's script.
#[test]
fn connection_counts_are_those_of_nest() {
    let experiment = experiment("brunel_alpha", &[]);
    let simulation = Simulation::build(&experiment.network, Precision::F32, 2).unwrap();
    let counts: Vec<u64> = simulation.sizes().iter().map(|s| s.n_synapses).collect();
    assert_eq!(counts, [0, 12_500_000, 3_125_000]);
}
