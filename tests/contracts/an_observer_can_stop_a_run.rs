//! An observer that says no ends the run on every thread, one epoch later, whatever the threads were doing; and the run can
//! go on from there.

use neuropil::core::Precision;
use neuropil::network::{Epoch, Simulation};
use neuropil_tests::{Collector, scene, simulate};

const SCENE: &str = r#"(
    duration: "400 ms",
    populations: (n: (n: 64, model: iaf_psc_alpha(I_e: "400 pA"))),
    projections: [(from: "n", to: "n", rule: fixed_indegree(indegree: 5), synapse: static(weight: "30 pA", delay: "0.1 ms"))],
)"#;

/// With a delay of one step partitions meet in every step, and a stop falls into any phase of the others. A lone partition
/// meets no one, and its epochs are longer.
#[test]
fn on_any_number_of_threads() {
    let experiment = scene(SCENE, &[]);
    let reference = simulate(&experiment);
    for threads in [1, 2, 3, 8] {
        let mut simulation = Simulation::build(&experiment.network, Precision::F64, threads).unwrap();
        let mut collector = Collector::new(&experiment.network);
        let last_begin = experiment.duration - 2 * simulation.epoch_steps();
        for round in 0..60 {
            let begin = simulation.step();
            if begin > last_begin {
                break;
            }
            let stop_after = begin + 1 + round % 7;
            let mut refused = Vec::new();
            let mut observer = |epoch: &Epoch<'_>| {
                neuropil::network::Observer::epoch(&mut collector, epoch);
                let end = epoch.steps().end;
                refused.extend((end >= stop_after).then_some(end));
                end < stop_after
            };
            simulation.run(experiment.duration, &mut observer).unwrap();
            let step = simulation.step();
            assert_eq!((refused.len(), refused[1]), (2, step), "{threads} threads, round {round}");
            assert!(threads == 1 || step == stop_after + 1, "{threads} threads, round {round}");
        }
        let rest = experiment.duration - simulation.step();
        simulation.run(rest, &mut collector).unwrap();
        assert!(collector.outcome() == reference, "{threads} threads");
    }
}

/// Events and weight recorders cut a run into pieces, and a stop may fall into the last epoch of one.
#[test]
fn also_where_a_protocol_cuts_it_into_pieces() {
    let actions = "run(\"0.2 ms\"), set(of: \"n\", I_e: \"400 pA\"), ".repeat(100);
    let text = SCENE.replace("duration: \"400 ms\",", &format!("protocol: [{actions} run(\"1 ms\")],"));
    let experiment = scene(&text, &[]);
    for threads in [1, 3] {
        for stop_after in 1..40 {
            let mut simulation = Simulation::build(&experiment.network, Precision::F64, threads).unwrap();
            let mut observer = |epoch: &Epoch<'_>| epoch.steps().end < stop_after;
            simulation.run(experiment.duration, &mut observer).unwrap();
            assert!(simulation.step() <= stop_after + 1, "{threads} threads: {} steps", simulation.step());
        }
    }
}
