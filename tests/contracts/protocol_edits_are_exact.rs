//! What a protocol changes, it changes at its time and nowhere else; and the result is the same bits for any number of threads,
//! and for a run in pieces that end before, at and after the edits.

use neuropil::core::Precision;
use neuropil::network::{Epoch, Observer, RecordedSynapse, Simulation};
use neuropil_tests::{scene, simulate, simulate_in_pieces};

/// Every kind of edit, of shared and of own weights, with values that are drawn.
const EDITED: &str = r#"(
    dt: "0.1 ms", seed: 3,
    populations: (
        E: (n: 203, model: iaf_psc_exp(I_e: "420 pA", tau_m: uniform(low: "9 ms", high: "12 ms"))),
        I: (n: 57, model: iaf_psc_exp(I_e: "380 pA")),
        A: (n: 60, model: auryn_ifgroup()),
        X: (n: 40, model: poisson(rate: "100 Hz")),
    ),
    stimuli: (noise: poisson_generator(rate: "2 kHz"), dc: dc_generator(amplitude: "10 pA")),
    projections: [
        (name: "EE", from: "E", to: "E", rule: fixed_outdegree(outdegree: 20), synapse: static(weight: "30 pA", delay: "0.5 ms")),
        (
            name: "EI", from: "E", to: "I", rule: total_number(n: 2000),
            synapse: static(weight: lognormal(mean: "20 pA", sd: "5 pA"), delay: uniform(low: "0.5 ms", high: "2 ms")),
        ),
        (name: "IE", from: "I", to: "E", rule: pairwise_bernoulli(p: 0.2), synapse: static(weight: "-40 pA", delay: "1 ms")),
        (name: "XA", from: "X", to: "A", rule: pairwise_bernoulli(p: 0.5), synapse: static(weight: 0.2, delay: "0.8 ms"), receptor: ampa),
        (name: "AA", from: "A", to: "A", rule: pairwise_bernoulli(p: 0.3), synapse: static(weight: 0.2, delay: "0.8 ms"), receptor: gaba),
        (from: "noise", to: "E", synapse: static(weight: "10 pA", delay: "0.2 ms")),
        (from: "dc", to: "I", synapse: static(delay: "0.1 ms")),
    ],
    protocol: [
        run("20 ms"),
        set_weights(projection: "EE", from: "E[0..50]", to: "E[20..90]", weight: normal(mean: "60 pA", sd: "20 pA")),
        run("13.7 ms"),
        scale_weights(projection: "EI", factor: 1.5),
        add_weights(projection: "AA", to: "A[0..30]", weight: uniform(low: 0, high: 0.1)),
        clip_weights(projection: "IE", low: "-30 pA", high: "0 pA"),
        set(of: "E[10..100]", I_e: normal(mean: "450 pA", sd: "30 pA")),
        set(of: "I", t_ref: "3 ms", E_L: "-69 mV", V_reset: "-69 mV"),
        run("6.3 ms"),
        set_state(of: ["E[0..7]", "I"], V_m: uniform(low: "-70 mV", high: "-60 mV")),
        set_state(of: "A", g_ampa: 1.5),
        set(of: "noise", rate: "4 kHz"),
        set(of: "dc", amplitude: "-20 pA"),
        load_patterns(projection: "EE", patterns: [[0, 1, 2, 3, 4, 5, 6], [30, 40, 50, 60]], weight: "80 pA", overwrite: true),
        run("40 ms"),
    ],
    recorders: (
        v: traces(of: ["E[0..5]", "I[50..57]"], variables: ["V_m"], interval: "0.7 ms"),
        a: traces(of: "A", variables: ["V_m", "g_ampa", "thr"], interval: "0.5 ms"),
    ),
)"#;

#[test]
fn for_any_number_of_threads_and_pieces() {
    let experiment = scene(EDITED, &[]);
    for precision in [Precision::F32, Precision::F64] {
        let reference = simulate_in_pieces(&experiment, precision, 1, &[]);
        assert!(reference.spikes.len() > 500, "the network is alive: {} spikes", reference.spikes.len());
        for (threads, pieces) in
            [(1, &[199, 1, 1, 136][..]), (2, &[]), (2, &[200, 137]), (3, &[]), (8, &[]), (8, &[338, 61, 1])]
        {
            let outcome = simulate_in_pieces(&experiment, precision, threads, pieces);
            assert!(outcome == reference, "{precision:?} {threads} threads, pieces {pieces:?}");
        }
    }
}

/// Collects the synapses that weight recorders read.
#[derive(Default)]
struct Weights(Vec<(usize, u64, Vec<RecordedSynapse>)>);

