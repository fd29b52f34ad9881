//! A small run to write.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use neuropil_core::{Batch, Cells, Precision, StateVariable, Table, TableColumn, TimeGrid};
use neuropil_core::{Initial, units};
use neuropil_record::{
    FlushPolicy, Manifest, RunFolder, TableContext, TableReport, TableSpec, WriteReport, Writer,
};

pub(crate) const SPIKES: usize = 0;
pub(crate) const TRACES: usize = 1;
pub(crate) const RATE: usize = 2;
pub(crate) const WEIGHTS: usize = 3;

/// The files that [`write_run`] leaves, in the order of its tables.
pub(crate) const FILES: [&str; 4] =
    ["spikes.parquet", "traces_soma.parquet", "rate_all.parquet", "weights_rec-1.parquet"];

pub(crate) fn context() -> TableContext {
    TableContext {
        grid: TimeGrid::new(0.1).unwrap(),
        precision: Precision::F32,
        // Not in the order of the alphabet.
        populations: vec![("inh".into(), 200), ("exc".into(), 800)],
        scene_hash: "ab".repeat(32),
        version: "0.1.0".into(),
    }
}

/// The context of a run in double precision.
pub(crate) fn double() -> TableContext {
    TableContext { precision: Precision::F64, ..context() }
}

pub(crate) fn spike_table() -> TableSpec {
    TableSpec::new("spikes", Table::of_neurons([]))
}

pub(crate) fn traces() -> TableSpec {
    let variable = |name, unit| StateVariable::new(name, unit, Initial::Value(0.0), "");
    let variables = [variable("V_m", units::MV), variable("w", units::NONE)];
    TableSpec::new("traces_soma", Table::of_neurons(variables.iter().map(TableColumn::state)))
}

pub(crate) fn rate() -> TableSpec {
    let columns = [TableColumn::repeated("rate", "Hz"), TableColumn::count("n_spikes")];
    TableSpec::new("rate_all", Table::of_times(columns))
}

pub(crate) fn weights() -> TableSpec {
    let columns = [
        TableColumn::population("source_population"),
        TableColumn::neuron("source"),
        TableColumn::population("target_population"),
        TableColumn::neuron("target"),
        TableColumn::weight("weight"),
        TableColumn::repeated("delay", "ms"),
    ];
    TableSpec::new("weights_rec-1", Table::of_times(columns).with_weights_in("pA"))
}

pub(crate) fn never() -> FlushPolicy {
    FlushPolicy { interval: Duration::MAX, rows: usize::MAX, bytes: usize::MAX }
}

pub(crate) fn every_rows(rows: usize) -> FlushPolicy {
    FlushPolicy { rows, ..never() }
}

/// `n` spikes, some five in a step.
pub(crate) fn spikes(n: usize) -> Batch {
    let mut keys: Vec<_> = numbers(3).take(n).map(|x| (x % (n as u64 / 5 + 1), x >> 20, x >> 40)).collect();
    keys.iter_mut().for_each(|(_, p, i)| {
        *p %= 2;
        *i %= 200 + 600 * *p;
    });
    keys.sort_unstable();
    spike_rows(
        keys.iter().map(|k| k.0).collect(),
        keys.iter().map(|k| k.1 as u32).collect(),
        keys.iter().map(|k| k.2 as u32).collect(),
    )
}

pub(crate) fn spike_rows(step: Vec<u64>, population: Vec<u32>, neuron: Vec<u32>) -> Batch {
    Batch { step, cells: vec![Cells::Ids(population), Cells::Ids(neuron)] }
}

/// Two variables of ten neurons in `n / 10` steps.
pub(crate) fn samples(n: usize) -> Batch {
    let value = |x: u64| (x >> 40) as f64 * 1e-5 - 80.0;
    Batch {
        step: (0..n as u64).map(|row| row / 10).collect(),
        cells: vec![
            Cells::Ids(vec![1; n]),
            Cells::Ids((0..n as u32).map(|row| row % 10).collect()),
            Cells::Values(numbers(5).map(value).take(n).collect()),
            Cells::Values(numbers(7).map(value).take(n).collect()),
        ],
    }
}

/// `n` bins of ten steps.
pub(crate) fn rates(n: usize) -> Batch {
    let n_spikes: Vec<u64> = numbers(11).map(|x| x >> 54).take(n).collect();
    let rates = n_spikes.iter().map(|&n| n as f64 / 0.3).collect();
    Batch {
        step: (1..=n as u64).map(|bin| 10 * bin).collect(),
        cells: vec![Cells::Values(rates), Cells::Counts(n_spikes)],
    }
}

/// Synapses of 80 targets for each of 1000 sources, which are not in the order of their populations, read again and
/// again.
pub(crate) fn synapses(n: usize) -> Batch {
    let numbers: Vec<u64> = numbers(13).take(n).collect();
    let (source, target) = (|row: u32| row / 80 % 1000, |row: u32| row % 80 * 10);
    let rows = || 0..n as u32;
    Batch {
        step: rows().map(|row| 1000 * u64::from(row / 80_000)).collect(),
        cells: vec![
            Cells::Ids(rows().map(|row| u32::from(source(row) < 800)).collect()),
            Cells::Ids(rows().map(|row| source(row) % 800).collect()),
            Cells::Ids(vec![1; n]),
            Cells::Ids(rows().map(target).collect()),
            Cells::Values(numbers.iter().map(|x| (x >> 40) as f64 * 1e-5 - 80.0).collect()),
            Cells::Values(numbers.iter().map(|x| (1 + (x >> 20) % 20) as f64 / 10.0).collect()),
        ],
    }
}

pub(crate) fn part(batch: &Batch, start: usize, end: usize) -> Batch {
    let mut part = batch.clone();
    part.clear();
    part.extend(batch, start..end);
    part
}

/// Writes a table of each kind into a new folder, in batches whose sizes cycle through `sizes`.
pub(crate) fn write_run(path: &Path, n: usize, sizes: &[usize], flush: FlushPolicy) -> WriteReport {
    let folder = RunFolder::create(path, false).unwrap();
    let tables = vec![spike_table(), traces(), rate(), weights()];
    let mut writer = Writer::start(&folder, context(), tables, flush).unwrap();
    let (spikes, samples, rates, synapses) = (spikes(n), samples(n), rates(n), synapses(n));
    let mut start = 0;
    for size in sizes.iter().cycle() {
        let end = (start + size).min(n);
        writer.send(SPIKES, part(&spikes, start, end)).unwrap();
        writer.send(TRACES, part(&samples, start, end)).unwrap();
        writer.send(RATE, part(&rates, start, end)).unwrap();
        writer.send(WEIGHTS, part(&synapses, start, end)).unwrap();
        start = end;
        if start == n {
            break;
        }
    }
    writer.finish().unwrap()
}

pub(crate) fn manifest(files: &[&str], tables: Vec<TableReport>) -> Manifest {
    let files = files.iter().map(|&file| file.to_owned()).collect();
    Manifest { run_id: "test".into(), dt_ms: 0.1, files, tables, ..Manifest::default() }
}

/// The names of all files in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(crate) fn temporary() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("deep/run");
    (parent, path)
}

/// Numbers that look random.
fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed), |x| {
        let x = x ^ (x << 13);
        let x = x ^ (x >> 7);
        Some(x ^ (x << 17))
    })
    .skip(9)
}
