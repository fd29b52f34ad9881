//! Rows that would make a file lie are refused.

use crate::small_run::{context, never, temporary, traces};
use neuropil_record::{RecordError, RunFolder, SpikeBatch, TableSpec, TraceBatch, Writer};

fn finish_with(step: Vec<u64>, population: Vec<u32>, neuron: Vec<u32>) -> Result<(), RecordError> {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false)?;
    let mut writer = Writer::start(&folder, context(), vec![TableSpec::Spikes], never())?;
    writer.send(0, SpikeBatch { step, population, neuron })?;
    writer.finish().map(|_| ())
}

#[test]
fn rows_out_of_order_or_out_of_range_are_refused() {
    assert!(finish_with(vec![1, 1, 2], vec![0, 1, 0], vec![7, 0, 0]).is_ok());
    let cases = [
        (vec![2, 1], vec![0, 0], vec![0, 0]),
        (vec![1, 1], vec![1, 0], vec![0, 0]),
        (vec![1, 1], vec![0, 0], vec![1, 0]),
        (vec![1], vec![2], vec![0]),
        (vec![1], vec![0], vec![200]),
        (vec![u64::MAX], vec![0], vec![0]),
        (vec![1, 2], vec![0], vec![0]),
    ];
    for (step, population, neuron) in cases {
        let error = finish_with(step, population, neuron).unwrap_err();
        assert!(matches!(error, RecordError::Batch { .. }) && !error.is_user_error(), "{error}");
    }
}

#[test]
fn order_holds_between_batches_and_the_error_comes_once() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let mut writer = Writer::start(&folder, context(), vec![TableSpec::Spikes], never()).unwrap();
    let batch = |step| SpikeBatch { step: vec![step], population: vec![0], neuron: vec![0] };
    writer.send(0, batch(2)).unwrap();
    // The thread may notice a little later than it is sent.
    let error = (0..).find_map(|_| writer.send(0, batch(1)).err()).unwrap();
    assert!(error.to_string().ends_with("step 1, population 0, neuron 0 is out of order"), "{error}");
    assert!(matches!(writer.send(0, batch(3)), Err(RecordError::Stopped)));
    assert!(matches!(writer.finish(), Err(RecordError::Stopped)));
}

#[test]
fn batches_of_another_table_are_refused() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let tables = vec![TableSpec::Spikes, traces(true)];
    let mut writer = Writer::start(&folder, context(), tables, never()).unwrap();
    assert!(writer.send(0, TraceBatch::default()).is_err());
    assert!(writer.send(1, SpikeBatch::default()).is_err());
    assert!(writer.send(1, TraceBatch::default()).is_err(), "two columns of values are missing");
    assert!(writer.send(2, SpikeBatch::default()).is_err());
    assert!(writer.finish().is_ok());
}
