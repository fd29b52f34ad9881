//! An action of a plugin kills a random part of a population for good: who dies depends on the seed and the position alone, and
//! each time is a choice of its own.

use std::collections::BTreeSet;

use neuropil_core::Precision;
use neuropil_tests::{Outcome, compile_with, scene_with, simulate_in_pieces};

#[path = "../extensions/kill.rs"]
mod kill;
use kill::Kill;

const NETWORK: &str = r#"(
    dt: "0.1 ms", seed: 5,
    populations: (
        E: (n: 1000, model: iaf_psc_exp(I_e: normal(mean: "700 pA", sd: "30 pA"))),
        P: (n: 10, model: poisson(rate: "80 Hz")),
    ),
    projections: [
        (from: "P", to: "E", rule: fixed_indegree(indegree: 3), synapse: static(weight: "70 pA")),
        (from: "E", to: "E", rule: fixed_indegree(indegree: 10), synapse: static(weight: "20 pA")),
    ],
    protocol: [run("40 ms"), kill(of: "E"), run("40 ms"), kill(of: "E"), run("40 ms")],
)"#;

fn simulate(text: &str) -> Outcome {
    simulate_in_pieces(&scene_with(&Kill, text), Precision::F32, 1, &[])
}

/// The neurons of E that are silent between two steps.
fn dead(outcome: &Outcome, from: u64, to: u64) -> BTreeSet<u32> {
    let fired: BTreeSet<u32> =
        outcome.spikes.iter().filter(|s| s.1 == 0 && (from..to).contains(&s.0)).map(|s| s.2).collect();
    (0..1000).filter(|neuron| !fired.contains(neuron)).collect()
}

#[test]
fn for_good_and_by_a_choice_of_its_own_each_time() {
    let outcome = simulate(NETWORK);
    let [before, once, twice] =
        [(0, 401), (401, 801), (801, 1201)].map(|(from, to)| dead(&outcome, from, to));
    assert!(before.is_empty());
    assert!((60..140).contains(&once.len()), "{} die of a hundred", once.len());
    assert!(once.is_subset(&twice));
    let more = twice.len() - once.len();
    assert!((50..135).contains(&more), "{more} more die of ninety");
}

#[test]
fn by_the_seed_and_the_position_alone() {
    let once = |text: &str| dead(&simulate(text), 401, 801);
    let reference = once(NETWORK);
    assert_eq!(reference, once(&NETWORK.replace("20 pA", "-9 pA")));
    let later = NETWORK.replacen("40 ms", "80 ms", 1);
    assert_eq!(reference, dead(&simulate(&later), 801, 1201));
    assert_ne!(reference, once(&NETWORK.replace("seed: 5", "seed: 6")));
}

#[test]
fn on_any_number_of_threads() {
    let experiment = scene_with(&Kill, NETWORK);
    for precision in [Precision::F32, Precision::F64] {
        let reference = simulate_in_pieces(&experiment, precision, 1, &[]);
        for (threads, pieces) in [(2, &[][..]), (3, &[399, 1, 1])] {
            assert!(
                simulate_in_pieces(&experiment, precision, threads, pieces) == reference,
                "{threads} threads"
            );
        }
    }
}

#[test]
fn where_a_threshold_decides() {
    let message =
        compile_with(&Kill, &NETWORK.replacen(r#"kill(of: "E""#, r#"kill(of: "P""#, 1)).err().unwrap();
    assert!(message.contains("the model `poisson` of `P` has no parameter `V_th`"), "{message}");
}
