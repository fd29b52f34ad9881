//! A small run to write.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use neuropil_core::TimeGrid;
use neuropil_record::{
    FlushPolicy, Manifest, RunFolder, SpikeBatch, TableContext, TableReport, TableSpec, TraceBatch,
    TraceVariable, WriteReport, Writer,
};

pub(crate) const SPIKES: usize = 0;
pub(crate) const TRACES: usize = 1;

pub(crate) fn context() -> TableContext {
    TableContext {
        grid: TimeGrid::new(0.1).unwrap(),
        // Not in the order of the alphabet.
        populations: vec![("inh".into(), 200), ("exc".into(), 800)],
        scene_hash: "ab".repeat(32),
        version: "0.1.0".into(),
    }
}

pub(crate) fn traces(single_precision: bool) -> TableSpec {
    let variable = |name: &str, unit: &str| TraceVariable { name: name.into(), unit: unit.into() };
    TableSpec::Traces {
        name: "soma".into(),
        variables: vec![variable("V_m", "mV"), variable("w", "")],
        single_precision,
    }
}

pub(crate) fn never() -> FlushPolicy {
    FlushPolicy { interval: Duration::MAX, rows: usize::MAX, bytes: usize::MAX }
}

pub(crate) fn every_rows(rows: usize) -> FlushPolicy {
    FlushPolicy { rows, ..never() }
}

/// `n` spikes, some five in a step.
pub(crate) fn spikes(n: usize) -> SpikeBatch {
    let mut keys: Vec<_> = numbers(3).take(n).map(|x| (x % (n as u64 / 5 + 1), x >> 20, x >> 40)).collect();
    keys.iter_mut().for_each(|(_, p, i)| {
        *p %= 2;
        *i %= 200 + 600 * *p;
    });
    keys.sort_unstable();
    SpikeBatch {
        step: keys.iter().map(|k| k.0).collect(),
        population: keys.iter().map(|k| k.1 as u32).collect(),
        neuron: keys.iter().map(|k| k.2 as u32).collect(),
    }
}

/// Two variables of ten neurons in `n / 10` steps.
pub(crate) fn samples(n: usize) -> TraceBatch {
    let value = |x: u64| (x >> 40) as f64 * 1e-5 - 80.0;
    TraceBatch {
        step: (0..n as u64).map(|row| row / 10).collect(),
        population: vec![1; n],
        neuron: (0..n as u32).map(|row| row % 10).collect(),
        values: vec![numbers(5).map(value).take(n).collect(), numbers(7).map(value).take(n).collect()],
    }
}

pub(crate) fn part(batch: &SpikeBatch, start: usize, end: usize) -> SpikeBatch {
    SpikeBatch {
        step: batch.step[start..end].to_vec(),
        population: batch.population[start..end].to_vec(),
        neuron: batch.neuron[start..end].to_vec(),
    }
}

pub(crate) fn trace_part(batch: &TraceBatch, start: usize, end: usize) -> TraceBatch {
    TraceBatch {
        step: batch.step[start..end].to_vec(),
        population: batch.population[start..end].to_vec(),
        neuron: batch.neuron[start..end].to_vec(),
        values: batch.values.iter().map(|column| column[start..end].to_vec()).collect(),
    }
}

/// Writes both tables into a new folder, in batches whose sizes cycle through `sizes`.
pub(crate) fn write_run(path: &Path, n: usize, sizes: &[usize], flush: FlushPolicy) -> WriteReport {
    let folder = RunFolder::create(path, false).unwrap();
    let mut writer = Writer::start(&folder, context(), vec![TableSpec::Spikes, traces(true)], flush).unwrap();
    let (spikes, samples) = (spikes(n), samples(n));
    let mut start = 0;
    for size in sizes.iter().cycle() {
        let end = (start + size).min(n);
        writer.send(SPIKES, part(&spikes, start, end)).unwrap();
        writer.send(TRACES, trace_part(&samples, start, end)).unwrap();
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
