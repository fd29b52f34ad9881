//! From a file to columns.

use std::fs::File;
use std::panic::{self, AssertUnwindSafe};

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use super::{N_SOURCES, N_TARGETS};
use crate::columns::{Columns, value_column};
use crate::connections::Connections;
use crate::error::Fault;
use crate::scalar::{Scalar, push_indices, push_reals};

const BATCH_ROWS: usize = 1 << 16;

type Builder = ParquetRecordBatchReaderBuilder<File>;

/// Reads a table of connections.
pub(crate) fn read_connections(file: File) -> Result<Connections, Fault> {
    guarded(|| {
        let builder = open(file)?;
        let columns = Columns::from_names(&names(&builder)).map_err(Fault::content)?;
        let mut connections = Connections {
            n_sources: size(builder.metadata(), N_SOURCES)?,
            n_targets: size(builder.metadata(), N_TARGETS)?,
            weight: columns.weight.map(|_| Vec::new()),
            delay: columns.delay.map(|_| Vec::new()),
            ..Connections::default()
        };
        for batch in builder.build().map_err(parquet_fault)? {
            append(&mut connections, &columns, &batch.map_err(damaged)?)?;
        }
        connections.check_sizes()?;
        Ok(connections)
    })
}

/// Reads one column of numbers.
pub(crate) fn read_values(file: File, wanted: Option<&str>) -> Result<Vec<f64>, Fault> {
    guarded(|| {
        let builder = open(file)?;
        let names = names(&builder);
        let column = value_column(&names, wanted).map_err(Fault::content)?;
        let name = names[column].to_owned();
        let mask = ProjectionMask::roots(builder.parquet_schema(), [column]);
        let mut values = Vec::new();
        for batch in builder.with_projection(mask).build().map_err(parquet_fault)? {
            push_reals(&mut values, &name, scalars(&batch.map_err(damaged)?, 0)?)?;
        }
        Ok(values)
    })
}

/// Damaged files are known to make the Parquet crate panic here and there.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Fault::content("the file is damaged")))
}

fn open(file: File) -> Result<Builder, Fault> {
    // Parquet's own types are enough; Arrow's would add dictionaries and the like.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = Builder::try_new_with_options(file, options).map_err(parquet_fault)?;
    check_compression(builder.metadata())?;
    Ok(builder.with_batch_size(BATCH_ROWS))
}

fn check_compression(metadata: &ParquetMetaData) -> Result<(), Fault> {
    use parquet::basic::Compression::{SNAPPY, UNCOMPRESSED};
    let mut chunks = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns);
    match chunks.find(|chunk| !matches!(chunk.compression(), SNAPPY | UNCOMPRESSED)) {
        None => Ok(()),
        Some(chunk) => {
            let codec = chunk.compression().to_string();
            let codec = codec.split('(').next().unwrap_or_default();
            Err(Fault::content(format!(
                "the file is compressed with {codec}, which this version cannot read; \
                 write it with compression=\"snappy\" or \"uncompressed\""
            )))
        }
    }
}

fn parquet_fault(error: ParquetError) -> Fault {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => Fault::Io(*error),
            Err(other) => damaged(other),
        },
        other => damaged(other),
    }
}

fn damaged(error: impl ToString) -> Fault {
    Fault::content(format!("this is not a Parquet file, or it is damaged: {}", error.to_string()))
}

fn names(builder: &Builder) -> Vec<&str> {
    builder.parquet_schema().root_schema().get_fields().iter().map(|field| field.name()).collect()
}

/// A size from the metadata of the file, where it is given.
fn size(metadata: &ParquetMetaData, key: &str) -> Result<Option<u32>, Fault> {
    let entries = metadata.file_metadata().key_value_metadata();
    let value = entries.into_iter().flatten().find(|entry| entry.key == key).and_then(|e| e.value.as_ref());
    let size = value.map(|value| value.parse()).transpose();
    size.map_err(|_| Fault::content(format!("expected a whole number as `{key}` in its metadata")))
}

fn append(connections: &mut Connections, columns: &Columns, batch: &RecordBatch) -> Result<(), Fault> {
    push_indices(&mut connections.source, "source", scalars(batch, columns.source)?)?;
    push_indices(&mut connections.target, "target", scalars(batch, columns.target)?)?;
    if let (Some(weights), Some(column)) = (&mut connections.weight, columns.weight) {
        push_reals(weights, "weight", scalars(batch, column)?)?;
    }
    if let (Some(delays), Some(column)) = (&mut connections.delay, columns.delay) {
        push_reals(delays, "delay", scalars(batch, column)?)?;
    }
    Ok(())
}

type Scalars<'a> = Box<dyn ExactSizeIterator<Item = Scalar> + 'a>;

/// The numbers of a column of a batch.
fn scalars(batch: &RecordBatch, column: usize) -> Result<Scalars<'_>, Fault> {
    let array = batch.column(column);
    let name = batch.schema_ref().field(column).name().as_str();
    if array.null_count() > 0 {
        return Err(Fault::content(format!("column `{name}` has empty values; every row needs a number")));
    }
    match array.data_type() {
        DataType::Int8 => Ok(numbers::<Int8Type>(array, |n| Scalar::Signed(n.into()))),
        DataType::Int16 => Ok(numbers::<Int16Type>(array, |n| Scalar::Signed(n.into()))),
        DataType::Int32 => Ok(numbers::<Int32Type>(array, |n| Scalar::Signed(n.into()))),
        DataType::Int64 => Ok(numbers::<Int64Type>(array, Scalar::Signed)),
        DataType::UInt8 => Ok(numbers::<UInt8Type>(array, |n| Scalar::Unsigned(n.into()))),
        DataType::UInt16 => Ok(numbers::<UInt16Type>(array, |n| Scalar::Unsigned(n.into()))),
        DataType::UInt32 => Ok(numbers::<UInt32Type>(array, |n| Scalar::Unsigned(n.into()))),
        DataType::UInt64 => Ok(numbers::<UInt64Type>(array, Scalar::Unsigned)),
        DataType::Float32 => Ok(numbers::<Float32Type>(array, |x| Scalar::Real(x.into()))),
        DataType::Float64 => Ok(numbers::<Float64Type>(array, Scalar::Real)),
        other => Err(Fault::content(format!(
            "column `{name}` has the type {other}; expected integers or floats of 32 or 64 bits"
        ))),
    }
}

fn numbers<T: ArrowPrimitiveType>(array: &dyn Array, scalar: fn(T::Native) -> Scalar) -> Scalars<'_> {
    Box::new(array.as_primitive::<T>().values().iter().map(move |&number| scalar(number)))
}
