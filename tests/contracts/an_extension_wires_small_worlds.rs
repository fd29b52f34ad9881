//! The small worlds of a plugin are clustered like a lattice or like a random graph, keep what every rule promises, and are the
//! same on any number of threads.

use std::collections::BTreeSet;

use neuropil_core::rule::{Onto, Rule};
use neuropil_core::{Precision, Registry, Slice, View};
use neuropil_testing::rule_conformance;
use neuropil_tests::{compile_with, scene_with, simulate_in_pieces};

#[path = "../extensions/small_world.rs"]
mod small_world;
use small_world::SmallWorld;

const N: u32 = 500;

/// The sources of each neuron of a ring.
fn wire(reach: f64, p: f64) -> Vec<BTreeSet<u32>> {
    let ring = View::new([(0, 0, N)]).unwrap();
    let rule = Rule::with::<SmallWorld>(&[("reach", reach), ("p", p)]);
    let onto = Onto::new(&ring, &ring, Slice { population: 0, start: 0, len: N }, 1, 0);
    let mut sources = vec![BTreeSet::new(); N as usize];
    rule.connect(onto).unwrap().visit(&mut |target, incoming| {
        sources[target.position as usize].extend(incoming.rows);
    });
    sources
}

/// How many of the pairs of two sources of a neuron are connected themselves.
fn clustering(sources: &[BTreeSet<u32>]) -> f64 {
    let pairs = sources.iter().flat_map(|s| s.iter().flat_map(move |a| s.iter().map(move |b| (a, b))));
    let connected: Vec<bool> =
        pairs.filter(|(a, b)| a != b).map(|(a, b)| sources[*a as usize].contains(b)).collect();
    connected.iter().filter(|is| **is).count() as f64 / connected.len() as f64
}

#[test]
fn with_as_much_clustering_as_a_lattice_or_a_random_graph() {
    let [lattice, small, random] = [0.0, 0.05, 1.0].map(|p| wire(5.0, p));
    for sources in [&lattice, &small, &random] {
        assert!(sources.iter().enumerate().all(|(i, s)| s.len() == 10 && !s.contains(&(i as u32))));
    }
    // 3 (k - 2) / (4 (k - 1)) with k neighbours, and k / n.
    assert!((clustering(&lattice) - 2.0 / 3.0).abs() < 1e-12);
    assert!((0.4..0.65).contains(&clustering(&small)), "{}", clustering(&small));
    assert!(clustering(&random) < 0.03, "{}", clustering(&random));
}

#[test]
fn that_keep_what_every_rule_promises() {
    let mut registry = Registry::default();
    registry.add_plugin(&SmallWorld::default());
    registry.rules().for_each(rule_conformance);
}

const NETWORK: &str = r#"(
    duration: "100 ms",
    populations: (E: (n: 101, model: iaf_psc_exp(I_e: normal(mean: "450 pA", sd: "40 pA")))),
    projections: [(from: "E", to: "E", rule: small_world(reach: 4), synapse: static(weight: "60 pA"))],
)"#;

#[test]
fn that_are_the_same_on_any_number_of_threads() {
    let experiment = scene_with(&SmallWorld::default(), NETWORK);
    let reference = simulate_in_pieces(&experiment, Precision::F32, 1, &[]);
    assert!(reference.spikes.len() > 300);
    for threads in [2, 3] {
        assert!(
            simulate_in_pieces(&experiment, Precision::F32, threads, &[]) == reference,
            "{threads} threads"
        );
    }
}

#[test]
fn or_say_why_they_cannot_be() {
    for (from, to, expected) in [
        ("reach: 4", "reach: 51", "`reach` is 51, but 101 neurons allow at most 50"),
        (r#"from: "E""#, r#"from: "E[7..]""#, "`from` and `to` must be the same"),
    ] {
        let message = compile_with(&SmallWorld::default(), &NETWORK.replace(from, to)).err().unwrap();
        assert!(message.contains(expected), "{message}");
    }
}
