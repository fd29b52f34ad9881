//! The exchange of spikes between partitions, once per epoch.

use std::sync::{RwLock, RwLockReadGuard};

use bevy_ecs::prelude::*;
use neuropil_core::SpikeHistory;
use neuropil_core::engine::{Outbox, SampleBox};

use crate::barrier::{Barrier, Broken};

/// What one partition shows the others at the end of an epoch.
#[derive(Default)]
pub(crate) struct Parcel {
    outbox: Outbox,
    pub(crate) samples: SampleBox,
}

/// Shelves on which partitions leave parcels for each other, and the barrier at which their threads wait until all have.
///
/// There are two shelves, used in turn: a parcel is written again two epochs later, when everyone has passed the
/// barrier in between and so has read it.
pub(crate) struct Exchange {
    shelves: [Vec<RwLock<Parcel>>; 2],
    pub(crate) barrier: Barrier,
}

/// The parcels of all partitions of one epoch.
pub(crate) type Parcels<'a> = Vec<RwLockReadGuard<'a, Parcel>>;

impl Exchange {
    pub(crate) fn new(parts: usize, threads: usize) -> Self {
        let shelf = || (0..parts).map(|_| RwLock::default()).collect();
        Self { shelves: [shelf(), shelf()], barrier: Barrier::new(threads) }
    }

    fn shelf(&self, epoch: u64) -> &[RwLock<Parcel>] {
        &self.shelves[(epoch % 2) as usize]
    }

    /// Leaves the spikes and samples of partition `part`.
    pub(crate) fn leave(&self, world: &mut World, part: usize, epoch: u64) -> Result<(), Broken> {
        let mut parcel = self.shelf(epoch)[part].write().map_err(|_| Broken)?;
        parcel.outbox.clear();
        parcel.samples.clear();
        std::mem::swap(&mut parcel.outbox, &mut world.resource_mut::<Outbox>());
        std::mem::swap(&mut parcel.samples, &mut world.resource_mut::<SampleBox>());
        Ok(())
    }

    /// The parcels of all partitions, who must have met at the barrier since they left them.
    pub(crate) fn parcels(&self, epoch: u64) -> Result<Parcels<'_>, Broken> {
        self.shelf(epoch).iter().map(|parcel| parcel.read().map_err(|_| Broken)).collect()
    }
}

/// Fills a history with the spikes of an epoch. Partitions own ascending parts of every population, so lists
/// filled in the order of partitions are sorted. A lone partition has filled its own, step by step.
pub(crate) fn fill_history(history: &mut SpikeHistory, steps: std::ops::Range<u64>, parcels: &Parcels<'_>) {
    if parcels.len() == 1 {
        return;
    }
    for step in steps {
        history.clear_step(step);
    }
    for parcel in parcels {
        for (population, step, neurons) in parcel.outbox.bursts() {
            history.push(population, step, neurons);
        }
    }
}
