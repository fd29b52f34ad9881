//! A recorder at work, and the table that it fills.

use neuropil_core::{Batch, Observation, RecordedSynapse, Recording, Sample};
use neuropil_network::{Epoch, Network, Recorder};
use neuropil_record::{RecordError, TableSpec, Writer};

use super::groups::{Group, unit_of_weights};
use super::selection::Selection;
use crate::Failure;

/// Rows that are collected before they go to the writer.
const BATCH_ROWS: usize = 16_384;

/// A recorder at work, which is shown one seen after the other, and the rows that it has not sent yet.
pub(super) struct Station {
    recording: Box<dyn Recording>,
    members: Vec<usize>,
    /// What it is shown, and from when until when.
    spikes: Option<Selection>,
    first: u64,
    stop: u64,
    table: usize,
    rows: Batch,
}

impl Station {
    /// The recorders of a group at work, with the table that they fill, which has this number.
    pub(super) fn new(network: &Network, group: Group, table: usize) -> Result<(Self, TableSpec), Failure> {
        let recorders: Vec<&Recorder> =
            group.members.iter().map(|&number| &network.recorders[number]).collect();
        let one = recorders[0];
        let fault = |error| Failure::user(format!("error: the recorder `{}`: {error}", one.name));
        let recording = network.begin_recording(one).map_err(fault)?;
        let spec =
            TableSpec::new(group.table, recording.table().with_weights_in(unit_of_weights(network, one)));
        let station = Self {
            spikes: one.sees.spikes.then(|| Selection::of(recorders.iter().copied())),
            first: recorders.iter().map(|r| r.first()).min().unwrap_or(0),
            stop: recorders.iter().map(|r| r.stop).max().unwrap_or(0),
            rows: Batch::of(&spec.table),
            members: group.members,
            recording,
            table,
        };
        Ok((station, spec))
    }

    /// Shows it an epoch, seen by seen.
    pub(super) fn show(&mut self, epoch: &Epoch<'_>, writer: &mut Writer) -> Result<(), RecordError> {
        let mut samples = self.samples(epoch);
        if self.spikes.is_none() {
            let mut moments = samples.chunk_by(|a, b| a.stamp == b.stamp);
            return moments
                .try_for_each(|now| self.record(Observation::new(now[0].stamp, &[], now, &[]), writer));
        }
        let mut spikes = Vec::new();
        let steps = epoch.steps();
        for stamp in self.first.max(steps.start + 1)..=self.stop.min(steps.end) {
            let n = samples.partition_point(|sample| sample.stamp <= stamp);
            let (now, later) = samples.split_at(n);
            samples = later;
            spikes.clear();
            if let Some(selection) = &mut self.spikes {
                selection.spikes(epoch, stamp, &mut spikes);
            }
            self.record(Observation::new(stamp, &spikes, now, &[]), writer)?;
        }
        Ok(())
    }

    /// Shows it the synapses that one of its recorders has read.
    pub(super) fn show_synapses(
        &mut self,
        step: u64,
        synapses: &[RecordedSynapse],
        writer: &mut Writer,
    ) -> Result<(), RecordError> {
        self.record(Observation::new(step, &[], &[], synapses), writer)
    }

    /// Whether it works for the recorder of this number.
    pub(super) fn is_of(&self, recorder: usize) -> bool {
        self.members.contains(&recorder)
    }

    /// Sends the rows if there are at least so many.
    pub(super) fn send(&mut self, at_least: usize, writer: &mut Writer) -> Result<(), RecordError> {
        if self.rows.len() < at_least { Ok(()) } else { writer.send(self.table, self.rows.take()) }
    }

    fn record(&mut self, seen: Observation<'_>, writer: &mut Writer) -> Result<(), RecordError> {
        self.recording.record(&seen, &mut self.rows);
        self.send(BATCH_ROWS, writer)
    }

    /// Its samples, which are sorted by time.
    fn samples<'e>(&self, epoch: &'e Epoch<'_>) -> &'e [Sample<'e>] {
        let all = epoch.samples();
        let before = |number: usize| all.partition_point(|sample| (sample.recorder as usize) < number);
        self.members.first().map_or(&[], |&number| &all[before(number)..before(number + 1)])
    }
}
