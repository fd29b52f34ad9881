//! Rows on their way to the writer, collected table by table.

use neuropil_core::TimeGrid;
use neuropil_network::{Epoch, Experiment, RecordedSynapse, RecorderKind};
use neuropil_record::{FlushPolicy, RecordError, RunFolder, TableSpec, Writer};

use super::rate::RateRows;
use super::rows::{BATCH_ROWS, Rows};
use super::specs;
use super::spikes::SpikeRows;
use super::traces::TraceRows;
use super::weights;

/// The tables of a run, with the rows that are still to be sent: spikes of all spike recorders in one table, and one for
/// each other recorder.
pub(super) struct Buffers {
    pub(super) writer: Writer,
    grid: TimeGrid,
    spikes: Option<Buffer<SpikeRows>>,
    traces: Vec<Buffer<TraceRows>>,
    rates: Vec<Buffer<RateRows>>,
    /// The tables of weights, which are sent as they come.
    weights: Vec<Table>,
}

/// A table and its recorder, by their numbers.
#[derive(Clone, Copy)]
struct Table {
    recorder: usize,
    table: usize,
}

struct Buffer<R> {
    of: Table,
    rows: R,
}

impl<R: Rows> Buffer<R> {
    /// Sends the rows if there are at least so many.
    fn send(&mut self, at_least: usize, writer: &mut Writer) -> Result<(), RecordError> {
        if self.rows.len() < at_least { Ok(()) } else { writer.send(self.of.table, self.rows.take()) }
    }
}

impl Buffers {
    pub(super) fn start(
        experiment: &Experiment,
        folder: &RunFolder,
        scene_hash: String,
    ) -> Result<Self, RecordError> {
        let network = &experiment.network;
        let tables = specs::tables(experiment);
        let has_spikes = tables.contains(&TableSpec::Spikes);
        let (mut traces, mut rates, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let others = network.recorders.iter().enumerate().filter(|(_, r)| r.kind != RecorderKind::Spikes);
        for ((number, recorder), table) in others.zip(usize::from(has_spikes)..) {
            let of = Table { recorder: number, table };
            match &recorder.kind {
                RecorderKind::Spikes => {}
                RecorderKind::Traces { variables, pasted_spikes, .. } => {
                    traces.push(Buffer { of, rows: TraceRows::new(variables, *pasted_spikes) });
                }
                RecorderKind::Rate { bin } => {
                    rates.push(Buffer { of, rows: RateRows::new(network, recorder, *bin) });
                }
                RecorderKind::Weights { .. } => weights.push(of),
            }
        }
        let context = specs::context(network, scene_hash);
        let spikes = Buffer { of: Table { recorder: 0, table: 0 }, rows: SpikeRows::new(network) };
        Ok(Self {
            writer: Writer::start(folder, context, tables, FlushPolicy::default())?,
            grid: network.grid,
            spikes: has_spikes.then_some(spikes),
            traces,
            rates,
            weights,
        })
    }

    /// Takes what an epoch has brought.
    pub(super) fn add(&mut self, epoch: &Epoch<'_>) -> Result<(), RecordError> {
        if let Some(spikes) = &mut self.spikes {
            spikes.rows.add(epoch);
        }
        for rate in &mut self.rates {
            rate.rows.add(epoch);
        }
        for sample in epoch.samples() {
            let traces = self.traces.iter_mut().find(|t| t.of.recorder == sample.recorder as usize);
            let traces = traces.expect("samples come from the recorders of the network");
            traces.rows.add(sample, epoch);
            traces.send(BATCH_ROWS, &mut self.writer)?;
        }
        self.send(BATCH_ROWS)
    }

    /// Takes the weights that a recorder has read.
    pub(super) fn add_weights(
        &mut self,
        recorder: usize,
        step: u64,
        synapses: &[RecordedSynapse],
    ) -> Result<(), RecordError> {
        let of = self.weights.iter().find(|of| of.recorder == recorder);
        let of = of.expect("weights come from the recorders of the network");
        let batches = synapses.chunks(BATCH_ROWS).map(|some| weights::batch(&self.grid, step, some));
        batches.into_iter().try_for_each(|batch| self.writer.send(of.table, batch))
    }

    /// Sends all rows.
    pub(super) fn flush(&mut self) -> Result<(), RecordError> {
        self.send(0)
    }

    fn send(&mut self, at_least: usize) -> Result<(), RecordError> {
        let writer = &mut self.writer;
        self.spikes.iter_mut().try_for_each(|spikes| spikes.send(at_least, writer))?;
        self.traces.iter_mut().try_for_each(|traces| traces.send(at_least, writer))?;
        self.rates.iter_mut().try_for_each(|rate| rate.send(at_least, writer))
    }
}
