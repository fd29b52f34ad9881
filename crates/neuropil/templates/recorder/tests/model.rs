//! What the recorder promises.

use neuropil_core::{
    Batch, Observation, Parameters as _, RecorderModel, RecorderSetup, Recording, Sample, Sees, TimeGrid,
    View,
};
use neuropil_recorder_my_recorder::{MyRecorder, Parameters};

#[test]
fn a_row_is_the_mean_of_all_neurons() {
    let view = View::new([(0, 0, 2), (1, 5, 1)]).unwrap();
    let setup = RecorderSetup {
        grid: TimeGrid::new(0.1).unwrap(),
        view: &view,
        models: &[],
        variables: &[],
        at: &[],
        start: 0,
        stop: 100,
    };
    let parameters = Parameters::from_values(&[0.5]); // interval
    let mut recording = MyRecorder::begin(parameters, &setup).unwrap();
    assert_eq!(recording.sees(), Sees::samples(["V_m"], 5));
    let sample = |population, neurons, values| Sample { recorder: 0, population, stamp: 5, neurons, values };
    let samples = [sample(0, &[0, 1], &[-70.0, -60.0]), sample(1, &[5], &[-65.0])];
    let mut rows = Batch::of(&recording.table());
    recording.record(&Observation::new(5, &[], &samples, &[]), &mut rows);
    assert_eq!(rows.step, [5]);
    assert_eq!(rows.cells[0].values(), [-65.0]);
}
