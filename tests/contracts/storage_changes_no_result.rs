//! How synapses are stored changes time and memory, but no bit of a result, in either precision, for any number of threads,
//! and through edits.

use neuropil::core::Precision;
use neuropil::network::Simulation;
use neuropil_tests::{Outcome, scene, simulate_in_pieces};

/// Projections that can be bits or rows, and dense or rows: with pairs connected more than once, without autapses, with several
/// slices of targets, onto receptors that hold state, and edited while spikes are under way.
const NETWORK: &str = r#"(
    dt: "0.1 ms", seed: 3,
    constants: (w: "60 pA"),
    populations: (
        E: (n: 700, model: iaf_psc_exp(tau_m: "20 ms"), initial: (V_m: uniform(low: "-70 mV", high: "-55 mV"))),
        I: (n: 150, model: iaf_psc_exp(tau_m: "20 ms")),
        G: (n: 90, model: auryn_ifgroup()),
        silent: (n: 1, model: poisson(rate: "0 Hz")),
    ),
    stimuli: (noise: poisson_generator(rate: "9 kHz")),
    projections: [
        (from: "noise", to: ["E", "I"], synapse: static(weight: "30 pA")),
        (name: "bits", from: "E", to: ["E", "I"], rule: fixed_indegree(indegree: 100), synapse: static(weight: "w", delay: "1.5 ms", storage: auto)),
        (name: "inhibition", from: "I", to: "E", rule: pairwise_bernoulli(p: 0.3), synapse: static(weight: "-6 * w", delay: "0.8 ms", storage: auto)),
        (name: "dense", from: "I", to: "I", rule: all_to_all(allow_autapses: false), synapse: static(weight: uniform(low: "-w / 4", high: "-w / 8"), delay: "2 ms", storage: auto)),
        (name: "held", from: "E", to: "G", rule: pairwise_bernoulli(p: 0.2), synapse: static(weight: 0.05, delay: "1 ms", storage: auto), receptor: ampa),
        (name: "held dense", from: "I", to: "G", synapse: static(weight: uniform(low: 0.01, high: 0.05), delay: "1 ms", storage: auto), receptor: gaba),
        (name: "delays", from: "E", to: "E", rule: fixed_indegree(indegree: 9), synapse: static(weight: normal(mean: "w / 4", sd: "w / 4"), delay: uniform(low: "0.3 ms", high: "4 ms"))),
        (name: "between", from: "silent", to: "E", rule: all_to_all, synapse: static(weight: "w", delay: "1 ms")),
        (name: "and delays", from: "E", to: "I", rule: fixed_indegree(indegree: 20), synapse: static(weight: normal(mean: "w / 4", sd: "w / 9"), delay: uniform(low: "1 ms", high: "2 ms"))),
    ],
    protocol: [
        run("70.3 ms"),
        set_weights(projection: "bits", from: "E[0..200]", to: "E[0..50]", weight: "2 * w"),
        scale_weights(projection: "dense", from: "I", to: "I[30..]", factor: 0.5),
        scale_weights(projection: "and delays", from: "E[100..]", to: "I[9..]", factor: -0.5),
        set_weights(projection: "held dense", from: "I[0..9]", to: "G", weight: 0.1),
        run("49.7 ms"),
    ],
)"#;

fn outcome(shapes: &[(usize, &str)], precision: Precision, threads: usize, shown: &[&str]) -> Outcome {
    let overrides: Vec<String> = shapes
        .iter()
        .map(|(number, shape)| format!("projections[{number}].synapse.storage={shape}"))
        .collect();
    let overrides: Vec<&str> = overrides.iter().map(String::as_str).collect();
    let experiment = scene(NETWORK, &overrides);
    let sizes = Simulation::build(&experiment.network, precision, threads).unwrap().sizes();
    for (size, shown) in sizes[1..].iter().zip(shown) {
        assert!(size.shape.starts_with(shown), "{} is not {shown}", size.shape);
    }
    simulate_in_pieces(&experiment, precision, threads, &[])
}

#[test]
fn in_any_combination() {
    for precision in [Precision::F32, Precision::F64] {
        let chosen = outcome(&[], precision, 1, &["bits", "bits", "dense", "bits", "dense"]);
        assert!(chosen.spikes.len() > 1000, "the network is alive: {} spikes", chosen.spikes.len());
        let rows: Vec<(usize, &str)> = (1..6).map(|number| (number, "rows")).collect();
        for threads in [1, 2, 3] {
            assert!(outcome(&rows, precision, threads, &["rows"; 5]) == chosen, "{precision:?}, rows");
            assert!(outcome(&[], precision, threads, &[]) == chosen, "{precision:?}, {threads} threads");
        }
        assert!(
            outcome(&rows[1..3], precision, 2, &["bits", "rows", "rows"]) == chosen,
            "{precision:?}, mixed"
        );
    }
}

/// The synapses of two projections from the same sources lie in one array, unless a projection between them ends on the same
/// neurons as the second, in this case from a source that never fires.
#[test]
fn nor_does_storing_projections_together() {
    let simulate = |between: &str, threads| {
        let experiment = scene(NETWORK, &[&format!("projections[7].to=\"{between}\"")]);
        let mut simulation = Simulation::build(&experiment.network, Precision::F64, threads).unwrap();
        simulation.start_profile();
        let stored = simulation.profile().unwrap().projections;
        let together = stored.iter().any(|p| p.projections == [6, 8]);
        (together, simulate_in_pieces(&experiment, Precision::F64, threads, &[]))
    };
    let (together, outcome) = simulate("E", 1);
    assert!(together);
    for threads in [1, 2, 3] {
        assert!(simulate("I", threads) == (false, outcome.clone()), "{threads} threads");
        assert!(simulate("E", threads) == (true, outcome.clone()), "{threads} threads");
    }
}
