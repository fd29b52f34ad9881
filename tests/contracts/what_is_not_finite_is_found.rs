//! A state variable that is not finite any more ends a run at the next multiple of 1000 steps, with the same message, whatever the
//! number of threads, the shortest delay and the pieces of the run.

use neuropil::core::Precision;
use neuropil::network::{RunError, Simulation};
use neuropil_tests::scene;

const SCENE: &str = r#"(
    duration: "400 ms",
    populations: (n: (n: 64, model: iaf_psc_exp())),
    stimuli: (noise: poisson_generator(rate: "20 kHz", start: "110 ms")),
    projections: [
        (from: "noise", to: "n[40..64]", synapse: static(weight: "1e308 pA", delay: "0.1 ms")),
        (from: "n", to: "n", rule: fixed_indegree(indegree: 5), synapse: static(weight: "30 pA", delay: "0.7 ms")),
    ],
)"#;

#[test]
fn at_the_same_time_on_any_number_of_threads() {
    let experiment = scene(SCENE, &[]);
    let end_of_run = |threads: usize, pieces: &[u64]| {
        let mut simulation = Simulation::build(&experiment.network, Precision::F64, threads).unwrap();
        let mut pieces = pieces.iter().chain([&experiment.duration]);
        let error = pieces.find_map(|&steps| simulation.run(steps, &mut ()).err());
        (simulation.step(), error)
    };
    let expected = end_of_run(1, &[]);
    assert_eq!(expected.0, 2000);
    assert!(matches!(expected.1, Some(RunError::NotFinite(found)) if found.neuron == 40), "{expected:?}");
    for threads in [1, 2, 3, 8] {
        for pieces in [&[][..], &[17], &[333, 500]] {
            assert_eq!(end_of_run(threads, pieces), expected, "{threads} threads, pieces {pieces:?}");
        }
    }
}
