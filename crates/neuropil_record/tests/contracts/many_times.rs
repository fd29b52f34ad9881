//! Times that outgrow their dictionary come back.

use crate::small_run::{context, never, spike_rows, spike_table, temporary};
use neuropil_record::{RunFolder, Writer, read_spikes};

#[test]
fn spikes_that_are_all_apart_have_their_times() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let mut writer = Writer::start(&folder, context(), vec![spike_table()], never()).unwrap();
    let step: Vec<u64> = (0..1_100_000).map(|row| 3 * row).collect();
    let (population, neuron) = (vec![1; step.len()], vec![5; step.len()]);
    writer.send(0, spike_rows(step.clone(), population, neuron)).unwrap();
    writer.finish().unwrap();
    let spikes = read_spikes(&path).unwrap();
    assert_eq!(spikes.step, step);
    let parquet = std::fs::File::open(path.join("spikes.parquet")).unwrap();
    assert!(parquet.metadata().unwrap().len() < 12 * step.len() as u64);
}
