//! From the epochs of a simulation to the tables of a run.

mod groups;
mod selection;
mod station;

use neuropil_core::{Precision, RecordedSynapse, TimeGrid};
use neuropil_network::{Epoch, Experiment, Network, Observer, SpikeStatistics};
use neuropil_record::{FlushPolicy, RecordError, RunFolder, TableContext, Writer};

use crate::{Failure, Follower};
use station::Station;

pub(crate) use groups::{groups, weight_unit};
pub(crate) use selection::{Ranges, Selection};

/// What a run keeps while it goes on: statistics, and the recorders at work.
pub(crate) struct Records {
    grid: TimeGrid,
    pub(crate) statistics: SpikeStatistics,
    stations: Vec<Station>,
    writer: Writer,
    error: Option<RecordError>,
}

impl Records {
    pub(crate) fn start(
        experiment: &Experiment,
        folder: &RunFolder,
        scene_hash: String,
    ) -> Result<Self, Failure> {
        let network = &experiment.network;
        let station = |(table, group)| Station::new(network, group, table);
        let stations = groups(network).into_iter().enumerate().map(station);
        let (stations, tables) = stations.collect::<Result<(Vec<_>, Vec<_>), Failure>>()?;
        let context = context(network, experiment.precision, scene_hash);
        Ok(Self {
            grid: network.grid,
            statistics: SpikeStatistics::new(network),
            stations,
            writer: Writer::start(folder, context, tables, FlushPolicy::default())?,
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
                self.stations.iter_mut().try_for_each(|station| station.send(0, &mut self.writer))?;
                Ok(self.writer)
            }
        }
    }
}

/// What all tables of a run say about it.
fn context(network: &Network, precision: Precision, scene_hash: String) -> TableContext {
    TableContext {
        grid: network.grid,
        precision,
        populations: network.populations.iter().map(|p| (p.name.clone(), u64::from(p.n))).collect(),
        scene_hash,
        version: env!("CARGO_PKG_VERSION").into(),
    }
}

/// The observer of a run: records, tells the follower, and stops the run when it is told to or the writer fails.
pub(crate) struct Observed<'a> {
    pub(crate) records: &'a mut Records,
    pub(crate) follower: &'a mut dyn Follower,
}

impl Observer for Observed<'_> {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        let Records { grid, statistics, stations, writer, error } = &mut *self.records;
        if error.is_some() {
            return false;
        }
        statistics.add(epoch);
        if let Err(failure) = stations.iter_mut().try_for_each(|station| station.show(epoch, writer)) {
            *error = Some(failure);
            return false;
        }
        self.follower.advanced(grid.time_ms(epoch.steps().end), statistics.n_spikes())
    }

    fn weights(&mut self, recorder: usize, step: u64, synapses: &[RecordedSynapse]) {
        // The next epoch stops the run, if there is one.
        let Records { stations, writer, error, .. } = &mut *self.records;
        let station = stations.iter_mut().find(|station| station.is_of(recorder));
        if let Some(station) = station.filter(|_| error.is_none()) {
            *error = station.show_synapses(step, synapses, writer).err();
        }
    }
}
