//! Spikes, traces and digest are the same bits for any number of threads, and for a run in pieces.

use neuropil::core::{Batch, Cells, Precision, Table};
use neuropil::network::Experiment;
use neuropil::record::{FlushPolicy, RunFolder, TableContext, TableSpec, Writer};
use neuropil_testing::same_however_cut;
use neuropil_tests::{experiment, scene, simulate_in_pieces};

/// Everything at once: weights, delays, parameters and initial values from distributions, views in pieces, two
/// kinds of noise, a window, a delay of one step.
const VARIED: &str = r#"(
    dt: "0.1 ms", duration: "150 ms", seed: 7,
    populations: (
        E: (
            n: 203,
            model: iaf_psc_alpha(tau_m: normal(mean: "20 ms", sd: "2 ms", low: "10 ms", high: "30 ms"), I_e: "300 pA"),
            initial: (V_m: uniform(low: "-70 mV", high: "-55 mV")),
        ),
        I: (n: 57, model: iaf_psc_alpha(tau_syn_ex: "0.5 ms", t_ref: "0.1 ms")),
        X: (n: 41, model: poisson(rate: "60 Hz", start: "10 ms", stop: "120 ms")),
    ),
    stimuli: (
        noise: poisson_generator(rate: "8 kHz"),
        dc: dc_generator(amplitude: "40 pA", start: "50 ms", stop: "90 ms"),
    ),
    projections: [
        (from: "noise", to: ["I", "E[3..150]"], synapse: static(weight: normal(mean: "20 pA", sd: "15 pA"), delay: "0.3 ms")),
        (from: "dc", to: "E[100..203]", synapse: static(delay: "0.1 ms")),
        (
            from: ["E[50..203]", "X", "E[0..40]"], to: ["I", "E"],
            rule: fixed_indegree(indegree: 30, allow_autapses: false, allow_multapses: false),
            synapse: static(
                weight: lognormal(mean: "30 pA", sd: "10 pA"),
                delay: uniform(low: "0.1 ms", high: "3 ms"),
            ),
        ),
        (from: "I", to: ["E", "I"], rule: pairwise_bernoulli(p: 0.2), synapse: static(weight: "-60 pA", delay: "1 ms")),
        (from: "X", to: "E[..41]", rule: one_to_one, synapse: static(weight: "200 pA", delay: "0.2 ms")),
        (
            from: "E[0..20]", to: "I", rule: all_to_all,
            synapse: static(weight: normal(mean: 0.0, sd: 10.0), delay: uniform(low: "0.5 ms", high: "1.5 ms")),
        ),
    ],
    recorders: (
        v: traces(of: ["E[0..5]", "I[50..57]", "E[198..203]"], variables: ["V_m", "I_syn_ex", "I_syn_in"], interval: "0.7 ms"),
    ),
)"#;

fn check(experiment: &Experiment) {
    for outcome in same_however_cut(&experiment.network, experiment.duration) {
        assert!(outcome.spikes.len() > 1000, "the network is alive: {} spikes", outcome.spikes.len());
        assert!(outcome.spikes.is_sorted());
    }
}

#[test]
fn in_a_network_of_many_kinds() {
    check(&scene(VARIED, &[]));
}

#[test]
fn in_brunel_alpha() {
    check(&experiment("brunel_alpha", &["constants.order=120", "constants.epsilon=0.5", "duration=200 ms"]));
}

/// The bytes of the tables of a network of many kinds, from rows that come in batches of so many.
fn tables(precision: Precision, threads: usize, pieces: &[u64], batch: usize) -> [Vec<u8>; 2] {
    let experiment = scene(VARIED, &[]);
    let outcome = simulate_in_pieces(&experiment, precision, threads, pieces);
    let folder = tempfile::tempdir().unwrap();
    let run = RunFolder::create(&folder.path().join("run"), false).unwrap();
    let context = TableContext {
        grid: experiment.network.grid,
        precision,
        populations: experiment
            .network
            .populations
            .iter()
            .map(|p| (p.name.clone(), u64::from(p.n)))
            .collect(),
        scene_hash: String::new(),
        version: "0".into(),
    };
    let recorder = experiment.network.recorders.iter().find(|r| r.name == "v").expect("there are traces");
    let traces = TableSpec::new("traces_v", experiment.network.begin_recording(recorder).unwrap().table());
    let spikes = TableSpec::new("spikes", Table::of_neurons([]));
    let mut writer = Writer::start(&run, context, vec![spikes, traces], FlushPolicy::default()).unwrap();
    for rows in outcome.spikes.chunks(batch) {
        let column = |f: fn(&(u64, u32, u32)) -> u32| rows.iter().map(f).collect();
        let (population, neuron) = (column(|r| r.1), column(|r| r.2));
        let step = rows.iter().map(|r| r.0).collect();
        writer.send(0, Batch { step, cells: vec![Cells::Ids(population), Cells::Ids(neuron)] }).unwrap();
    }
    let mut rows: Vec<(u64, u32, u32, &[f64])> = Vec::new();
    for ((_, population, neuron), samples) in &outcome.traces {
        rows.extend(samples.iter().map(|(stamp, values)| (*stamp, *population, *neuron, &values[..])));
    }
    rows.sort_by_key(|r| (r.0, r.1, r.2));
    for rows in rows.chunks(batch) {
        let ids = [rows.iter().map(|r| r.1).collect(), rows.iter().map(|r| r.2).collect()].map(Cells::Ids);
        let values = (0..3).map(|v| Cells::Values(rows.iter().map(|r| r.3[v]).collect()));
        let step = rows.iter().map(|r| r.0).collect();
        writer.send(1, Batch { step, cells: ids.into_iter().chain(values).collect() }).unwrap();
    }
    writer.finish().unwrap();
    ["spikes.parquet", "traces_v.parquet"].map(|name| std::fs::read(run.path().join(name)).unwrap())
}

#[test]
fn nor_do_the_bytes_of_tables() {
    for precision in [Precision::F32, Precision::F64] {
        let reference = tables(precision, 1, &[], 100_000);
        assert!(
            tables(precision, 2, &[700], 999) == reference,
            "{precision:?}, in two pieces on two threads"
        );
        assert!(
            tables(precision, 8, &[1, 2], 17) == reference,
            "{precision:?}, in three pieces on eight threads"
        );
    }
}

/// Another seed gives another network, and the two precisions are not the same program.
#[test]
fn but_on_seed_and_precision_they_do() {
    let run = |seed: &str, precision| simulate_in_pieces(&scene(VARIED, &[seed]), precision, 1, &[]);
    let reference = run("seed=7", Precision::F64);
    assert_ne!(reference.digest, run("seed=8", Precision::F64).digest);
    assert_ne!(reference.traces, run("seed=7", Precision::F32).traces);
}