impl Observer for Weights {
    fn epoch(&mut self, _epoch: &Epoch<'_>) -> bool {
        true
    }

    fn weights(&mut self, recorder: usize, step: u64, synapses: &[RecordedSynapse]) {
        self.0.push((recorder, step, synapses.to_vec()));
    }
}

const BLOCKS: &str = r#"(
    seed: 3,
    populations: (E: (n: 40, model: iaf_psc_alpha())),
    projections: [(name: "EE", from: "E", to: "E", rule: pairwise_bernoulli(p: 0.5), synapse: static(weight: "2 pA", delay: "1 ms"))],
    protocol: [
        run("1 ms"),
        set_weights(projection: "EE", from: "E[0..10]", to: "E[5..20]", weight: "5 pA"),
        run("1 ms"),
        scale_weights(projection: "EE", to: "E[5]", factor: 3),
        clip_weights(projection: "EE", high: "10 pA"),
        run("1 ms"),
        load_patterns(projection: "EE", patterns: [[0, 1], [(30, 0.5), 31]], weight: "7 pA", chain: true),
        run("1 ms"),
    ],
    recorders: (w: weights(projection: "EE", at: ["0 ms", "1 ms", "2 ms", "3 ms"])),
)"#;

/// The weight of a synapse at each of the four times.
fn expected(source: u32, target: u32) -> [f64; 4] {
    let start = 2.0;
    let block = if source < 10 && (5..20).contains(&target) { 5.0 } else { start };
    let scaled = if target == 5 { 3.0 * block } else { block };
    let clipped = f64::min(scaled, 10.0);
    let pattern = match (source, target) {
        (0 | 1, 30) => clipped + 0.5 * 7.0,
        (0 | 1, 31) => clipped + 7.0,
        _ => clipped,
    };
    [start, block, clipped, pattern]
}

#[test]
fn in_blocks_and_patterns() {
    let experiment = scene(BLOCKS, &[]);
    for (precision, threads) in [(Precision::F32, 1), (Precision::F64, 3), (Precision::F64, 8)] {
        let mut simulation = Simulation::build(&experiment.network, precision, threads).unwrap();
        let mut weights = Weights::default();
        simulation.run(15, &mut weights).unwrap();
        simulation.run(experiment.duration - 15, &mut weights).unwrap();
        let times: Vec<u64> = weights.0.iter().map(|w| w.1).collect();
        assert_eq!(times, [0, 10, 20, 30]);
        let pairs = |synapses: &[RecordedSynapse]| -> Vec<(u32, u32)> {
            synapses.iter().map(|s| (s.source.1, s.target.1)).collect()
        };
        for (i, (_, _, synapses)) in weights.0.iter().enumerate() {
            assert!(synapses.len() > 700 && pairs(synapses).is_sorted());
            assert_eq!(pairs(synapses), pairs(&weights.0[0].2), "no synapse comes or goes");
            for s in synapses {
                assert_eq!(s.weight, expected(s.source.1, s.target.1)[i], "{s:?}, time {i}");
            }
        }
    }
}

/// An edit that sets what is there already changes nothing but the storage; an edit later than a spike's arrival comes too late.
#[test]
fn and_act_from_their_time_on() {
    let scene_with = |at: &str, weight: &str| {
        let text = format!(
            r#"(
                populations: (A: (n: 1, model: iaf_psc_delta(I_e: "500 pA")), B: (n: 1, model: iaf_psc_delta())),
                projections: [(name: "AB", from: "A", to: "B", synapse: static(weight: "1 mV", delay: "2 ms"))],
                protocol: [run("{at}"), set_weights(projection: "AB", weight: "{weight}"), run("5 ms")],
                recorders: (v: traces(of: "B", variables: ["V_m"])),
            )"#
        );
        let outcome = simulate(&scene(&text, &[]));
        (outcome.spikes_of(0, 0)[0], outcome.trace(1, 0, 0))
    };
    let (spike, _) = scene_with("30 ms", "1 mV");
    // The spike, fired in step `spike - 1`, arrives in step `spike - 1 + 20`: an edit before that step counts, one after it does not.
    let arrival = spike - 1 + 20;
    let jump = |before: u64| {
        let (_, v) = scene_with(&format!("{} * 0.1 ms", before), "3 mV");
        v[arrival as usize] + 70.0
    };
    assert!((jump(arrival) - 3.0).abs() < 1e-9 && (jump(arrival - 7) - 3.0).abs() < 1e-9);
    assert!((jump(arrival + 1) - 1.0).abs() < 1e-9);
}
