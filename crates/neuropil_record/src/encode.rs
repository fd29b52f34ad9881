//! Encoding rows into a Parquet file whose bytes depend on the rows alone.

use std::fs::File;
use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float32Array, Float64Array, Int64Array, RecordBatch, StringArray, UInt32Array};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::errors::ParquetError;

use crate::batch::Rows;
use crate::footer;
use crate::layout::Layout;

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
        Ok(Self { layout, file, writer, piece: Rows::with_values(layout.n_values), rows: 0 })
    }

    /// Appends rows.
    pub(crate) fn push(&mut self, rows: &Rows) -> io::Result<()> {
        let mut start = 0;
        while start < rows.len() {
            let n = (rows.len() - start).min(PIECE - self.piece.len());
            self.piece.extend(rows, start, n);
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
        footer::declare_type_order(self.file, self.layout.schema.fields().len())
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
    let times = rows.step.iter().map(|&step| layout.grid.time_ms(step));
    let names = rows.population.iter().map(|&p| layout.populations[p as usize].0.as_str());
    let steps = rows.step.iter().map(|&step| step as i64);
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(Float64Array::from_iter_values(times)),
        Arc::new(StringArray::from_iter_values(names)),
        Arc::new(UInt32Array::from_iter_values(rows.neuron.iter().copied())),
        Arc::new(Int64Array::from_iter_values(steps)),
    ];
    columns.extend(rows.values.iter().map(|values| value_column(values, layout.single_precision)));
    columns
}

fn value_column(values: &[f64], single_precision: bool) -> ArrayRef {
    if single_precision {
        Arc::new(Float32Array::from_iter_values(values.iter().map(|&value| value as f32)))
    } else {
        Arc::new(Float64Array::from_iter_values(values.iter().copied()))
    }
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
