//! The adaptive exponential neuron of a plugin follows a trace of NEST 3.10's `aeif_cond_exp`, spike by spike, and keeps what the
//! engine requires.

use neuropil_core::{Neuron, NeuronModel, Neurons, Precision};
use neuropil_testing::{Cells, neuron_conformance};
use neuropil_tests::{scene_with, simulate_in_pieces};

#[path = "../extensions/aeif.rs"]
mod aeif;
use aeif::Aeif;

const VARIABLES: [&str; 4] = ["V_m", "w", "g_ex", "g_in"];

/// What a neuron does in the 400 ms of the reference.
struct Trace {
    /// The stamps of its spikes.
    spikes: Vec<usize>,
    /// Its state at the end of each step.
    states: Vec<[f64; 4]>,
}

fn reference() -> serde_json::Value {
    serde_json::from_str(include_str!("../data/aeif_cond_exp.json")).unwrap()
}

fn steps(times_ms: &serde_json::Value, delay_ms: f64) -> Vec<usize> {
    let times = times_ms.as_array().unwrap().iter();
    times.map(|t| ((t.as_f64().unwrap() + delay_ms) * 10.0).round() as usize).collect()
}

fn trace<M: NeuronModel>(reference: &serde_json::Value) -> Trace {
    let parameters = reference["parameters"].as_object().unwrap();
    let parameters: Vec<_> =
        parameters.iter().map(|(name, x)| (name.as_str(), x.as_f64().unwrap())).collect();
    let mut cells = Cells::<M>::one(Aeif::DECLARATION, 0.1, &parameters);
    let inputs = reference["input"].as_array().unwrap();
    let arrivals: Vec<_> = inputs
        .iter()
        .map(|input| (input, steps(&input["times_ms"], reference["delay_ms"].as_f64().unwrap())))
        .collect();
    let mut trace = Trace { spikes: Vec::new(), states: Vec::new() };
    for stamp in 1..=4000 {
        for (input, times) in &arrivals {
            for _ in times.iter().filter(|time| **time == stamp) {
                cells.arrive(input["receptor"].as_str().unwrap(), 0, input["weight"].as_f64().unwrap());
            }
        }
        trace.spikes.extend(cells.step().iter().map(|_| stamp));
        trace.states.push(VARIABLES.map(|name| cells.get(name, 0)));
    }
    trace
}

/// The largest error of each variable, but for the potential in steps of spikes.
fn errors(trace: &Trace) -> [f64; 4] {
    let mut errors = [0.0_f64; 4];
    for row in include_str!("../data/aeif_cond_exp.csv").lines().skip(1) {
        let row: Vec<f64> = row.split(',').map(|x| x.parse().unwrap()).collect();
        let stamp = (row[0] * 10.0).round() as usize;
        for (i, error) in errors.iter_mut().enumerate() {
            if i > 0 || !trace.spikes.contains(&stamp) {
                *error = error.max((trace.states[stamp - 1][i] - row[i + 1]).abs());
            }
        }
    }
    errors
}

#[test]
fn in_both_precisions() {
    let reference = reference();
    let double = trace::<Neurons<Aeif, f64>>(&reference);
    let single = trace::<Neurons<Aeif, f32>>(&reference);
    assert_eq!(steps(&reference["spikes_ms"], 0.0).len(), 7);
    for (trace, bounds) in [(double, [3e-4, 1.4e-4, 1e-8, 1e-8]), (single, [2e-2, 2e-3, 5e-4, 5e-4])] {
        assert_eq!(trace.spikes, steps(&reference["spikes_ms"], 0.0));
        let errors = errors(&trace);
        assert!(errors.iter().zip(bounds).all(|(error, bound)| *error < bound), "{errors:?}, not {bounds:?}");
    }
}

#[test]
fn and_keeps_what_the_engine_requires() {
    neuron_conformance::<Aeif>();
}

const NETWORK: &str = r#"(
    duration: "200 ms",
    populations: (
        E: (n: 83, model: aeif_cond_exp(tau_syn_ex: "2 ms", t_ref: "2 ms", I_e: "500 pA"), initial: (V_m: uniform(low: "-70 mV", high: "-55 mV"))),
        P: (n: 40, model: poisson(rate: "80 Hz")),
    ),
    projections: [
        (from: "P", to: "E", rule: fixed_indegree(indegree: 9), synapse: static(weight: normal(mean: 6, sd: 1))),
        (from: "E", to: "E", rule: fixed_indegree(indegree: 5), synapse: static(weight: -4, delay: "1.5 ms")),
    ],
    recorders: (state: traces(of: "E", variables: ["V_m", "w"], interval: "1 ms")),
)"#;

#[test]
fn in_a_network_on_any_number_of_threads() {
    let experiment = scene_with(&Aeif, NETWORK);
    for precision in [Precision::F32, Precision::F64] {
        let reference = simulate_in_pieces(&experiment, precision, 1, &[]);
        assert!(reference.spikes.iter().filter(|spike| spike.1 == 0).count() > 100);
        for (threads, pieces) in [(2, &[][..]), (3, &[137, 1])] {
            assert!(
                simulate_in_pieces(&experiment, precision, threads, pieces) == reference,
                "{threads} threads"
            );
        }
    }
}
