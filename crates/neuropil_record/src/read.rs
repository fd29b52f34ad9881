//! Reading tables back.

use std::fs::File;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float32Type, Float64Type, Int64Type, UInt32Type};
use arrow_array::{Array, PrimitiveArray, RecordBatch, StringArray};
use neuropil_core::TimeGrid;
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::KeyValue;

use crate::batch::Rows;
use crate::encode::into_io;
use crate::layout::{Layout, METADATA_KEY, TableFacts};
use crate::spec::KEY_COLUMNS;
use crate::{RecordError, TableSpec, segments};

const BATCH_ROWS: usize = 1 << 16;

/// The spikes of a run, sorted by step, population and neuron.
#[derive(Clone, Debug, PartialEq)]
pub struct SpikeTable {
    /// When each neuron fired, in ms.
    pub time_ms: Vec<f64>,
    /// The population, as an index into `populations`.
    pub population: Vec<u32>,
    /// The neuron, counted from 0 within its population.
    pub neuron: Vec<u32>,
    /// When each neuron fired, in steps.
    pub step: Vec<u64>,
    /// The name and size of each population.
    pub populations: Vec<(String, u64)>,
    /// The time step, in ms.
    pub dt_ms: f64,
}

/// Reads the spikes of a run: from a file, or from a run folder, where it takes `spikes.parquet` or else the
/// segments that a killed run left.
///
/// # Errors
/// Where there is no such file, or it is damaged or not a table of spikes.
pub fn read_spikes(path: &Path) -> Result<SpikeTable, RecordError> {
    let files = if path.is_dir() {
        segments::files_of(path, &TableSpec::Spikes.file_name()).map_err(|e| RecordError::read(path, e))?
    } else {
        vec![path.to_owned()]
    };
    let mut table: Option<SpikeTable> = None;
    for file in files {
        let part = read_guarded(&file).map_err(|e| RecordError::read(&file, e))?;
        match &mut table {
            None => table = Some(part),
            Some(whole) => whole.append(part).map_err(|e| RecordError::read(&file, e))?,
        }
    }
    table.ok_or_else(|| RecordError::read(path, "there is no spikes.parquet in it"))
}

impl SpikeTable {
    fn append(&mut self, part: Self) -> io::Result<()> {
        if (&self.populations, self.dt_ms) != (&part.populations, part.dt_ms) {
            return Err(damaged("it is of another run than the segments before it"));
        }
        self.time_ms.extend(part.time_ms);
        self.population.extend(part.population);
        self.neuron.extend(part.neuron);
        self.step.extend(part.step);
        Ok(())
    }
}

/// Damaged files are known to make the Parquet crate panic here and there.
fn read_guarded(path: &Path) -> io::Result<SpikeTable> {
    panic::catch_unwind(AssertUnwindSafe(|| read_file(path)))
        .unwrap_or_else(|_| Err(damaged("the file is damaged")))
}

fn read_file(path: &Path) -> io::Result<SpikeTable> {
    let builder = open(path)?;
    let facts = facts(builder.metadata().file_metadata().key_value_metadata())?;
    if facts.format != 1 || facts.table != "spikes" {
        return Err(damaged(format!("it holds table `{}`, format {}", facts.table, facts.format)));
    }
    let grid = TimeGrid::new(facts.dt_ms).ok_or_else(|| damaged("its time step is not positive"))?;
    let populations: Vec<_> = facts.populations.into_iter().map(|p| (p.name, p.n)).collect();
    let mut all = Rows::default();
    for batch in builder.build().map_err(into_io)? {
        let rows = decode(&batch.map_err(io::Error::other)?, &populations, 0)?;
        all.extend(&rows, 0, rows.len());
    }
    let Rows { step, population, neuron, .. } = all;
    let time_ms = step.iter().map(|&step| grid.time_ms(step)).collect();
    Ok(SpikeTable { time_ms, population, neuron, step, populations, dt_ms: facts.dt_ms })
}

