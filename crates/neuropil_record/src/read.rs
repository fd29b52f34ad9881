//! The tables of a run, read back.

use std::path::Path;

use neuropil_core::TimeGrid;

use crate::column::{self, Column};
use crate::layout::TableFacts;
use crate::rows::{Cells, Rows};
use crate::stream::Stream;
use crate::{RecordError, TableSpec, TraceVariable};

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

/// The rates that a recorder has found, bin by bin.
#[derive(Clone, Debug, PartialEq)]
pub struct RateTable {
    /// The end of each bin, in ms.
    pub time_ms: Vec<f64>,
    /// The mean rate of the neurons in each bin, in Hz.
    pub rate_hz: Vec<f64>,
    /// The number of spikes in each bin.
    pub n_spikes: Vec<u64>,
    /// The end of each bin, in steps.
    pub step: Vec<u64>,
    /// The time step, in ms.
    pub dt_ms: f64,
}

/// Some rows of a table of traces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TraceRows {
    /// When each sample was taken, in ms.
    pub time_ms: Vec<f64>,
    /// The population, as an index into [`TraceReader::populations`].
    pub population: Vec<u32>,
    /// The neuron, counted from 0 within its population.
    pub neuron: Vec<u32>,
    /// When each sample was taken, in steps.
    pub step: Vec<u64>,
    /// The samples: one column per variable.
    pub values: Vec<Vec<f64>>,
}

/// Some rows of a table of weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeightRows {
    /// When each weight was read, in ms.
    pub time_ms: Vec<f64>,
    /// The population of the source, as an index into [`WeightReader::populations`].
    pub source_population: Vec<u32>,
    /// The source, counted from 0 within its population.
    pub source: Vec<u32>,
    /// The population of the target.
    pub target_population: Vec<u32>,
    /// The target, counted from 0 within its population.
    pub target: Vec<u32>,
    /// The weight, in [`WeightReader::unit`].
    pub weight: Vec<f64>,
    /// The delay, in ms.
    pub delay_ms: Vec<f64>,
    /// When each weight was read, in steps.
    pub step: Vec<u64>,
}

/// Reads the spikes of a run: from a file, or from a run folder, where it takes `spikes.parquet` or else the
/// segments that a killed run left.
///
/// # Errors
/// Where there is no such file, or it is damaged or not a table of spikes.
pub fn read_spikes(path: &Path) -> Result<SpikeTable, RecordError> {
    let mut stream = Stream::open(path, &TableSpec::Spikes.table_name(), |_, _| column::of_neurons())?;
    let Rows { step, cells } = read_whole(&mut stream)?;
    let [population, neuron] = take(cells.into_iter().map(Cells::into_ids));
    let time_ms = times(&stream.grid, &step);
    let (populations, dt_ms) = (stream.populations, stream.facts.dt_ms);
    Ok(SpikeTable { time_ms, population, neuron, step, populations, dt_ms })
}

/// Reads what the rate recorder `recorder` of the run in a folder has written, also where the run was killed.
///
/// # Errors
/// Where there is no such table, or it is damaged.
pub fn read_rate(run: &Path, recorder: &str) -> Result<RateTable, RecordError> {
    let spec = TableSpec::Rate { name: recorder.to_owned() };
    let mut stream = Stream::open(run, &spec.table_name(), |_, _| spec.columns())?;
    let Rows { step, cells } = read_whole(&mut stream)?;
    let mut cells = cells.into_iter();
    let rate_hz = cells.next().map(Cells::into_values).unwrap_or_default();
    let n_spikes = cells.next().map(Cells::into_counts).unwrap_or_default();
    let time_ms = times(&stream.grid, &step);
    Ok(RateTable { time_ms, rate_hz, n_spikes, step, dt_ms: stream.facts.dt_ms })
}

/// Reads what the trace recorder `recorder` of the run in a folder has written, also where the run was killed.
///
/// # Errors
/// Where there is no such table, or it is damaged.
pub fn read_traces(run: &Path, recorder: &str) -> Result<TraceReader, RecordError> {
    let spec =
        TableSpec::Traces { name: recorder.to_owned(), variables: Vec::new(), single_precision: false };
    let n_keys = column::of_neurons().len();
    let variable = |facts: &TableFacts, column: &String| {
        TraceVariable::of_column(column, facts.units.get(column).map_or("", String::as_str))
    };
    let stream = Stream::open(run, &spec.table_name(), |facts, names| {
        let values = names.iter().skip(n_keys).map(|name| Column::variable(&variable(facts, name), false));
        column::of_neurons().into_iter().chain(values).collect()
    })?;
    let values = stream.columns.iter().skip(n_keys);
    let variables = values.map(|column| variable(&stream.facts, &column.name)).collect();
    Ok(TraceReader { stream, variables })
}

/// Reads what the weight recorder `recorder` of the run in a folder has written, also where the run was killed.
///
/// # Errors
/// Where there is no such table, or it is damaged.
pub fn read_weights(run: &Path, recorder: &str) -> Result<WeightReader, RecordError> {
    let spec = TableSpec::Weights { name: recorder.to_owned(), unit: String::new(), single_precision: false };
    let stream = Stream::open(run, &spec.table_name(), |_, _| spec.columns())?;
    Ok(WeightReader { stream })
}

/// Reads a table of traces, some rows at a time.
#[derive(Debug)]
pub struct TraceReader {
    stream: Stream,
    variables: Vec<TraceVariable>,
}

impl TraceReader {
    /// The variables, in the order of [`TraceRows::values`].
    #[must_use]
    pub fn variables(&self) -> &[TraceVariable] {
        &self.variables
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
}

impl Iterator for TraceReader {
    type Item = Result<TraceRows, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        let grid = self.stream.grid;
        Some(self.stream.next()?.map(|Rows { step, cells }| {
            let mut cells = cells.into_iter();
            let [population, neuron] = take(cells.by_ref().map(Cells::into_ids));
            let values = cells.map(Cells::into_values).collect();
            TraceRows { time_ms: times(&grid, &step), population, neuron, step, values }
        }))
    }
}

/// Reads a table of weights, some rows at a time.
#[derive(Debug)]
pub struct WeightReader {
    stream: Stream,
}

impl WeightReader {
    /// The unit of the weights.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.stream.facts.units.get("weight").map_or("", String::as_str)
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
}

impl Iterator for WeightReader {
    type Item = Result<WeightRows, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        let grid = self.stream.grid;
        Some(self.stream.next()?.map(|Rows { step, cells }| {
            let mut cells = cells.into_iter();
            let [source_population, source, target_population, target] =
                take(cells.by_ref().map(Cells::into_ids));
            let [weight, delay_ms] = take(cells.map(Cells::into_values));
            let time_ms = times(&grid, &step);
            WeightRows {
                time_ms,
                source_population,
                source,
                target_population,
                target,
                weight,
                delay_ms,
                step,
            }
        }))
    }
}

/// The first columns, of which there are as many: rows were found to fit their table.
fn take<T, const N: usize>(mut columns: impl Iterator<Item = Vec<T>>) -> [Vec<T>; N] {
    std::array::from_fn(|_| columns.next().unwrap_or_default())
}

fn times(grid: &TimeGrid, steps: &[u64]) -> Vec<f64> {
    steps.iter().map(|&step| grid.time_ms(step)).collect()
}

fn read_whole(stream: &mut Stream) -> Result<Rows, RecordError> {
    let mut whole = Rows::of(&stream.columns);
    for rows in stream {
        let rows = rows?;
        whole.extend(&rows, 0..rows.len());
    }
    Ok(whole)
}
