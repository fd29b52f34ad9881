//! What plugins add to every partition, besides models.

use bevy_ecs::prelude::*;

use crate::number::real::{PerPrecision, Real};
use crate::step::schedule::StepSchedule;
use crate::step::systems::Systems;

/// The systems and resources of plugins, in the order in which they were registered.
#[derive(Clone, Debug, Default)]
pub struct Extensions {
    systems: Vec<PerPrecision<fn(&mut StepSchedule)>>,
    resources: Vec<fn(&mut World)>,
}

impl Extensions {
    pub(super) fn add_systems<S: Systems>(&mut self) {
        self.systems.push(PerPrecision { f32: S::add_to::<f32>, f64: S::add_to::<f64> });
    }

    pub(super) fn add_resource<T: Resource + FromWorld>(&mut self) {
        self.resources.push(|world| {
            world.init_resource::<T>();
        });
    }

    /// Whether there are neither.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.systems.is_empty() && self.resources.is_empty()
    }

    /// Adds the systems to the schedule of a partition that computes in `R`.
    pub fn add_to<R: Real>(&self, schedule: &mut StepSchedule) {
        self.systems.iter().for_each(|add| add.of::<R>()(schedule));
    }

    /// Gives a partition its resources.
    pub fn init_resources(&self, world: &mut World) {
        self.resources.iter().for_each(|init| init(world));
    }
}
