//! What the stimulus promises.

use neuropil_core::{Column, Stimulated, StimulusModel, StimulusSetup, TargetRun, TimeGrid};
use neuropil_stimulus_my_stimulus::MyStimulus;

#[test]
fn it_rises_and_then_stays() {
    let mut ramp = Stimulated::<MyStimulus, f64>::new(StimulusSetup {
        parameters: &[10.0, 4.0, 1.0, 100.0], // amplitude, rise, start, stop
        grid: TimeGrid::new(0.5).unwrap(),
        seed: 1,
        projection: 0,
        targets: vec![TargetRun { position: 0, input: 0, len: 1 }],
        weights: Column::Shared(1.0),
    })
    .unwrap();
    let mut current = |step| {
        let mut input = [0.0];
        ramp.drive(step, &mut input);
        input[0]
    };
    assert_eq!([1, 2, 6, 10, 11, 199, 200].map(&mut current), [0.0, 0.0, 5.0, 10.0, 10.0, 10.0, 0.0]);
}
