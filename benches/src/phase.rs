//! One phase of a time step: a world with one slice, and a schedule with one system.

use std::marker::PhantomData;

use bevy_ecs::prelude::*;
use neuropil::core::engine::InputBuffer;
use neuropil::core::{Clock, Inputs, Real, StepSchedule};

/// A phase of the time step of a slice.
pub(crate) struct Phase<R> {
    world: World,
    schedule: StepSchedule,
    slice: Entity,
    precision: PhantomData<R>,
}

impl<R: Real> Phase<R> {
    /// The phase of a world whose schedule has the systems that are to run.
    pub(crate) fn new(mut world: World, mut schedule: StepSchedule, slice: Entity) -> Self {
        world.insert_resource(Clock::default());
        schedule.initialize(&mut world);
        Self { world, schedule, slice, precision: PhantomData }
    }

    /// The number of the coming step.
    pub(crate) fn next_step(&mut self) -> u64 {
        let mut clock = self.world.resource_mut::<Clock>();
        clock.step += 1;
        clock.step
    }

    /// Changes the input of the slice.
    pub(crate) fn change_input(&mut self, change: impl FnOnce(InputBuffer<'_, R>)) {
        self.world.resource_scope(|world, mut inputs: Mut<'_, Inputs<R>>| {
            change(inputs.of(world.get(self.slice).expect("a slice has an input")));
        });
    }

    pub(crate) fn run(&mut self) {
        self.schedule.run(&mut self.world);
    }
}