/// The rows of a part of a table that this run wrote.
pub(crate) struct PartReader<'a> {
    batches: ParquetRecordBatchReader,
    layout: &'a Layout,
}

impl<'a> PartReader<'a> {
    pub(crate) fn open(path: &Path, layout: &'a Layout) -> io::Result<Self> {
        Ok(Self { batches: open(path)?.build().map_err(into_io)?, layout })
    }
}

impl Iterator for PartReader<'_> {
    type Item = io::Result<Rows>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?.map_err(io::Error::other);
        Some(batch.and_then(|batch| decode(&batch, &self.layout.populations, self.layout.n_values)))
    }
}

fn open(path: &Path) -> io::Result<ParquetRecordBatchReaderBuilder<File>> {
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(File::open(path)?, options);
    Ok(builder.map_err(into_io)?.with_batch_size(BATCH_ROWS))
}

fn facts(metadata: Option<&Vec<KeyValue>>) -> io::Result<TableFacts> {
    let entry = metadata.into_iter().flatten().find(|entry| entry.key == METADATA_KEY);
    let json = entry.and_then(|entry| entry.value.as_deref());
    let json = json.ok_or_else(|| damaged("it is not a table of Neuropil"))?;
    serde_json::from_str(json).map_err(io::Error::other)
}

fn decode(batch: &RecordBatch, populations: &[(String, u64)], n_values: usize) -> io::Result<Rows> {
    let [_, population, neuron, step] = KEY_COLUMNS;
    let steps = primitive::<Int64Type>(batch, step)?.values().iter().map(|&step| u64::try_from(step));
    let values = (0..n_values).map(|index| value_column(batch, KEY_COLUMNS.len() + index));
    let rows = Rows {
        step: steps.collect::<Result<_, _>>().map_err(|_| damaged("it has a negative step"))?,
        population: population_indices(string(batch, population)?, populations)?,
        neuron: primitive::<UInt32Type>(batch, neuron)?.values().to_vec(),
        values: values.collect::<io::Result<_>>()?,
    };
    let known = |&(_, p, n): &(u64, u32, u32)| u64::from(n) < populations[p as usize].1;
    if !rows.is_rectangular() || !rows.keys().all(|key| known(&key)) {
        return Err(damaged("it has a neuron that its population has not"));
    }
    Ok(rows)
}

/// Looks names up; they come in runs, so the last one is tried first.
fn population_indices(names: &StringArray, populations: &[(String, u64)]) -> io::Result<Vec<u32>> {
    let mut last = 0;
    let mut indices = Vec::with_capacity(names.len());
    for name in names.iter().flatten() {
        if populations.get(last).is_none_or(|(known, _)| known != name) {
            let found = populations.iter().position(|(known, _)| known == name);
            last =
                found.ok_or_else(|| damaged(format!("population `{name}` is not among those it lists")))?;
        }
        indices.push(last as u32);
    }
    Ok(indices)
}

fn value_column(batch: &RecordBatch, index: usize) -> io::Result<Vec<f64>> {
    let column = batch.columns().get(index).ok_or_else(|| damaged("a column is missing"))?;
    if let Some(values) = column.as_primitive_opt::<Float64Type>() {
        return Ok(values.values().to_vec());
    }
    let values = column.as_primitive_opt::<Float32Type>().ok_or_else(|| damaged("a column is no number"))?;
    Ok(values.values().iter().map(|&value| f64::from(value)).collect())
}

fn primitive<'a, T: ArrowPrimitiveType>(
    batch: &'a RecordBatch,
    name: &str,
) -> io::Result<&'a PrimitiveArray<T>> {
    let column = batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<T>());
    column.ok_or_else(|| damaged(format!("column `{name}` is missing or of another type")))
}

fn string<'a>(batch: &'a RecordBatch, name: &str) -> io::Result<&'a StringArray> {
    let column = batch.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
    column.ok_or_else(|| damaged(format!("column `{name}` is missing or of another type")))
}

fn damaged(reason: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.into())
}
