//! Processes: when they act, and how partitions act together.

use std::sync::Mutex;

use neuropil_core::engine::Directory;
use neuropil_core::{AccessError, ActorSetup, Purpose, Streams, Sums};

use crate::barrier::Broken;
use crate::description::{Network, Process};
use crate::error::{BuildError, RunError};
use crate::partition::Partition;

/// What partitions share where processes act.
#[derive(Default)]
pub(crate) struct Acts {
    sums: Mutex<Vec<Sums>>,
    failure: Mutex<Option<Failure>>,
}

/// A process that could not act. Of several the first speaks, by process, population and partition, so that the message does
/// not depend on threads.
struct Failure {
    place: (usize, u32, usize),
    step: u64,
    error: AccessError,
}

impl Network {
    /// The processes that act before a step, by their numbers.
    pub(crate) fn acting_before(&self, step: u64) -> impl Iterator<Item = usize> {
        let due = move |process: &Process| step.is_multiple_of(process.interval);
        self.processes.iter().enumerate().filter(move |(_, process)| due(process)).map(|(number, _)| number)
    }

    /// The first step after this one before which a process acts.
    pub(crate) fn next_act(&self, step: u64) -> u64 {
        let next = |process: &Process| (step / process.interval + 1).saturating_mul(process.interval);
        self.processes.iter().map(next).min().unwrap_or(u64::MAX)
    }
}

impl Acts {
    /// Adds what partitions measured to the sums of each process.
    pub(crate) fn add(&self, measured: &[Sums]) -> Result<(), Broken> {
        let mut sums = self.sums.lock().map_err(|_| Broken)?;
        sums.resize_with(measured.len(), Sums::default);
        sums.iter_mut().zip(measured).for_each(|(sum, measured)| sum.merge(measured));
        Ok(())
    }

    /// The sums over all partitions.
    pub(crate) fn sums(&self) -> Result<Vec<Sums>, Broken> {
        Ok(self.sums.lock().map_err(|_| Broken)?.clone())
    }

    /// Makes room for the next act, when all have acted.
    pub(crate) fn clear(&self) -> Result<(), Broken> {
        self.sums.lock().map_err(|_| Broken)?.clear();
        Ok(())
    }

    fn fail(&self, failure: Failure) -> Result<(), Broken> {
        let mut first = self.failure.lock().map_err(|_| Broken)?;
        if first.as_ref().is_none_or(|first| failure.place < first.place) {
            *first = Some(failure);
        }
        Ok(())
    }

    /// The error of the process that failed, if one did.
    pub(crate) fn error(&self, network: &Network) -> Result<(), RunError> {
        let failure = self.failure.lock().map_err(|_| Broken)?;
        let Some(Failure { place, step, error }) = &*failure else { return Ok(()) };
        Err(RunError::Process {
            time_ms: network.grid.time_ms(*step),
            name: network.processes[place.0].name.clone(),
            error: error.clone(),
        })
    }
}

impl Partition {
    /// Gives the partition its copies of the processes.
    pub(crate) fn spawn_processes(&mut self, network: &Network) -> Result<(), BuildError> {
        let directory = self.world.resource::<Directory>().clone();
        for process in &network.processes {
            let setup = process.setup(&directory);
            let mut entity = self.world.spawn_empty();
            let blame = |error| BuildError::Process { name: process.name.clone(), error };
            process.model.spawn(&mut entity, &setup).map_err(blame)?;
            self.processes.push(entity.id());
        }
        Ok(())
    }

    /// Lets the processes that are due measure, and adds to the sums of each.
    pub(crate) fn measure(
        &mut self,
        network: &Network,
        (part, step): (usize, u64),
        acts: &Acts,
        sums: &mut [Sums],
    ) -> Result<(), Broken> {
        for number in network.acting_before(step) {
            let Process { model, of, .. } = &network.processes[number];
            let (place, streams) = ((&mut self.world, self.processes[number]), streams(network, number));
            if let Err(error) = model.measure(place, of, streams, &mut sums[number]) {
                return acts.fail(Failure { place: (number, error.population, part), step, error });
            }
        }
        Ok(())
    }

    /// Lets the processes that are due act.
    pub(crate) fn act(
        &mut self,
        network: &Network,
        (part, step): (usize, u64),
        acts: &Acts,
        sums: &[Sums],
    ) -> Result<(), Broken> {
        for number in network.acting_before(step) {
            let Process { model, of, .. } = &network.processes[number];
            let (place, streams) = ((&mut self.world, self.processes[number]), streams(network, number));
            if let Err(error) = model.act(place, of, streams, &sums[number]) {
                return acts.fail(Failure { place: (number, error.population, part), step, error });
            }
        }
        self.send_changes();
        Ok(())
    }
}

/// The random streams of a process.
fn streams(network: &Network, process: usize) -> Streams {
    Streams::new(network.seed, Purpose::Process, process as u32)
}

impl Process {
    /// What the process knows of the network.
    #[must_use]
    pub fn setup<'a>(&'a self, directory: &'a Directory) -> ActorSetup<'a> {
        ActorSetup {
            parameters: &self.parameters,
            interval_ms: directory.grid.time_ms(self.interval),
            of: &self.of,
            directory,
        }
    }
}
