//! From the epochs of a simulation to the tables of a run.

mod buffers;
mod rate;
mod rows;
mod selection;
mod specs;
mod spikes;
mod traces;
mod weights;

use neuropil_core::TimeGrid;
use neuropil_network::{Epoch, Experiment, Observer, RecordedSynapse, SpikeStatistics};
use neuropil_record::{RecordError, RunFolder, Writer};

use crate::Follower;
use buffers::Buffers;

pub(crate) use selection::Selection;
pub(crate) use specs::{table, tables, weight_unit};

/// What a run keeps while it goes on: statistics, and rows on their way to the writer.
pub(crate) struct Recording {
    grid: TimeGrid,
    pub(crate) statistics: SpikeStatistics,
    buffers: Buffers,
    error: Option<RecordError>,
}

impl Recording {
    pub(crate) fn start(
        experiment: &Experiment,
        folder: &RunFolder,
        scene_hash: String,
    ) -> Result<Self, RecordError> {
        Ok(Self {
            grid: experiment.network.grid,
            statistics: SpikeStatistics::new(&experiment.network),
            buffers: Buffers::start(experiment, folder, scene_hash)?,
            error: None,
        })
    }

    /// Whether rows could not be written.
    pub(crate) fn has_failed(&self) -> bool {
        self.error.is_some()
    }

    /// Sends the rest to the writer, which it returns.
    pub(crate) fn finish(mut self) -> Result<Writer, RecordError> {
        match self.error {
            Some(error) => Err(error),
            None => {
                self.buffers.flush()?;
                Ok(self.buffers.writer)
            }
        }
    }
}

/// The observer of a run: records, tells the follower, and stops the run when it is told to or the writer fails.
pub(crate) struct Observed<'a> {
    pub(crate) recording: &'a mut Recording,
    pub(crate) follower: &'a mut dyn Follower,
}

impl Observer for Observed<'_> {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        let Recording { grid, statistics, buffers, error } = &mut *self.recording;
        if error.is_some() {
            return false;
        }
        statistics.add(epoch);
        if let Err(failure) = buffers.add(epoch) {
            *error = Some(failure);
            return false;
        }
        self.follower.advanced(grid.time_ms(epoch.steps().end), statistics.n_spikes())
    }

    fn weights(&mut self, recorder: usize, step: u64, synapses: &[RecordedSynapse]) {
        // The next epoch stops the run, if there is one.
        let Recording { buffers, error, .. } = &mut *self.recording;
        if error.is_none() {
            *error = buffers.add_weights(recorder, step, synapses).err();
        }
    }
}
