//! Processes behind function pointers.

use bevy_ecs::prelude::*;

use crate::actor::access_error::AccessError;
use crate::actor::process::{Declared, ProcessHooks, ProcessModel};
use crate::actor::setup::ActorSetup;
use crate::actor::sums::Sums;
use crate::declare::declaration::Declaration;
use crate::error::ParameterError;
use crate::number::real::Real;
use crate::random::streams::Streams;
use crate::step::schedule::StepSchedule;
use crate::view::View;

/// A registered process.
#[derive(Clone, Copy, Debug)]
pub struct ProcessEntry {
    /// What it declares; the first parameter is `interval`.
    pub declaration: &'static Declaration,
    hooks: ProcessHooks,
}

impl ProcessEntry {
    pub(super) fn new<P: ProcessModel>() -> Self {
        Self { declaration: Declared::<P>::DECLARATION, hooks: ProcessHooks::new::<P>() }
    }

    /// Checks a set of parameters.
    ///
    /// # Errors
    /// Where the parameters do not fit together, or not the network.
    pub fn check(&self, setup: &ActorSetup<'_>) -> Result<(), ParameterError> {
        (self.hooks.check)(setup)
    }

    /// Gives an entity a partition's copy of the process.
    ///
    /// # Errors
    /// Where the parameters do not fit together, or not the network.
    pub fn spawn(
        &self,
        entity: &mut EntityWorldMut<'_>,
        setup: &ActorSetup<'_>,
    ) -> Result<(), ParameterError> {
        (self.hooks.spawn)(entity, setup)
    }

    /// Lets the copy of an entity add to sums over the network.
    ///
    /// # Errors
    /// Where it asks for something that the network does not have.
    pub fn measure(
        &self,
        (world, entity): (&mut World, Entity),
        view: &View,
        streams: Streams,
        sums: &mut Sums,
    ) -> Result<(), AccessError> {
        (self.hooks.measure)(world, entity, view, streams, sums)
    }

    /// Lets the copy of an entity act.
    ///
    /// # Errors
    /// Where it asks for something that the network does not have, or a model refuses a value.
    pub fn act(
        &self,
        (world, entity): (&mut World, Entity),
        view: &View,
        streams: Streams,
        sums: &Sums,
    ) -> Result<(), AccessError> {
        (self.hooks.act)(world, entity, view, streams, sums)
    }

    /// Adds the systems of the process to a schedule.
    pub fn add_systems<R: Real>(&self, schedule: &mut StepSchedule) {
        self.hooks.add_systems.of::<R>()(schedule);
    }
}
