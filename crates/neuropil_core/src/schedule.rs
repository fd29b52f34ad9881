//! The schedule of one time step.

use bevy_ecs::prelude::*;
use bevy_ecs::system::BoxedSystem;

/// The phases of a time step, in order. Plugins add their systems to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// The systems of one time step of a partition, run one after the other on one thread.
///
/// Their order is total, because they add to the same input buffers and a sum of floats depends on its order: by phase, and in a
/// phase as they were added. That leaves nothing to decide, so systems are called without an executor, which would make a call
/// a third dearer.
#[derive(Default)]
pub struct StepSchedule {
    /// In the order in which they run.
    entries: Vec<Entry>,
}

struct Entry {
    phase: StepSystems,
    name: String,
    system: BoxedSystem,
}

impl StepSchedule {
    /// Adds a system to a phase, after those that the phase already has. `name` is what `neuropil schedule` prints. Systems are
    /// to change data at once: commands are never carried out.
    pub fn add<M>(
        &mut self,
        phase: StepSystems,
        name: impl Into<String>,
        system: impl IntoSystem<(), (), M> + 'static,
    ) {
        let place = self.entries.partition_point(|entry| entry.phase <= phase);
        let system = Box::new(IntoSystem::into_system(system));
        self.entries.insert(place, Entry { phase, name: name.into(), system });
    }

    /// Lets the systems find what they need in the world.
    pub fn initialize(&mut self, world: &mut World) {
        for entry in &mut self.entries {
            entry.system.initialize(world);
        }
    }

    /// Runs one time step.
    ///
    /// # Panics
    /// If a resource that a system needs is not in the world.
    #[inline]
    pub fn run(&mut self, world: &mut World) {
        for entry in &mut self.entries {
            let ran = entry.system.run_without_applying_deferred((), world);
            ran.expect("the world has the resources that systems need");
        }
    }

    /// The names of the systems in the order in which they run, with their phases.
    pub fn names(&self) -> impl Iterator<Item = (StepSystems, &str)> {
        self.entries.iter().map(|entry| (entry.phase, entry.name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Resource, Default)]
    struct Log(Vec<&'static str>);

    #[test]
    fn systems_run_by_phase_and_then_in_the_order_in_which_they_are_added() {
        let mut schedule = StepSchedule::default();
        schedule.add(StepSystems::Record, "c", |mut log: ResMut<Log>| log.0.push("c"));
        schedule.add(StepSystems::Deliver, "a", |mut log: ResMut<Log>| log.0.push("a"));
        schedule.add(StepSystems::Deliver, "b", |mut log: ResMut<Log>| log.0.push("b"));
        let mut world = World::new();
        world.init_resource::<Log>();
        schedule.initialize(&mut world);
        schedule.run(&mut world);
        assert_eq!(world.resource::<Log>().0, ["a", "b", "c"]);
        assert_eq!(schedule.names().map(|n| n.1).collect::<Vec<_>>(), ["a", "b", "c"]);
    }
}
