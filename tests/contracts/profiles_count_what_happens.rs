//! A profile counts every neuron step, synaptic event, target step and sampled value, its parts fit into its whole, and it
//! changes no result.

use std::collections::HashMap;
use std::time::Duration;

use neuropil::core::Precision;
use neuropil::core::engine::Meter;
use neuropil::network::{Experiment, Profile, ProjectionsMeter, Simulation, Source, Stage};
use neuropil_tests::{Collector, Outcome, scene, simulate_in_pieces};

/// Delays that differ and delays that are shared, two stimuli, a projection onto several populations, state that a receptor
/// holds, projections that are stored together, and weights that change on the way.
const SCENE: &str = r#"(
    seed: 3,
    populations: (
        E: (n: 83, model: iaf_psc_alpha(I_e: "380 pA"), initial: (V_m: uniform(low: "-70 mV", high: "-55 mV"))),
        C: (n: 37, model: lifref_cond_exp()),
        F: (n: 40, model: iaf_psc_exp()),
        X: (n: 21, model: poisson(rate: "80 Hz")),
    ),
    stimuli: (noise: poisson_generator(rate: "5 kHz"), dc: dc_generator(amplitude: "40 pA", start: "20 ms")),
    projections: [
        (from: "noise", to: ["E[3..60]"], synapse: static(weight: "20 pA", delay: "0.7 ms")),
        (from: "dc", to: "E", synapse: static(delay: "0.1 ms")),
        (
            name: "varied", from: ["E", "X"], to: "E", rule: fixed_indegree(indegree: 9),
            synapse: static(weight: "10 pA", delay: uniform(low: "0.4 ms", high: "3 ms")),
        ),
        (name: "held", from: "X", to: "C", rule: pairwise_bernoulli(p: 0.3), synapse: static(weight: 0.1, delay: "1 ms")),
        (
            name: "together", from: "X", to: "E", rule: fixed_indegree(indegree: 5),
            synapse: static(weight: normal(mean: "10 pA", sd: "3 pA"), delay: uniform(low: "0.2 ms", high: "2 ms")),
        ),
        (
            name: "with it", from: "X", to: "F", rule: fixed_indegree(indegree: 3),
            synapse: static(weight: normal(mean: "20 pA", sd: "3 pA"), delay: uniform(low: "1 ms", high: "4 ms")),
        ),
        (name: "shared", from: "X", to: "E", rule: fixed_outdegree(outdegree: 4), synapse: static(weight: "30 pA")),
    ],
    protocol: [
        run("60 ms"),
        scale_weights(projection: "shared", factor: 2.0),
        run("40 ms"),
    ],
    recorders: (
        v: traces(of: ["E[0..5]", "C[30..37]"], variables: ["V_m"], interval: "0.7 ms", start: "10 ms"),
    ),
)"#;

fn profiled(experiment: &Experiment, threads: usize) -> (Simulation, Outcome, Profile) {
    let mut simulation =
        Simulation::build(&experiment.network, Precision::F64, threads).expect("the network is built");
    simulation.start_profile();
    let mut collector = Collector::new(&experiment.network);
    for steps in [17, experiment.duration - 17] {
        simulation.run(steps, &mut collector).expect("no partition panics");
    }
    let profile = simulation.profile().expect("a profile was started");
    (simulation, collector.outcome(), profile)
}

/// The synapses of a projection, counted once for each spike of their source that arrives before the end.
fn synaptic_events(
    simulation: &Simulation,
    experiment: &Experiment,
    projection: usize,
    outcome: &Outcome,
) -> u64 {
    let mut steps: HashMap<(u32, u32), Vec<u64>> = HashMap::new();
    for (stamp, population, neuron) in &outcome.spikes {
        steps.entry((*population, *neuron)).or_default().push(stamp - 1);
    }
    let arrivals = |synapse: &neuropil::network::RecordedSynapse| {
        let fired = steps.get(&synapse.source).map_or(&[][..], Vec::as_slice);
        fired.iter().filter(|step| *step + synapse.delay < experiment.duration).count() as u64
    };
    let name = &experiment.network.projections[projection].name;
    simulation.synapses(name).unwrap().iter().map(arrivals).sum()
}

#[test]
fn and_change_no_result() {
    let experiment = scene(SCENE, &[]);
    let network = &experiment.network;
    let reference = simulate_in_pieces(&experiment, Precision::F64, 1, &[]);
    assert!(reference.spikes.len() > 300, "the network is alive: {} spikes", reference.spikes.len());
    let events = |meters: &[Meter]| meters.iter().map(|meter| meter.events).collect::<Vec<_>>();
    for threads in [1, 2, 3, 8] {
        let (simulation, outcome, profile) = profiled(&experiment, threads);
        assert!(outcome == reference, "{threads} threads");

        assert_eq!(events(&profile.populations), [83_000, 37_000, 40_000, 21_000]);
        let expected = |number: usize| {
            let projection = &network.projections[number];
            let delay = network.synapses[projection.synapse].delay_steps(&network.grid).0;
            let expected = match projection.source {
                Source::Neurons(_) => synaptic_events(&simulation, &experiment, number, &outcome),
                Source::Stimulus(_) => (1000 - delay) * u64::from(projection.target.len()),
            };
            assert!(expected > 500, "{} is used", projection.name);
            expected
        };
        let mut stored: Vec<_> = profile.projections.iter().map(|p| p.projections.clone()).collect();
        stored.sort();
        assert_eq!(stored, [vec![0], vec![1], vec![2], vec![3], vec![4, 5], vec![6]]);
        for ProjectionsMeter { projections, meter } in &profile.projections {
            let expected: u64 = projections.iter().copied().map(expected).sum();
            assert_eq!(meter.events, expected, "projections {projections:?}, {threads} threads");
        }
        let sampled: u64 = outcome.traces.values().flatten().map(|(_, values)| values.len() as u64).sum();
        assert_eq!(events(&profile.recorders), [sampled]);
    }
}

#[test]
fn and_parts_fit_into_the_whole() {
    let (simulation, _, profile) = profiled(&scene(SCENE, &[]), 2);
    assert_eq!(profile.threads, simulation.threads());
    let projections = profile.projections.iter().map(|p| &p.meter);
    let meters = profile.populations.iter().chain(projections).chain(&profile.recorders);
    let metered: Duration = meters.map(|meter| meter.time).sum();
    assert_eq!(metered + profile.overhead(), profile.stage(Stage::Steps));
    let stages: Duration = Stage::ALL.iter().map(|stage| profile.stage(*stage)).sum();
    assert!(stages <= profile.epochs * profile.threads as u32 && profile.epochs <= profile.wall);
}
