//! From the epochs of a simulation to the tables of a run.

mod buffer;
mod rate;
mod specs;
mod spikes;
mod traces;
mod weights;

use std::sync::atomic::{AtomicBool, Ordering};

use neuropil_core::TimeGrid;
use neuropil_network::{Epoch, Experiment, Observer, RecordedSynapse, SpikeStatistics};
use neuropil_record::{RecordError, RunFolder, Writer};

use super::progress::Progress;
use buffer::Buffers;

pub(crate) use specs::{table, tables, weight_unit};
pub(crate) use spikes::Selection;

/// The observer of a run: keeps statistics, sends rows to the writer, shows progress, and stops the run when it is
/// told to or the writer fails.
pub(crate) struct Recording<'a> {
    grid: TimeGrid,
    pub(crate) statistics: SpikeStatistics,
    buffers: Buffers,
    progress: Progress,
    interrupted: &'a AtomicBool,
    error: Option<RecordError>,
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
            buffers: Buffers::start(experiment, folder, scene_hash)?,
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
                self.buffers.flush()?;
                Ok((self.statistics, self.buffers.writer))
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
        if let Err(error) = self.buffers.add(epoch) {
            self.error = Some(error);
            return false;
        }
        self.progress.update(self.grid.time_ms(epoch.steps().end), self.statistics.n_spikes());
        !self.interrupted.load(Ordering::Relaxed)
    }

    fn weights(&mut self, recorder: usize, step: u64, synapses: &[RecordedSynapse]) {
        // The next epoch stops the run, if there is one.
        if self.error.is_none() {
            self.error = self.buffers.add_weights(recorder, step, synapses).err();
        }
    }
}
