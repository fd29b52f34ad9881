//! The tables of a run, read back.

use std::path::Path;

use neuropil_core::{Batch, Cells, TimeGrid};

use crate::RecordError;
use crate::column::Column;
use crate::rows;
use crate::stream::Stream;

/// Reads a table, some rows at a time.
#[derive(Debug)]
pub struct TableReader {
    stream: Stream,
}

/// Rows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRows {
    /// The time of each row, in ms.
    pub time_ms: Vec<f64>,
    /// The time of each row, in steps.
    pub step: Vec<u64>,
    /// The other columns with their names, in the order of the file.
    pub columns: Vec<(String, Cells)>,
}

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

impl TableReader {
    /// Opens a table of a run, such as `traces_v`: from a file, or from a run folder, where it takes `traces_v.parquet` or else
    /// the segments that a killed run left.
    ///
    /// # Errors
    /// Where there is no such table, or it is damaged.
    pub fn open(path: &Path, table: &str) -> Result<Self, RecordError> {
        Ok(Self { stream: Stream::open(path, table)? })
    }

    /// The names of the columns, in the order of the file.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.stream.columns.iter().map(|column| column.name.as_str())
    }

    /// The unit of a column; empty where it has none.
    #[must_use]
    pub fn unit(&self, column: &str) -> &str {
        self.stream.facts.units.get(column).map_or("", String::as_str)
    }

    /// The name and size of each population.
    #[must_use]
    pub fn populations(&self) -> &[(String, u64)] {
        &self.stream.populations
    }

    /// The time step, in ms.
    #[must_use]
    pub fn dt_ms(&self) -> f64 {
        self.stream.facts.dt_ms
    }

    fn rows(&self, batch: Batch) -> TableRows {
        let names = self.stream.columns.iter().filter(|column| column.kind.is_cells());
        let names = names.map(|column| column.name.clone());
        TableRows {
            time_ms: times(&self.stream.grid, &batch.step),
            step: batch.step,
            columns: names.zip(batch.cells).collect(),
        }
    }
}

impl Iterator for TableReader {
    type Item = Result<TableRows, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.stream.next()?;
        Some(batch.map(|batch| self.rows(batch)))
    }
}

impl TableRows {
    /// Populations, as indices into [`TableReader::populations`], or neurons; none where the table has no such column.
    #[must_use]
    pub fn ids(&self, column: &str) -> &[u32] {
        self.column(column).map_or(&[], Cells::ids)
    }

    /// Counts; none where the table has no such column.
    #[must_use]
    pub fn counts(&self, column: &str) -> &[u64] {
        self.column(column).map_or(&[], Cells::counts)
    }

    /// Quantities; none where the table has no such column.
    #[must_use]
    pub fn values(&self, column: &str) -> &[f64] {
        self.column(column).map_or(&[], Cells::values)
    }

    fn column(&self, name: &str) -> Option<&Cells> {
        self.columns.iter().find(|(known, _)| known == name).map(|(_, cells)| cells)
    }
}

/// Reads a whole table of a run, such as `rate_all`, also where the run was killed.
///
/// # Errors
/// Where there is no such table, or it is damaged.
pub fn read_table(path: &Path, table: &str) -> Result<TableRows, RecordError> {
    let mut reader = TableReader::open(path, table)?;
    let whole = read_whole(&mut reader.stream)?;
    Ok(reader.rows(whole))
}

/// Reads the spikes of a run: from a file, or from a run folder, where it takes `spikes.parquet` or else the
/// segments that a killed run left.
///
/// # Errors
/// Where there is no such file, or it is damaged or not a table of spikes.
pub fn read_spikes(path: &Path) -> Result<SpikeTable, RecordError> {
    let mut stream = Stream::open(path, "spikes")?;
    let names: Vec<&str> = stream.columns.iter().map(|column| column.name.as_str()).collect();
    let expected = ["time_ms", "population", "neuron", "step"];
    if let Some(missing) = expected.iter().find(|name| !names.contains(name)) {
        return Err(RecordError::read(path, format!("column `{missing}` is missing")));
    }
    let Batch { step, cells } = read_whole(&mut stream)?;
    let mut ids = cells.iter().map(|cells| cells.ids().to_vec());
    let [population, neuron] = std::array::from_fn(|_| ids.next().unwrap_or_default());
    let time_ms = times(&stream.grid, &step);
    let (populations, dt_ms) = (stream.populations, stream.facts.dt_ms);
    Ok(SpikeTable { time_ms, population, neuron, step, populations, dt_ms })
}

fn times(grid: &TimeGrid, steps: &[u64]) -> Vec<f64> {
    steps.iter().map(|&step| grid.time_ms(step)).collect()
}

fn read_whole(stream: &mut Stream) -> Result<Batch, RecordError> {
    let columns: &[Column] = &stream.columns;
    let mut whole = rows::none(columns);
    for rows in stream {
        let rows = rows?;
        whole.extend(&rows, 0..rows.len());
    }
    Ok(whole)
}
