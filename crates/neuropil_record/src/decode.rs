//! From a Parquet file to rows.

use std::fs::File;
use std::io;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float32Type, Float64Type, Int64Type, UInt32Type};
use arrow_array::{Array, ArrayRef, PrimitiveArray, RecordBatch, StringArray};
use neuropil_core::{Batch, Cells, ColumnKind};
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use crate::column::Column;
use crate::encode::into_io;
use crate::layout::Layout;
use crate::rows;

/// The rows that are read at a time.
const BATCH_ROWS: usize = 1 << 16;

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
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?.map_err(io::Error::other);
        Some(batch.and_then(|batch| decode(&batch, &self.layout.columns, &self.layout.populations)))
    }
}

/// Opens a file.
pub(crate) fn open(path: &Path) -> io::Result<ParquetRecordBatchReaderBuilder<File>> {
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(File::open(path)?, options);
    Ok(builder.map_err(into_io)?.with_batch_size(BATCH_ROWS))
}

/// The rows of a batch with these columns.
pub(crate) fn decode(
    batch: &RecordBatch,
    columns: &[Column],
    populations: &[(String, u64)],
) -> io::Result<Batch> {
    let mut rows = Batch::default();
    for Column { name, kind, .. } in columns {
        match kind {
            ColumnKind::Time => {}
            ColumnKind::Step => rows.step = whole_numbers(batch, name)?,
            ColumnKind::Population => {
                rows.cells.push(Cells::Ids(population_indices(string(batch, name)?, populations)?));
            }
            ColumnKind::Neuron => {
                rows.cells.push(Cells::Ids(primitive::<UInt32Type>(batch, name)?.values().to_vec()));
            }
            ColumnKind::Count => rows.cells.push(Cells::Counts(whole_numbers(batch, name)?)),
            ColumnKind::State | ColumnKind::Weight | ColumnKind::Value | ColumnKind::Repeated => {
                rows.cells.push(Cells::Values(values(batch, name)?));
            }
        }
    }
    if !rows::fit(&rows, columns) || rows::unknown_neuron(&rows, columns, populations).is_some() {
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

fn whole_numbers(batch: &RecordBatch, name: &str) -> io::Result<Vec<u64>> {
    let numbers = primitive::<Int64Type>(batch, name)?.values().iter().map(|&number| u64::try_from(number));
    numbers.collect::<Result<_, _>>().map_err(|_| damaged(format!("column `{name}` has a negative number")))
}

fn values(batch: &RecordBatch, name: &str) -> io::Result<Vec<f64>> {
    let column = column(batch, name)?;
    if let Some(values) = column.as_primitive_opt::<Float64Type>() {
        return Ok(values.values().to_vec());
    }
    let values = column.as_primitive_opt::<Float32Type>();
    let values = values.ok_or_else(|| damaged(format!("column `{name}` is of another type")))?;
    Ok(values.values().iter().map(|&value| f64::from(value)).collect())
}

fn primitive<'a, T: ArrowPrimitiveType>(
    batch: &'a RecordBatch,
    name: &str,
) -> io::Result<&'a PrimitiveArray<T>> {
    let array = column(batch, name)?.as_primitive_opt::<T>();
    array.ok_or_else(|| damaged(format!("column `{name}` is of another type")))
}

fn string<'a>(batch: &'a RecordBatch, name: &str) -> io::Result<&'a StringArray> {
    let array = column(batch, name)?.as_string_opt::<i32>();
    array.ok_or_else(|| damaged(format!("column `{name}` is of another type")))
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> io::Result<&'a ArrayRef> {
    batch.column_by_name(name).ok_or_else(|| damaged(format!("column `{name}` is missing")))
}

/// Says that a file is not as it should be.
pub(crate) fn damaged(reason: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.into())
}
