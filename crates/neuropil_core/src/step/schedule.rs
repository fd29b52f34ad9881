//! The schedule of one time step.

use std::ops::Range;

use bevy_ecs::prelude::*;
use bevy_ecs::system::BoxedSystem;

use crate::step::history::Heard;

/// The phases of a time step, in order. Plugins add their systems to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StepSystems {
    /// Stimuli add their spikes and currents to the input buffers.
    Stimulate,
    /// Projections add the spikes that arrive in this step to the input buffers.
    Deliver,
    /// Neurons advance by one step, take their input and fire.
    Integrate,
    /// Stimuli and projections add what arrives in this step to the state of neurons whose receptors hold it.
    Accumulate,
    /// Plastic synapses change.
    Learn,
    /// Recorders read the state at the end of the step.
    Record,
    /// Spikes go to the outbox, and the clock advances.
    Advance,
    /// The spikes of all partitions in a step are known ([`StepSpikes`](crate::StepSpikes)): this phase runs once for each
    /// step as the others do, but later, after the exchange. The state is then that of a later step, which one depends on how
    /// many partitions there are: what runs here listens to spikes alone.
    Listen,
}

impl StepSystems {
    /// All phases, in order.
    pub const ALL: [Self; 8] = [
        Self::Stimulate,
        Self::Deliver,
        Self::Integrate,
        Self::Accumulate,
        Self::Learn,
        Self::Record,
        Self::Advance,
        Self::Listen,
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
    /// Those of the phase that follows the exchange.
    listeners: Vec<Entry>,
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
        let entry = Entry { phase, name: name.into(), system: Box::new(IntoSystem::into_system(system)) };
        if phase == StepSystems::Listen {
            self.listeners.push(entry);
        } else {
            let place = self.entries.partition_point(|entry| entry.phase <= phase);
            self.entries.insert(place, entry);
        }
    }

    /// Lets the systems find what they need in the world.
    pub fn initialize(&mut self, world: &mut World) {
        for entry in self.entries.iter_mut().chain(&mut self.listeners) {
            entry.system.initialize(world);
        }
    }

    /// Runs one time step.
    ///
    /// # Panics
    /// If a resource that a system needs is not in the world.
    #[inline]
    pub fn run(&mut self, world: &mut World) {
        call(&mut self.entries, world);
    }

    /// Lets the systems of [`StepSystems::Listen`] hear the spikes of steps that have been exchanged.
    ///
    /// # Panics
    /// If a resource that a system needs is not in the world.
    pub fn listen(&mut self, steps: Range<u64>, world: &mut World) {
        if self.listeners.is_empty() {
            return;
        }
        for step in steps {
            world.insert_resource(Heard { step });
            call(&mut self.listeners, world);
        }
    }

    /// The names of the systems in the order in which they run, with their phases.
    pub fn names(&self) -> impl Iterator<Item = (StepSystems, &str)> {
        self.entries.iter().chain(&self.listeners).map(|entry| (entry.phase, entry.name.as_str()))
    }
}

#[inline]
fn call(entries: &mut [Entry], world: &mut World) {
    for entry in entries {
        let ran = entry.system.run_without_applying_deferred((), world);
        ran.expect("the world has the resources that systems need");
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

    #[test]
    fn listeners_run_once_for_each_step_that_was_exchanged() {
        #[derive(Resource, Default)]
        struct Steps(Vec<u64>);
        let mut schedule = StepSchedule::default();
        schedule.add(StepSystems::Listen, "listen", |heard: Res<Heard>, mut steps: ResMut<Steps>| {
            steps.0.push(heard.step);
        });
        let mut world = World::new();
        world.init_resource::<Steps>();
        world.init_resource::<Heard>();
        schedule.initialize(&mut world);
        schedule.run(&mut world);
        schedule.listen(3..5, &mut world);
        assert_eq!(world.resource::<Steps>().0, [3, 4]);
    }
}
