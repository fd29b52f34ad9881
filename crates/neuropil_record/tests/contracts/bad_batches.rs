//! Rows that would make a file lie are refused.

use crate::small_run::{context, never, rate, spike_rows, spike_table, synapses, temporary, traces, weights};
use neuropil_core::Batch;
use neuropil_record::{RecordError, RunFolder, Writer};

fn finish_with(step: Vec<u64>, population: Vec<u32>, neuron: Vec<u32>) -> Result<(), RecordError> {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false)?;
    let mut writer = Writer::start(&folder, context(), vec![spike_table()], never())?;
    writer.send(0, spike_rows(step, population, neuron))?;
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
    let mut writer = Writer::start(&folder, context(), vec![spike_table()], never()).unwrap();
    let batch = |step| spike_rows(vec![step], vec![0], vec![0]);
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
    let tables = vec![spike_table(), traces(), rate(), weights()];
    let batches: Vec<Batch> = tables.iter().map(|spec| Batch::of(&spec.table)).collect();
    let mut writer = Writer::start(&folder, context(), tables, never()).unwrap();
    for (table, (kind, batch)) in (0..4).flat_map(|table| batches.iter().enumerate().map(move |b| (table, b)))
    {
        assert_eq!(writer.send(table, batch.clone()).is_ok(), table == kind, "{batch:?} in table {table}");
    }
    let mut short = batches[1].clone();
    short.push_neurons(1, 0, &[3]);
    assert!(writer.send(1, short).is_err(), "the values are missing");
    assert!(writer.send(4, batches[0].clone()).is_err());
    assert!(writer.finish().is_ok());
}

fn finish_weights(batch: Batch) -> Result<(), RecordError> {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false)?;
    let mut writer = Writer::start(&folder, context(), vec![weights()], never())?;
    writer.send(0, batch)?;
    writer.finish().map(|_| ())
}

#[test]
fn synapses_need_two_neurons_and_are_in_the_order_of_time() {
    let good = || synapses(100);
    assert!(finish_weights(good()).is_ok());
    let mut reversed = good();
    for ids in [1, 3] {
        reversed.ids_mut(ids).unwrap().reverse();
    }
    assert!(finish_weights(reversed).is_ok(), "only the network knows their order within a step");
    let spoilt: [fn(&mut Batch); 5] = [
        |batch| batch.step[98] = 1,
        |batch| batch.ids_mut(1).unwrap()[5] = 800,
        |batch| batch.ids_mut(2).unwrap()[5] = 0,
        |batch| batch.ids_mut(2).unwrap()[5] = 2,
        |batch| batch.values_mut(5).unwrap().truncate(99),
    ];
    for spoil in spoilt {
        let mut batch = good();
        batch.ids_mut(3).unwrap()[5] = 799;
        spoil(&mut batch);
        let error = finish_weights(batch).unwrap_err();
        assert!(matches!(error, RecordError::Batch { .. }), "{error}");
    }
}
