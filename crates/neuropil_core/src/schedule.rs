//! The schedule of one time step.

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{
    IntoScheduleConfigs, LogLevel, ScheduleBuildError, ScheduleBuildSettings, ScheduleLabel,
    SingleThreadedExecutor,
};
use bevy_ecs::system::ScheduleSystem;

/// The phases of a time step, in order. Plugins add their systems to them.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StepSystems {
    /// Devices add their spikes and currents to the input buffers.
    Stimulate,
    /// Projections add the spikes that arrive in this step to the input buffers.
    Deliver,
    /// Neurons advance by one step, take their input and fire.
    Integrate,
    /// Devices and projections add what arrives in this step to the state of neurons whose receptors hold it.
    Accumulate,
    /// Plastic synapses change.
    Learn,
    /// Recorders read the state at the end of the step.
    Record,
    /// Spikes go to the outbox, and the clock advances.
    Advance,
}

impl StepSystems {
    /// All phases, in order.
    pub const ALL: [Self; 7] = [
        Self::Stimulate,
        Self::Deliver,
        Self::Integrate,
        Self::Accumulate,
        Self::Learn,
        Self::Record,
        Self::Advance,
    ];
}

/// The `n`-th system of a phase. Systems of one phase run in the order in which they were added, because
/// they add to the same input buffers and a sum of floats depends on its order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Place(StepSystems, usize);

#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Step;

/// The systems of one time step of a partition, run one after the other on one thread.
pub struct StepSchedule {
    schedule: Schedule,
    names: Vec<(StepSystems, String)>,
}

impl Default for StepSchedule {
    fn default() -> Self {
        let mut schedule = Schedule::new(Step);
        schedule
            .set_executor(SingleThreadedExecutor::new())
            .set_build_settings(ScheduleBuildSettings {
                ambiguity_detection: LogLevel::Error,
                ..Default::default()
            })
            .set_apply_final_deferred(false)
            .configure_sets(
                (
                    StepSystems::Stimulate,
                    StepSystems::Deliver,
                    StepSystems::Integrate,
                    StepSystems::Accumulate,
                    StepSystems::Learn,
                    StepSystems::Record,
                    StepSystems::Advance,
                )
                    .chain(),
            );
        Self { schedule, names: Vec::new() }
    }
}

impl StepSchedule {
    /// Adds a system to a phase, after those that the phase already has. `name` is what
    /// `neuropil schedule` prints.
    pub fn add<M>(
        &mut self,
        phase: StepSystems,
        name: impl Into<String>,
        system: impl IntoScheduleConfigs<ScheduleSystem, M>,
    ) {
        let place = self.names.iter().filter(|(p, _)| *p == phase).count();
        let system = system.in_set(phase).in_set(Place(phase, place));
        match place.checked_sub(1) {
            Some(before) => self.schedule.add_systems(system.after(Place(phase, before))),
            None => self.schedule.add_systems(system),
        };
        self.names.push((phase, name.into()));
    }

    /// Orders the systems and checks that no two of them touch the same data in an open order.
    ///
    /// # Errors
    /// A readable account of the systems that conflict.
    pub fn initialize(&mut self, world: &mut World) -> Result<(), String> {
        self.schedule
            .initialize(world)
            .map(|_| ())
            .map_err(|e: ScheduleBuildError| e.to_string(self.schedule.graph(), world))
    }

    /// Runs one time step.
    #[inline]
    pub fn run(&mut self, world: &mut World) {
        self.schedule.run(world);
    }

    /// The names of the systems in the order in which they run, with their phases.
    pub fn names(&self) -> impl Iterator<Item = (StepSystems, &str)> {
        StepSystems::ALL
            .into_iter()
            .flat_map(|phase| self.names.iter().filter(move |(p, _)| *p == phase))
            .map(|(phase, name)| (*phase, name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Resource, Default)]
    struct Log(Vec<&'static str>);

    #[test]
    fn systems_of_a_phase_run_in_the_order_in_which_they_are_added() {
        let mut schedule = StepSchedule::default();
        schedule.add(StepSystems::Record, "c", |mut log: ResMut<Log>| log.0.push("c"));
        schedule.add(StepSystems::Deliver, "a", |mut log: ResMut<Log>| log.0.push("a"));
        schedule.add(StepSystems::Deliver, "b", |mut log: ResMut<Log>| log.0.push("b"));
        let mut world = World::new();
        world.init_resource::<Log>();
        schedule.initialize(&mut world).unwrap();
        schedule.run(&mut world);
        assert_eq!(world.resource::<Log>().0, ["a", "b", "c"]);
        assert_eq!(schedule.names().map(|n| n.1).collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    /// Two systems that are added as one, in no order, may not write the same data.
    #[test]
    fn an_open_order_is_an_error_that_names_the_systems() {
        fn one(_log: ResMut<Log>) {}
        fn other(_log: ResMut<Log>) {}
        let mut schedule = StepSchedule::default();
        schedule.add(StepSystems::Learn, "both", (one, other));
        let mut world = World::new();
        world.init_resource::<Log>();
        let error = schedule.initialize(&mut world).unwrap_err();
        assert!(error.contains("one") && error.contains("other") && error.contains("Log"), "{error}");
    }
}
