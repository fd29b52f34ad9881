//! A scene draws from a distribution and calls a function that plugins bring: the same bits for any number of threads, and with
//! messages of their own.

use neuropil::core::{Plugin, Precision, Registry};
use neuropil::scene::{SceneSource, compile};
use neuropil_testing::distribution_conformance;
use neuropil_tests::{compile_with, scene_with, simulate_in_pieces};

#[path = "../extensions/words.rs"]
mod words;

struct Words;

impl Plugin for Words {
    fn build(&self, registry: &mut Registry) {
        words::Gamma::default().build(registry);
        words::Nernst::default().build(registry);
    }

    fn name(&self) -> &'static str {
        "words"
    }
}

const SCENE: &str = r#"(
    duration: "200 ms",
    constants: (E_K: "nernst(0.04)"),
    populations: (
        E: (n: 83, model: iaf_psc_exp(
            tau_m: gamma(shape: 4, mean: "20 ms"), E_L: "E_K + 20 mV", V_reset: "E_K + 20 mV", I_e: "450 pA",
        )),
    ),
    projections: [(
        from: "E", to: "E", rule: fixed_indegree(indegree: 9), synapse: static(weight: gamma(shape: 1.5, mean: "20 pA")),
    )],
    recorders: (spikes: spikes(of: "E")),
)"#;

#[test]
fn with_the_same_results_however_the_network_is_cut() {
    let experiment = scene_with(&Words, SCENE);
    for precision in [Precision::F32, Precision::F64] {
        let reference = simulate_in_pieces(&experiment, precision, 1, &[]);
        assert!(reference.spikes.len() > 100, "{} spikes", reference.spikes.len());
        for (parts, pieces) in [(1, &[400, 1][..]), (2, &[]), (3, &[399, 1, 1])] {
            let outcome = simulate_in_pieces(&experiment, precision, parts, pieces);
            assert!(outcome == reference, "{precision:?} in {parts} partitions, pieces {pieces:?}");
        }
    }
}

#[test]
fn that_are_what_they_say() {
    let mut registry = Registry::default();
    Words.build(&mut registry);
    let potential = registry.function("nernst").unwrap().value(&[0.04, 1.0, 37.0]).unwrap();
    assert!((potential + 86.03).abs() < 0.01, "{potential} mV");
    let gamma = registry.distribution("gamma").unwrap().distribution(vec![1.5, 20.0]);
    distribution_conformance(&gamma);
}

#[test]
fn which_resolved_scenes_write_out() {
    let mut registry = neuropil_tests::registry();
    Words.build(&mut registry);
    let compiled = |text: &str| {
        let source = SceneSource { path: "scene.ron".into(), text: text.into() };
        compile(&source, &[], &registry).unwrap_or_else(|errors| panic!("{}", errors.render(false)))
    };
    let first = compiled(SCENE);
    assert!(first.resolved.contains("gamma(shape: 4.0, mean: 20.0)"), "{}", first.resolved);
    assert_eq!(compiled(&first.resolved).resolved, first.resolved);
}

#[test]
fn with_messages_at_their_places() {
    for (from, to, expected) in [
        (
            "gamma(shape: 4",
            "gama(shape: 4",
            &["there is no distribution `gama`", "did you mean `gamma`?"][..],
        ),
        ("shape: 4", "shape: 0.5", &["`shape` is 0.5, but must be at least 1", "scene.ron:6:33"]),
        ("shape: 4", "shape: \"4 ms\"", &["`shape` is a pure number, but this is a time", "scene.ron:6:33"]),
        (
            "shape: 4, mean: \"20 ms\"",
            "mean: \"20 mV\"",
            &["`mean` is a time (ms), but this is a voltage", "add `shape: 2`"],
        ),
        ("nernst(0.04)", "nerst(0.04)", &["there is no function `nerst`", "did you mean `nernst`?"]),
        (
            "nernst(0.04)",
            "nernst(-1)",
            &["the argument `ratio` of `nernst` must be > 0, but is -1", "scene.ron:3:23"],
        ),
        (
            "nernst(0.04)",
            "nernst(1 mV)",
            &["the argument `ratio` of `nernst` is a pure number, but this is a voltage"],
        ),
        (
            "nernst(0.04)",
            "nernst(1, 1, 37, 0)",
            &["`nernst` takes from 1 to 3 arguments, ratio, valence, temperature; these are 4"],
        ),
        ("nernst(0.04)", "nernst(0.04, 0)", &["the result is too large for a number"]),
        ("E_K:", "nernst: 1, E_K:", &["a constant cannot be called `nernst`, which is a function"]),
    ] {
        let message = compile_with(&Words, &SCENE.replacen(from, to, 1)).err().unwrap();
        for expected in expected {
            assert!(message.contains(expected), "{to}\n{message}");
        }
    }
}
