//! A small run to write.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use neuropil_core::TimeGrid;
use neuropil_record::{
    FlushPolicy, Manifest, RateBatch, RunFolder, SpikeBatch, TableContext, TableReport, TableSpec,
    TraceBatch, TraceVariable, WeightBatch, WriteReport, Writer,
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

pub(crate) fn rate() -> TableSpec {
    TableSpec::Rate { name: "all".into() }
}

pub(crate) fn weights(single_precision: bool) -> TableSpec {
    TableSpec::Weights { name: "rec-1".into(), unit: "pA".into(), single_precision }
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

/// `n` bins of ten steps.
pub(crate) fn rates(n: usize) -> RateBatch {
    let n_spikes: Vec<u64> = numbers(11).map(|x| x >> 54).take(n).collect();
    RateBatch {
        step: (1..=n as u64).map(|bin| 10 * bin).collect(),
        rate_hz: n_spikes.iter().map(|&n| n as f64 / 0.3).collect(),
        n_spikes,
    }
}

/// Synapses of 80 targets for each of 1000 sources, which are not in the order of their populations, read again and
/// again.
pub(crate) fn synapses(n: usize) -> WeightBatch {
    let numbers: Vec<u64> = numbers(13).take(n).collect();
    let (source, target) = (|row: u32| row / 80 % 1000, |row: u32| row % 80 * 10);
    let rows = || 0..n as u32;
    WeightBatch {
        step: rows().map(|row| 1000 * u64::from(row / 80_000)).collect(),
        source_population: rows().map(|row| u32::from(source(row) < 800)).collect(),
        source: rows().map(|row| source(row) % 800).collect(),
        target_population: vec![1; n],
        target: rows().map(target).collect(),
        weight: numbers.iter().map(|x| (x >> 40) as f64 * 1e-5 - 80.0).collect(),
        delay_ms: numbers.iter().map(|x| (1 + (x >> 20) % 20) as f64 / 10.0).collect(),
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

pub(crate) fn rate_part(batch: &RateBatch, start: usize, end: usize) -> RateBatch {
    RateBatch {
        step: batch.step[start..end].to_vec(),
        rate_hz: batch.rate_hz[start..end].to_vec(),
        n_spikes: batch.n_spikes[start..end].to_vec(),
    }
}

pub(crate) fn weight_part(batch: &WeightBatch, start: usize, end: usize) -> WeightBatch {
    WeightBatch {
        step: batch.step[start..end].to_vec(),
        source_population: batch.source_population[start..end].to_vec(),
        source: batch.source[start..end].to_vec(),
        target_population: batch.target_population[start..end].to_vec(),
        target: batch.target[start..end].to_vec(),
        weight: batch.weight[start..end].to_vec(),
        delay_ms: batch.delay_ms[start..end].to_vec(),
    }
}

/// Writes a table of each kind into a new folder, in batches whose sizes cycle through `sizes`.
pub(crate) fn write_run(path: &Path, n: usize, sizes: &[usize], flush: FlushPolicy) -> WriteReport {
    let folder = RunFolder::create(path, false).unwrap();
    let tables = vec![TableSpec::Spikes, traces(true), rate(), weights(true)];
    let mut writer = Writer::start(&folder, context(), tables, flush).unwrap();
    let (spikes, samples, rates, synapses) = (spikes(n), samples(n), rates(n), synapses(n));
    let mut start = 0;
    for size in sizes.iter().cycle() {
        let end = (start + size).min(n);
        writer.send(SPIKES, part(&spikes, start, end)).unwrap();
        writer.send(TRACES, trace_part(&samples, start, end)).unwrap();
        writer.send(RATE, rate_part(&rates, start, end)).unwrap();
        writer.send(WEIGHTS, weight_part(&synapses, start, end)).unwrap();
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
