//! A recorder of a plugin writes its own table and plot, which are the same bytes for any number of threads and for a run in
//! pieces; a scene that it does not fit gets a message.

use std::path::Path;

use neuropil::core::Registry;
use neuropil::record::read_table;
use neuropil::run::{Resources, Run, RunOptions, Scene};

#[path = "../extensions/lfp.rs"]
mod lfp;

const SCENE: &str = r#"(
    duration: "100 ms",
    populations: (
        E: (n: 83, model: iaf_psc_exp(I_e: "500 pA"), initial: (V_m: uniform(low: "-70 mV", high: "-55 mV"))),
        P: (n: 40, model: poisson(rate: "80 Hz")),
    ),
    projections: [
        (from: "P", to: "E", rule: fixed_indegree(indegree: 9), synapse: static(weight: normal(mean: 30, sd: 7))),
        (from: "E", to: "E", rule: fixed_indegree(indegree: 5), synapse: static(weight: -40, delay: "1.5 ms")),
    ],
    recorders: (
        field: lfp(of: "E[3..]", interval: "0.7 ms"),
        currents: traces(of: "E[3..]", variables: ["I_syn_ex", "I_syn_in"], interval: "0.7 ms"),
    ),
)"#;

fn registry() -> Registry {
    let mut plugins = neuropil::default_plugins();
    plugins.push(Box::new(lfp::Lfp));
    neuropil::registry(&plugins)
}

fn scene(text: &str) -> Scene {
    Scene::from_text(text, &registry()).unwrap_or_else(|failure| panic!("{failure}"))
}

/// Runs the scene in pieces of so many steps, and returns the bytes of the table and of the plot.
fn run(scene: &Scene, out: &Path, threads: usize, piece: u64) -> [Vec<u8>; 2] {
    let resources = Resources { threads: Some(threads), ..Resources::default() };
    let options = RunOptions { out: Some(out.to_owned()), resources, ..RunOptions::default() };
    let mut run = Run::start(scene, &options, &mut ()).unwrap();
    while run.steps_left() > 0 {
        run.advance(piece, &mut ()).unwrap();
    }
    assert!(run.finish().unwrap().is_complete());
    ["lfp_field.parquet", "lfp_field.svg"].map(|file| std::fs::read(out.join(file)).unwrap())
}

#[test]
fn with_tables_and_plots_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    let [_, svg] = run(&scene(SCENE), &out, 1, u64::MAX);
    let svg = String::from_utf8(svg).unwrap();
    assert!(svg.contains("LFP proxy (pA)"), "the plot has an axis with a unit");
    let (field, currents) =
        (read_table(&out, "lfp_field").unwrap(), read_table(&out, "traces_currents").unwrap());
    assert_eq!(field.step, (1..=142).map(|k| 7 * k).collect::<Vec<_>>());
    let sampled = currents.values("I_syn_ex_pA").chunks(80).zip(currents.values("I_syn_in_pA").chunks(80));
    let sums: Vec<f64> =
        sampled.map(|(ex, inh)| ex.iter().zip(inh).flat_map(|(a, b)| [a.abs(), b.abs()]).sum()).collect();
    assert_eq!(field.values("lfp_pA"), sums);
    assert!(sums[100] > 1000.0);
}

#[test]
fn that_do_not_depend_on_threads_or_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(SCENE);
    let reference = run(&scene, &folder.path().join("one"), 1, u64::MAX);
    for (threads, piece) in [(2, u64::MAX), (3, 137), (1, 1)] {
        let out = folder.path().join(format!("{threads}-{piece}"));
        assert!(run(&scene, &out, threads, piece) == reference, "{threads} threads, pieces of {piece} steps");
    }
}

#[test]
fn with_messages_of_their_own() {
    let message = |from: &str, to: &str| {
        let failure = Scene::from_text(&SCENE.replace(from, to), &registry()).err();
        failure.expect("the scene is broken").to_string()
    };
    let missing = message(r#"lfp(of: "E[3..]""#, r#"lfp(of: "P""#);
    assert!(
        missing.contains("the model `poisson` of `P` has no state variable `I_syn_ex`, which `lfp` records"),
        "{missing}"
    );
    let misspelt = message("lfp(of", "lpf(of");
    assert!(misspelt.contains("did you mean `lfp`?"), "{misspelt}");
    let none = message(r#"interval: "0.7 ms"),"#, r#"interval: 0),"#);
    assert!(none.contains("`interval` must be at least one step"), "{none}");
}
