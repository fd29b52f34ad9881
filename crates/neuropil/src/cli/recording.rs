//! From the epochs of a simulation to the tables of a run.

use std::sync::atomic::{AtomicBool, Ordering};

use neuropil_core::{Precision, Sample, TimeGrid};
use neuropil_network::{Epoch, Experiment, Network, Observer, Part, Recorder, RecorderKind, SpikeStatistics};
use neuropil_record::{
    FlushPolicy, RecordError, RunFolder, SpikeBatch, TableContext, TableSpec, TraceBatch, TraceVariable,
    Writer,
};

use super::progress::Progress;

/// Rows that are collected before they go to the writer.
const BATCH_ROWS: usize = 16_384;

/// The observer of a run: keeps statistics, sends rows to the writer, shows progress, and stops the run when it is
/// told to or the writer fails.
pub(crate) struct Recording<'a> {
    grid: TimeGrid,
    pub(crate) statistics: SpikeStatistics,
    tables: Tables,
    progress: Progress,
    interrupted: &'a AtomicBool,
    pub(crate) error: Option<RecordError>,
}

impl<'a> Recording<'a> {
    pub(crate) fn start(
        experiment: &Experiment,
        folder: &RunFolder,
        scene_hash: String,
        progress: Progress,
        interrupted: &'a AtomicBool,
    ) -> Result<Self, RecordError> {
        Ok(Self {
            grid: experiment.network.grid,
            statistics: SpikeStatistics::new(&experiment.network),
            tables: Tables::start(experiment, folder, scene_hash)?,
            progress,
            interrupted,
            error: None,
        })
    }

    /// Sends the rest to the writer, which it returns with the statistics.
    pub(crate) fn finish(mut self) -> Result<(SpikeStatistics, Writer), RecordError> {
        self.progress.finish();
        match self.error {
            Some(error) => Err(error),
            None => {
                self.tables.flush()?;
                Ok((self.statistics, self.tables.writer))
            }
        }
    }
}

impl Observer for Recording<'_> {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        if self.error.is_some() {
            return false;
        }
        self.statistics.add(epoch);
        if let Err(error) = self.tables.add(epoch) {
            self.error = Some(error);
            return false;
        }
        self.progress.update(self.grid.time_ms(epoch.steps().end), self.statistics.n_spikes());
        !self.interrupted.load(Ordering::Relaxed)
    }
}

/// The tables of a run: spikes of all spike recorders in one, and one for each recorder of traces.
struct Tables {
    writer: Writer,
    spikes: Option<SpikeRows>,
    traces: Vec<TraceRows>,
}

struct SpikeRows {
    selections: Vec<Selection>,
    batch: SpikeBatch,
}

struct TraceRows {
    recorder: u32,
    table: usize,
    batch: TraceBatch,
}

/// The neurons of one population that are recorded, and when: one entry for each recorder that has any.
pub(crate) struct Selection {
    windows: Vec<(u64, u64, Vec<Part>)>,
}

impl Selection {
    /// What the spike recorders of a network select of a population.
    pub(crate) fn of(network: &Network, population: u32) -> Self {
        let n = network.populations[population as usize].n;
        let window = |r: &Recorder| {
            let parts = r.view.neurons_in(population, 0, n);
            (!parts.is_empty()).then_some((r.start, r.stop, parts))
        };
        let recorders = network.recorders.iter().filter(|r| r.kind == RecorderKind::Spikes);
        Self { windows: recorders.filter_map(window).collect() }
    }

    fn selects(&self, stamp: u64, neuron: u32) -> bool {
        self.windows.iter().any(|(start, stop, parts)| {
            let part = parts[..parts.partition_point(|p| p.start <= neuron)].last();
            (*start..=*stop).contains(&stamp) && part.is_some_and(|p| neuron < p.start + p.len)
        })
    }

    /// The recorded neurons as ranges (start, end), merged and in ascending order.
    pub(crate) fn ranges(&self) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> =
            self.windows.iter().flat_map(|w| &w.2).map(|p| (p.start, p.start + p.len)).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (start, end) in ranges {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }
}

