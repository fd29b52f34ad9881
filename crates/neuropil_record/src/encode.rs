//! Encoding rows into a Parquet file whose bytes depend on the rows alone.

use std::fs::File;
use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float32Array, Float64Array, Int64Array, RecordBatch, StringArray, UInt32Array};
use neuropil_tables::declare_type_order;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::errors::ParquetError;

use crate::column::{Column, ColumnKind};
use crate::layout::Layout;
use crate::rows::{Cells, Rows};

/// Rows are handed to the encoder in pieces of this size, because it may end a page at the end of a piece.
/// Row groups are whole numbers of pieces.
const PIECE: usize = 1 << 16;

/// A table on its way into a file.
pub(crate) struct Encoder<'a> {
    layout: &'a Layout,
    file: &'a File,
    writer: ArrowWriter<&'a File>,
    piece: Rows,
    rows: u64,
}

impl<'a> Encoder<'a> {
    pub(crate) fn new(layout: &'a Layout, file: &'a File) -> io::Result<Self> {
        // Without Arrow's own copy of the schema, every reader goes by that of Parquet.
        let options = ArrowWriterOptions::new()
            .with_properties(layout.properties.clone())
            .with_skip_arrow_metadata(true);
        let writer =
            ArrowWriter::try_new_with_options(file, layout.schema.clone(), options).map_err(into_io)?;
        Ok(Self { layout, file, writer, piece: Rows::of(&layout.columns), rows: 0 })
    }

    /// Appends rows.
    pub(crate) fn push(&mut self, rows: &Rows) -> io::Result<()> {
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
        self.writer.finish().map_err(into_io)?;
        declare_type_order(self.file, self.layout.schema.fields().len())
    }

    fn write_piece(&mut self) -> io::Result<()> {
        if self.piece.len() > 0 {
            let columns = columns(&self.piece, self.layout);
            let batch =
                RecordBatch::try_new(self.layout.schema.clone(), columns).map_err(io::Error::other)?;
            self.writer.write(&batch).map_err(into_io)?;
            self.piece.clear();
        }
        Ok(())
    }
}

fn columns(rows: &Rows, layout: &Layout) -> Vec<ArrayRef> {
    let mut cells = rows.cells.iter();
    let array = |column: &Column| -> ArrayRef {
        match column.kind {
            ColumnKind::Time => Arc::new(Float64Array::from_iter_values(times(rows, layout))),
            ColumnKind::Step => Arc::new(whole_numbers(&rows.step)),
            kind => values(kind, cells.next().expect("rows have the columns of their table"), layout),
        }
    };
    layout.columns.iter().map(array).collect()
}

fn times(rows: &Rows, layout: &Layout) -> impl Iterator<Item = f64> {
    rows.step.iter().map(|&step| layout.grid.time_ms(step))
}

fn values(kind: ColumnKind, cells: &Cells, layout: &Layout) -> ArrayRef {
    match cells {
        Cells::Ids(ids) if kind == ColumnKind::Population => {
            let names = ids.iter().map(|&p| layout.populations[p as usize].0.as_str());
            Arc::new(StringArray::from_iter_values(names))
        }
        Cells::Ids(ids) => Arc::new(UInt32Array::from_iter_values(ids.iter().copied())),
        Cells::Counts(counts) => Arc::new(whole_numbers(counts)),
        Cells::Values(values) if kind == ColumnKind::Single => {
            Arc::new(Float32Array::from_iter_values(values.iter().map(|&value| value as f32)))
        }
        Cells::Values(values) => Arc::new(Float64Array::from_iter_values(values.iter().copied())),
    }
}

fn whole_numbers(numbers: &[u64]) -> Int64Array {
    Int64Array::from_iter_values(numbers.iter().map(|&number| number as i64))
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
