//! Encoding rows into a Parquet file whose bytes depend on the rows alone.

use std::fs::File;
use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float32Array, Float64Array, Int64Array, UInt32Array};
use neuropil_core::{Batch, Cells, ColumnKind};
use neuropil_tables::declare_type_order;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnWriter, ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves,
};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedFileWriter;

use crate::chunk::RunChunk;
use crate::column::Column;
use crate::keys::Keys;
use crate::layout::Layout;
use crate::rows;

/// Rows are handed to the encoder in pieces of this size, because it may end a page at the end of a piece.
/// Row groups are whole numbers of pieces.
const PIECE: usize = 1 << 16;

/// A table on its way into a file.
pub(crate) struct Encoder<'a> {
    layout: &'a Layout,
    file: &'a File,
    writer: SerializedFileWriter<&'a File>,
    chunks: ArrowRowGroupWriterFactory,
    group: Option<RowGroup>,
    piece: Batch,
    rows: u64,
}

impl<'a> Encoder<'a> {
    pub(crate) fn new(layout: &'a Layout, file: &'a File) -> io::Result<Self> {
        // Without Arrow's own copy of the schema, every reader goes by that of Parquet.
        let options = ArrowWriterOptions::new()
            .with_properties(layout.properties.clone())
            .with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(file, layout.schema.clone(), options);
        let (writer, chunks) = writer.and_then(ArrowWriter::into_serialized_writer).map_err(into_io)?;
        Ok(Self { layout, file, writer, chunks, group: None, piece: rows::none(&layout.columns), rows: 0 })
    }

    /// Appends rows.
    pub(crate) fn push(&mut self, rows: &Batch) -> io::Result<()> {
        let mut start = 0;
        while start < rows.len() {
            let n = (rows.len() - start).min(PIECE - self.piece.len());
            self.piece.extend(rows, start..start + n);
            start += n;
            if self.piece.len() == PIECE {
                self.write_piece()?;
            }
        }
        self.rows += rows.len() as u64;
        Ok(())
    }

    /// The number of rows so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes what is left and the footer.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.write_piece()?;
        self.end_group().map_err(into_io)?;
        self.writer.finish().map_err(into_io)?;
        declare_type_order(self.file, self.layout.schema.fields().len())
    }

    fn write_piece(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let mut group = match self.group.take() {
            Some(group) => group,
            None => RowGroup::new(self.layout, self.chunks.create_column_writers(0).map_err(into_io)?),
        };
        group.push(&self.piece, self.layout).map_err(into_io)?;
        self.piece.clear();
        let full = group.rows >= self.layout.row_group;
        self.group = Some(group);
        if full { self.end_group().map_err(into_io) } else { Ok(()) }
    }

    fn end_group(&mut self) -> Result<(), ParquetError> {
        let Some(group) = self.group.take() else { return Ok(()) };
        let columns = self.writer.schema_descr().columns().to_vec();
        let mut writer = self.writer.next_row_group()?;
        for (chunk, column) in group.chunks.into_iter().zip(columns) {
            match chunk {
                Chunk::Runs(chunk) => chunk.append_to(&mut writer, column)?,
                Chunk::Values(chunk) => chunk.close()?.append_to_row_group(&mut writer)?,
            }
        }
        writer.close().map(|_| ())
    }
}

/// A row group that is being filled.
struct RowGroup {
    chunks: Vec<Chunk>,
    rows: usize,
}

/// A column of a row group.
enum Chunk {
    Runs(RunChunk),
    Values(Box<ArrowColumnWriter>),
}

impl RowGroup {
    fn new(layout: &Layout, writers: Vec<ArrowColumnWriter>) -> Self {
        let chunk = |(column, writer): (&Column, _)| match column.kind {
            ColumnKind::Time => Chunk::Runs(RunChunk::new(Keys::Times(layout.grid))),
            ColumnKind::Population => {
                Chunk::Runs(RunChunk::new(Keys::Names(Arc::clone(&layout.populations))))
            }
            _ => Chunk::Values(Box::new(writer)),
        };
        Self { chunks: layout.columns.iter().zip(writers).map(chunk).collect(), rows: 0 }
    }

    fn push(&mut self, rows: &Batch, layout: &Layout) -> Result<(), ParquetError> {
        let mut cells = rows.cells.iter();
        for (chunk, (column, field)) in
            self.chunks.iter_mut().zip(layout.columns.iter().zip(layout.schema.fields()))
        {
            let cells = if column.kind.is_cells() { cells.next() } else { None };
            match chunk {
                Chunk::Runs(chunk) => match cells {
                    Some(cells) => chunk.extend(cells.ids()),
                    None => chunk.extend(&rows.step),
                },
                Chunk::Values(chunk) => {
                    let array =
                        cells.map_or_else(|| whole_numbers(&rows.step), |cells| values(column, cells));
                    for leaf in compute_leaves(field, &array)? {
                        chunk.write(&leaf)?;
                    }
                }
            }
        }
        self.rows += rows.len();
        Ok(())
    }
}

fn values(column: &Column, cells: &Cells) -> ArrayRef {
    match cells {
        Cells::Ids(ids) => Arc::new(UInt32Array::from(ids.clone())),
        Cells::Counts(counts) => whole_numbers(counts),
        Cells::Values(values) if column.single => {
            Arc::new(Float32Array::from(values.iter().map(|&value| value as f32).collect::<Vec<_>>()))
        }
        Cells::Values(values) => Arc::new(Float64Array::from(values.clone())),
    }
}

fn whole_numbers(numbers: &[u64]) -> ArrayRef {
    Arc::new(Int64Array::from(numbers.iter().map(|&number| number as i64).collect::<Vec<_>>()))
}

/// The error of the operating system behind an error of the Parquet crate, where there is one.
pub(crate) fn into_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
