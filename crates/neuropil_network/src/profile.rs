//! What a simulation spends its time on.

use std::time::{Duration, Instant};

use bevy_ecs::prelude::*;
use neuropil_core::engine::{Meter, Probes};

use crate::description::Network;
use crate::partition::Partition;

/// What a simulation has spent its time on, summed over its threads.
///
/// Meters, the overhead of steps, the other stages and what happened between epochs add up to the time that the threads had,
/// but for their start and end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// The threads.
    pub threads: usize,
    /// From the beginning to the end of the simulation.
    pub wall: Duration,
    /// The part of it in which epochs were run. In the rest, the protocol changed the network and weights were recorded.
    pub epochs: Duration,
    /// The neurons of each population; events are neurons in a step.
    pub populations: Vec<Meter>,
    /// The stimuli, and the synapses; events are targets in a step, or spikes that arrive over a synapse.
    pub projections: Vec<ProjectionsMeter>,
    /// The samples of each recorder of traces, nothing of the others; events are values.
    pub recorders: Vec<Meter>,
    stages: [Duration; Stage::ALL.len()],
}

/// What is measured of a projection, or of several whose synapses are stored together.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionsMeter {
    /// The projections, by their numbers in the network.
    pub projections: Vec<usize>,
    /// What they took.
    pub meter: Meter,
}

/// What a thread does in the course of an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The steps of a partition.
    Steps,
    /// Leaving spikes and samples for the other partitions, and taking in theirs.
    Exchange,
    /// Waiting for the other threads.
    Wait,
    /// Showing the epoch to the observer.
    Observe,
    /// Looking for state variables that are not finite.
    Check,
    /// Processes: what they measure and do at the end of their intervals.
    Act,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 6] =
        [Self::Steps, Self::Exchange, Self::Wait, Self::Observe, Self::Check, Self::Act];
}

impl Profile {
    /// A profile in which nothing has been spent.
    pub(crate) fn new(network: &Network, threads: usize) -> Self {
        let meters = |n| vec![Meter::default(); n];
        Self {
            threads,
            populations: meters(network.populations.len()),
            recorders: meters(network.recorders.len()),
            ..Self::default()
        }
    }

    /// The time that a stage took.
    #[must_use]
    pub fn stage(&self, stage: Stage) -> Duration {
        self.stages[stage as usize]
    }

    /// What steps took besides the work that meters measure: calling systems, moving spikes to the outbox, and the clocks.
    #[must_use]
    pub fn overhead(&self) -> Duration {
        let projections = self.projections.iter().map(|p| &p.meter);
        let meters = self.populations.iter().chain(projections).chain(&self.recorders);
        self.stage(Stage::Steps).saturating_sub(meters.map(|meter| meter.time).sum())
    }

    /// Adds what a thread spent.
    pub(crate) fn add_thread(&mut self, laps: &Laps) {
        for (sum, time) in self.stages.iter_mut().zip(laps.stages) {
            *sum += time;
        }
    }

    /// Adds what the meters of a partition show.
    pub(crate) fn add_partition(&mut self, partition: &Partition) {
        let meter = |entity| partition.world.get::<Meter>(entity).copied().unwrap_or_default();
        for (entity, slice) in partition.slices.iter().flatten() {
            self.populations[slice.population as usize] += meter(*entity);
            let probes = partition.world.get::<Probes>(*entity);
            for probe in probes.iter().flat_map(|probes| &probes.0) {
                self.recorders[probe.recorder as usize] += probe.meter.unwrap_or_default();
            }
        }
        for (projections, entity) in partition.projections() {
            self.add_projections(projections, meter(entity));
        }
    }

    fn add_projections(&mut self, projections: Vec<usize>, meter: Meter) {
        match self.projections.iter_mut().find(|known| known.projections == projections) {
            Some(known) => known.meter += meter,
            None => self.projections.push(ProjectionsMeter { projections, meter }),
        }
    }
}

impl Partition {
    /// Puts meters on all that takes time in steps.
    pub(crate) fn install_meters(&mut self) {
        let slices = self.slices.iter().flatten().map(|(entity, _)| *entity);
        // Entities keep the order in which they were spawned: sums of inputs depend on it.
        let entities: Vec<Entity> = slices.chain(self.projections().map(|(_, entity)| entity)).collect();
        for entity in entities {
            let mut entity = self.world.entity_mut(entity);
            entity.insert(Meter::default());
            if let Some(mut probes) = entity.get_mut::<Probes>() {
                probes.0.iter_mut().for_each(|probe| probe.meter = Some(Meter::default()));
            }
        }
    }

    /// The tracts and stimuli, with the numbers of their projections.
    fn projections(&self) -> impl Iterator<Item = (Vec<usize>, Entity)> {
        let stimuli = self.stimuli.iter().map(|stimulus| (vec![stimulus.projection], stimulus.entity));
        let tracts = self.synapses.chunk_by(|a, b| a.entity == b.entity);
        stimuli.chain(tracts.map(|parts| (parts.iter().map(|p| p.projection).collect(), parts[0].entity)))
    }
}

/// The time of a thread, cut into laps of which each belongs to a stage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Laps {
    since: Option<Instant>,
    stages: [Duration; Stage::ALL.len()],
}

impl Laps {
    /// Begins the first lap, if anyone wants to know.
    pub(crate) fn new(wanted: bool) -> Self {
        Self { since: wanted.then(Instant::now), stages: Default::default() }
    }

    /// Ends a lap, in which this was done.
    pub(crate) fn lap(&mut self, stage: Stage) {
        if let Some(since) = &mut self.since {
            let now = Instant::now();
            self.stages[stage as usize] += now - *since;
            *since = now;
        }
    }
}
