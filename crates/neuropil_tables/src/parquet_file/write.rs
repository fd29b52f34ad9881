//! From connections to a file whose bytes depend on the connections alone.

use std::fs::File;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, UInt32Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::schema::types::ColumnPath;

use super::{N_SOURCES, N_TARGETS, footer};
use crate::connections::{Connection, Connections};
use crate::error::Fault;
use crate::header::ConnectionHeader;

/// Rows are handed to the encoder in pieces of this size. Row groups are whole numbers of pieces.
const PIECE: usize = 1 << 16;
const ROW_GROUP: usize = 1 << 20;

/// Writes a table of connections, row by row as they come.
pub(crate) fn write_connections(
    file: &File,
    header: &ConnectionHeader,
    rows: impl Iterator<Item = Connection>,
) -> Result<(), Fault> {
    let schema = schema(header);
    // Without Arrow's own copy of the schema, every reader goes by that of Parquet.
    let options =
        ArrowWriterOptions::new().with_properties(properties(header)).with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(file, schema.clone(), options).map_err(write_fault)?;
    let (mut piece, mut written) = (empty(header), 0);
    for row in rows {
        header.check(&row)?;
        piece.push(row)?;
        written += 1;
        if piece.len() == PIECE {
            write_piece(&mut writer, &schema, std::mem::replace(&mut piece, empty(header)))?;
        }
    }
    header.check_count(written)?;
    write_piece(&mut writer, &schema, piece)?;
    writer.finish().map_err(write_fault)?;
    drop(writer);
    Ok(footer::declare_type_order(file, schema.fields().len())?)
}

fn empty(header: &ConnectionHeader) -> Connections {
    let column = |wanted: bool| wanted.then(Vec::new);
    Connections { weight: column(header.weights), delay: column(header.delays), ..Connections::default() }
}

fn schema(header: &ConnectionHeader) -> SchemaRef {
    let mut fields = vec![("source", DataType::UInt32), ("target", DataType::UInt32)];
    fields.extend(header.weights.then_some(("weight", DataType::Float64)));
    fields.extend(header.delays.then_some(("delay", DataType::Float64)));
    Arc::new(Schema::new(
        fields.into_iter().map(|(name, kind)| Field::new(name, kind, false)).collect::<Vec<_>>(),
    ))
}

fn properties(header: &ConnectionHeader) -> WriterProperties {
    let size = |key: &str, n: u32| KeyValue::new(key.to_owned(), n.to_string());
    let sizes = vec![size(N_SOURCES, header.n_sources), size(N_TARGETS, header.n_targets)];
    // Weights and delays are often the same or few; where they are not, their dictionary is given up.
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_created_by(concat!("neuropil ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_statistics_enabled(EnabledStatistics::None)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_key_value_metadata(Some(sizes));
    for name in ["source", "target"] {
        let path = ColumnPath::from(name);
        properties = properties
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
    }
    properties.build()
}

fn write_piece(writer: &mut ArrowWriter<&File>, schema: &SchemaRef, piece: Connections) -> Result<(), Fault> {
    if piece.is_empty() {
        return Ok(());
    }
    let mut columns: Vec<ArrayRef> =
        vec![Arc::new(UInt32Array::from(piece.source)), Arc::new(UInt32Array::from(piece.target))];
    for column in [piece.weight, piece.delay].into_iter().flatten() {
        columns.push(Arc::new(Float64Array::from(column)));
    }
    let batch = RecordBatch::try_new(schema.clone(), columns);
    let batch = batch.map_err(|error| Fault::content(error.to_string()))?;
    writer.write(&batch).map_err(write_fault)
}

fn write_fault(error: ParquetError) -> Fault {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => Fault::Io(*error),
            Err(other) => Fault::content(other.to_string()),
        },
        other => Fault::content(other.to_string()),
    }
}
