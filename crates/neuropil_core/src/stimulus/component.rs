//! The component that a stimulus is on a slice, and the system that runs it.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;

use crate::declare::declaration::Declaration;
use crate::declare::parameters::Parameters;
use crate::declare::units::Unit;
use crate::error::ParameterError;
use crate::number::column::Column;
use crate::number::real::Real;
use crate::step::input::{InputSlice, Inputs};
use crate::step::meter::{Meter, Stopwatch};
use crate::step::schedule::{StepSchedule, StepSystems};
use crate::step::slice::Clock;
use crate::time::TimeGrid;

/// What a stimulus sends, and so which receptors it may reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StimulusOutput {
    /// Spikes: its weights have the unit of the receptor.
    Spikes,
    /// A current in this unit, or what stands for one: its weights are pure numbers, and it reaches the receptor that takes
    /// currents, which must have the same dimension.
    Current(Unit),
}

/// A stimulus model: the component of one stimulus on the neurons of one slice.
///
/// What a stimulus emits is a function of its parameters and of the step, with random numbers from streams, and of what it keeps for
/// each target. Where a protocol changes a parameter, the stimulus is built anew. Most models are written as a
/// [`Stimulus`](crate::Stimulus), which is made such a component.
pub trait StimulusModel: Component<Mutability = Mutable> + Sized {
    /// The floating-point type of the input buffers.
    type Real: Real;
    /// What the stimulus sends.
    const OUTPUT: StimulusOutput;

    /// The stimulus, connected to its targets on one slice.
    ///
    /// # Errors
    /// Where parameters are each in their range but do not fit together.
    fn new(setup: StimulusSetup<'_>) -> Result<Self, ParameterError>;

    /// Adds to the input of the targets what the stimulus emitted in step `emission`.
    ///
    /// `input` is the whole input buffer of the slice, in which the setup's [`TargetRun`]s point.
    fn drive(&mut self, emission: u64, input: &mut [Self::Real]);

    /// Goes on where the same stimulus with other parameters has been: takes over what that kept for its targets.
    fn take_over(&mut self, _before: &Self) {}
}

/// What a model needs to know to connect a stimulus to the neurons of a slice.
pub struct StimulusSetup<'a> {
    /// The values of the declared parameters, in order.
    pub parameters: &'a [f64],
    /// The grid of time.
    pub grid: TimeGrid,
    /// The seed of the simulation.
    pub seed: u64,
    /// The number of the projection in the scene, the entity of its random streams.
    pub projection: u32,
    /// The targets, in ascending order.
    pub targets: Vec<TargetRun>,
    /// The weights of the targets, in the same order.
    pub weights: Column,
}

impl StimulusSetup<'_> {
    /// What `f` makes of the weights: one number for all targets if they share a weight, otherwise one for each.
    #[must_use]
    pub fn map_weights<R: Real>(&self, f: impl Fn(f64) -> f64) -> Column<R> {
        match &self.weights {
            Column::Shared(weight) => Column::Shared(R::from_f64(f(*weight))),
            Column::Each(weights) => Column::Each(weights.iter().map(|w| R::from_f64(f(*w))).collect()),
        }
    }

    /// The declared parameters.
    #[must_use]
    pub fn values<P: Parameters>(&self) -> P {
        P::from_values(self.parameters)
    }
}

/// Targets of a stimulus that lie side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetRun {
    /// The position of the first target in the target view: the index of its random stream.
    pub position: u32,
    /// The place of its input in the input buffer.
    pub input: usize,
    /// How many.
    pub len: usize,
}

/// The slice that a stimulus acts on, and the delay.
#[derive(Component, Clone, Copy, Debug)]
#[component(immutable)]
pub struct StimulusTarget {
    /// The entity of the slice.
    pub slice: Entity,
    /// How many of its neurons.
    pub n_targets: u64,
    /// The delay, in steps.
    pub delay: u64,
    /// Whether it adds to state that receptors hold, after the neurons have advanced.
    pub accumulates: bool,
}

/// Runs the stimuli of one model that act before the neurons advance, or those that act after.
fn drive<S: StimulusModel, const ACCUMULATE: bool>(
    clock: Res<Clock>,
    mut stimuli: Query<(&mut S, &StimulusTarget, Option<&mut Meter>)>,
    slices: Query<&InputSlice>,
    mut inputs: ResMut<Inputs<S::Real>>,
) {
    let mut watch = Stopwatch::default();
    for (mut stimulus, target, meter) in
        stimuli.iter_mut().filter(|(_, target, _)| target.accumulates == ACCUMULATE)
    {
        if let Some(emission) = clock.step.checked_sub(target.delay) {
            watch.measure(meter, || {
                let slice = slices.get(target.slice).expect("stimuli act on a slice that stays");
                stimulus.drive(emission, inputs.of(slice).all_mut());
                target.n_targets
            });
        }
    }
}

/// The functions of one stimulus model and one precision, behind function pointers.
#[derive(Clone, Copy)]
pub(crate) struct StimulusHooks {
    pub(crate) spawn:
        fn(&mut EntityWorldMut<'_>, StimulusSetup<'_>, StimulusTarget) -> Result<(), ParameterError>,
    pub(crate) check: fn(StimulusSetup<'_>) -> Result<(), ParameterError>,
    pub(crate) add_systems: fn(&mut StepSchedule, &Declaration, bool),
}

impl StimulusHooks {
    pub(crate) fn new<S: StimulusModel>() -> Self {
        Self {
            spawn: |entity, setup, target| {
                let mut stimulus = S::new(setup)?;
                entity.get::<S>().into_iter().for_each(|before| stimulus.take_over(before));
                entity.insert((stimulus, target));
                Ok(())
            },
            check: |setup| S::new(setup).map(|_| ()),
            add_systems: |schedule, declaration, accumulate| {
                let name = format!("drive {}", declaration.name);
                if accumulate {
                    schedule.add(StepSystems::Accumulate, name, drive::<S, true>);
                } else {
                    schedule.add(StepSystems::Stimulate, name, drive::<S, false>);
                }
            },
        }
    }
}
