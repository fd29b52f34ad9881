//! Each target gets its weight times the amplitude, in the window.

use neuropil_core::{Column, Stimulated, StimulusModel, StimulusSetup, TargetRun, TimeGrid};
use neuropil_stimulus_dc::DcGenerator;

fn stimulus(weights: Column, targets: Vec<TargetRun>) -> Stimulated<DcGenerator, f64> {
    let grid = TimeGrid::new(0.1).expect("a step of time");
    let parameters = [100.0, 1.0, 2.0];
    Stimulated::new(StimulusSetup { parameters: &parameters, grid, seed: 1, projection: 0, targets, weights })
        .expect("parameters that fit together")
}

/// What the stimulus adds to four inputs in a step.
fn sent(stimulus: &mut Stimulated<DcGenerator, f64>, step: u64) -> [f64; 4] {
    let mut input = [0.0; 4];
    stimulus.drive(step, &mut input);
    input
}

#[test]
fn each_target_gets_its_weight() {
    let runs = vec![TargetRun { position: 0, input: 0, len: 1 }, TargetRun { position: 1, input: 2, len: 2 }];
    let mut shared = stimulus(Column::Shared(2.0), runs.clone());
    assert_eq!(sent(&mut shared, 15), [200.0, 0.0, 200.0, 200.0]);
    let mut each = stimulus(Column::Each(vec![1.0, -0.5, 3.0]), runs);
    assert_eq!(sent(&mut each, 15), [100.0, 0.0, -50.0, 300.0]);
}

#[test]
fn the_window_is_a_step_early() {
    let mut stimulus = stimulus(Column::Shared(1.0), vec![TargetRun { position: 0, input: 0, len: 4 }]);
    let active: Vec<u64> = (0..40).filter(|&step| sent(&mut stimulus, step) != [0.0; 4]).collect();
    assert_eq!(active, (9..19).collect::<Vec<_>>());
}
