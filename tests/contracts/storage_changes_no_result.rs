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
    ),
    stimuli: (noise: poisson_generator(rate: "9 kHz")),
    projections: [
        (from: "noise", to: ["E", "I"], synapse: static(weight: "30 pA")),
        (name: "bits", from: "E", to: ["E", "I"], rule: fixed_indegree(indegree: 100), synapse: static(weight: "w", delay: "1.5 ms", storage: auto)),
        (name: "inhibition", from: "I", to: "E", rule: pairwise_bernoulli(p: 0.3), synapse: static(weight: "-6 * w", delay: "0.8 ms", storage: auto)),
        (name: "dense", from: "I", to: "I", rule: all_to_all(allow_autapses: false), synapse: static(weight: uniform(low: "-w / 4", high: "-w / 8"), delay: "2 ms", storage: auto)),
        (name: "held", from: "E", to: "G", rule: pairwise_bernoulli(p: 0.2), synapse: static(weight: 0.05, delay: "1 ms", storage: auto), receptor: ampa),
        (name: "held dense", from: "I", to: "G", synapse: static(weight: uniform(low: 0.01, high: 0.05), delay: "1 ms", storage: auto), receptor: gaba),
    ],
    protocol: [
        run("70.3 ms"),
        set_weights(projection: "bits", from: "E[0..200]", to: "E[0..50]", weight: "2 * w"),
        scale_weights(projection: "dense", from: "I", to: "I[30..]", factor: 0.5),
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