impl Tables {
    fn start(experiment: &Experiment, folder: &RunFolder, scene_hash: String) -> Result<Self, RecordError> {
        let network = &experiment.network;
        let context = TableContext {
            grid: network.grid,
            populations: network.populations.iter().map(|p| (p.name.clone(), u64::from(p.n))).collect(),
            scene_hash,
            version: env!("CARGO_PKG_VERSION").into(),
        };
        let specs = tables(experiment);
        let spikes = specs.contains(&TableSpec::Spikes).then(|| SpikeRows {
            selections: (0..network.populations.len() as u32).map(|p| Selection::of(network, p)).collect(),
            batch: SpikeBatch::default(),
        });
        let mut traces = Vec::new();
        for (number, recorder) in (0..).zip(&network.recorders) {
            if let RecorderKind::Traces { variables, .. } = &recorder.kind {
                let batch = TraceBatch { values: vec![Vec::new(); variables.len()], ..Default::default() };
                let table = traces.len() + usize::from(spikes.is_some());
                traces.push(TraceRows { recorder: number, table, batch });
            }
        }
        let writer = Writer::start(folder, context, specs, FlushPolicy::default())?;
        Ok(Self { writer, spikes, traces })
    }

    fn add(&mut self, epoch: &Epoch<'_>) -> Result<(), RecordError> {
        if let Some(spikes) = &mut self.spikes {
            spikes.add(epoch);
            if spikes.batch.step.len() >= BATCH_ROWS {
                self.writer.send(0, std::mem::take(&mut spikes.batch))?;
            }
        }
        for sample in epoch.samples() {
            let rows = self.traces.iter_mut().find(|t| t.recorder == sample.recorder);
            let rows = rows.expect("samples come from the recorders of the network");
            rows.add(sample);
            if rows.batch.step.len() >= BATCH_ROWS {
                self.writer.send(rows.table, rows.take())?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), RecordError> {
        if let Some(spikes) = &mut self.spikes {
            self.writer.send(0, std::mem::take(&mut spikes.batch))?;
        }
        for rows in &mut self.traces {
            self.writer.send(rows.table, rows.take())?;
        }
        Ok(())
    }
}

/// The tables of an experiment: that of spikes, if any are recorded, and then those of traces.
pub(crate) fn tables(experiment: &Experiment) -> Vec<TableSpec> {
    let all = || experiment.network.recorders.iter().map(|r| table(experiment, r));
    let spikes = all().find(|t| *t == TableSpec::Spikes);
    spikes.into_iter().chain(all().filter(|t| *t != TableSpec::Spikes)).collect()
}

/// The table that a recorder writes to.
pub(crate) fn table(experiment: &Experiment, recorder: &Recorder) -> TableSpec {
    match &recorder.kind {
        RecorderKind::Spikes => TableSpec::Spikes,
        RecorderKind::Traces { variables, .. } => trace_table(experiment, recorder, variables),
    }
}

fn trace_table(experiment: &Experiment, recorder: &Recorder, variables: &[String]) -> TableSpec {
    let network = &experiment.network;
    let population = recorder.view.populations().first().map_or(0, |&p| p as usize);
    let states = network.populations[population].model.declaration.states;
    let unit = |name: &String| states.iter().find(|s| s.name == name).map_or("", |s| s.unit.symbol);
    TableSpec::Traces {
        name: recorder.name.clone(),
        variables: variables
            .iter()
            .map(|name| TraceVariable { name: name.clone(), unit: unit(name).to_owned() })
            .collect(),
        single_precision: experiment.precision == Precision::F32,
    }
}

impl SpikeRows {
    fn add(&mut self, epoch: &Epoch<'_>) {
        for step in epoch.steps() {
            let stamp = step + 1;
            for (population, selection) in (0..).zip(&self.selections) {
                for &neuron in epoch.fired(population, step) {
                    if selection.selects(stamp, neuron) {
                        self.batch.step.push(stamp);
                        self.batch.population.push(population);
                        self.batch.neuron.push(neuron);
                    }
                }
            }
        }
    }
}

impl TraceRows {
    fn add(&mut self, sample: &Sample<'_>) {
        let n_variables = self.batch.values.len();
        for (&neuron, values) in sample.neurons.iter().zip(sample.values.chunks(n_variables)) {
            self.batch.step.push(sample.stamp);
            self.batch.population.push(sample.population);
            self.batch.neuron.push(neuron);
            for (column, &value) in self.batch.values.iter_mut().zip(values) {
                column.push(value);
            }
        }
    }

    fn take(&mut self) -> TraceBatch {
        let empty = TraceBatch { values: vec![Vec::new(); self.batch.values.len()], ..Default::default() };
        std::mem::replace(&mut self.batch, empty)
    }
}
