//! A process of a plugin holds the rate of a population within a tenth after a second, wherever the population starts, with the
//! same spikes for any number of threads.

use neuropil_core::Precision;
use neuropil_tests::{Outcome, scene_with, simulate_in_pieces};

#[path = "../extensions/rate_control.rs"]
mod rate_control;

fn outcome(start: f64, rate_hz: f64, threads: usize, pieces: &[u64]) -> Outcome {
    let scene = format!(
        r#"(
    dt: "0.1 ms", seed: 3, duration: "2 s",
    populations: (E: (n: 100, model: iaf_psc_exp(I_e: {start}))),
    stimuli: (noise: poisson_generator(rate: "4 kHz")),
    projections: [
        (from: "noise", to: "E", synapse: static(weight: "30 pA")),
        (from: "E", to: "E", rule: fixed_indegree(indegree: 10), synapse: static(weight: "-30 pA")),
    ],
    processes: (control: rate_control(of: "E", rate: {rate_hz})),
)"#
    );
    let experiment = scene_with(&rate_control::RateControl, &scene);
    simulate_in_pieces(&experiment, Precision::F32, threads, pieces)
}

#[test]
fn whatever_the_start() {
    for target in [5.0, 15.0, 40.0] {
        for start in [-3000.0, 0.0, 400.0, 3000.0] {
            let spikes = outcome(start, target, 1, &[]).spikes;
            let rate = spikes.iter().filter(|spike| spike.0 > 10_000).count() as f64 / 100.0;
            assert!((rate / target - 1.0).abs() < 0.1, "{rate} Hz instead of {target}, from {start} pA");
        }
    }
}

#[test]
fn on_any_number_of_threads() {
    let reference = outcome(-3000.0, 15.0, 1, &[]);
    for (threads, pieces) in [(2, &[][..]), (3, &[1234, 1])] {
        assert!(outcome(-3000.0, 15.0, threads, pieces) == reference, "{threads} threads");
    }
}
