//! What a stimulus model implements, and the system that runs it.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;

use crate::column::Column;
use crate::declaration::{Declaration, Parameter, Range};
use crate::error::ParameterError;
use crate::input::{InputSlice, Inputs};
use crate::meter::{Meter, Stopwatch};
use crate::real::Real;
use crate::schedule::{StepSchedule, StepSystems};
use crate::slice::Clock;
use crate::time::{OffGrid, TimeGrid};
use crate::units::{MS, Unit};

/// What a stimulus sends, and so which receptors it may reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StimulusOutput {
    /// Spikes: its weights have the unit of the receptor.
    Spikes,
    /// A current in this unit, or what stands for one: its weights are pure numbers, and it reaches the receptor that takes
    /// currents, which must have the same dimension.
    Current(Unit),
}

/// A stimulus model: the component of one device on the neurons of one slice.
///
/// What a device emits in a step is a function of its parameters and of the step alone, with random numbers from streams: where a
/// protocol changes a parameter, the device is built anew.
pub trait StimulusModel: Component<Mutability = Mutable> + Sized {
    /// The floating-point type of the input buffers.
    type Real: Real;
    /// What the device sends.
    const OUTPUT: StimulusOutput;

    /// The device, connected to its targets on one slice.
    ///
    /// # Errors
    /// Where parameters are each in their range but do not fit together.
    fn new(setup: StimulusSetup<'_>) -> Result<Self, ParameterError>;

    /// Adds to the input of the targets what the device emitted in step `emission`.
    ///
    /// `input` is the whole input buffer of the slice, in which the setup's [`TargetRun`]s point.
    fn drive(&mut self, emission: u64, input: &mut [Self::Real]);
}

/// What a model needs to know to connect a device to the neurons of a slice.
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
    /// What `f` makes of the weights: one number for all targets if they share a weight, otherwise one for each. Cycled,
    /// they go along with the targets.
    #[must_use]
    pub fn map_weights<R: Real>(&self, f: impl Fn(f64) -> f64) -> Vec<R> {
        match &self.weights {
            Column::Shared(weight) => vec![R::from_f64(f(*weight))],
            Column::Each(weights) => weights.iter().map(|w| R::from_f64(f(*w))).collect(),
        }
    }

    /// The values of the `N` declared parameters.
    ///
    /// # Panics
    /// If the declaration does not have `N` parameters.
    #[must_use]
    pub fn values<const N: usize>(&self) -> [f64; N] {
        self.parameters.try_into().expect("the scene gives one value for each declared parameter")
    }
}

/// Targets of a device that lie side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetRun {
    /// The position of the first target in the target view: the index of its random stream.
    pub position: u32,
    /// The place of its input in the input buffer.
    pub input: usize,
    /// How many.
    pub len: usize,
}

/// The slice that a device acts on, and the delay.
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

/// The parameter `start` that stimuli share.
pub const START: Parameter =
    Parameter::new("start", MS, 0.0, "beginning of the activity").within(Range::NonNegative).on_grid();
/// The parameter `stop` that stimuli share.
pub const STOP: Parameter = Parameter::new("stop", MS, f64::INFINITY, "end of the activity")
    .within(Range::NonNegativeOrInfinite)
    .on_grid();

/// The steps in which a stimulus is active: what it emits is stamped later than `start`, up to `stop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    start: u64,
    stop: u64,
}

impl Window {
    /// The window from `start` to `stop`, in ms; `stop` may be infinite.
    ///
    /// # Errors
    /// Where the times are off the grid or in the wrong order.
    pub fn new(start_ms: f64, stop_ms: f64, grid: &TimeGrid) -> Result<Self, ParameterError> {
        let blame = |parameter| move |e: OffGrid| ParameterError::new(parameter, e.to_string());
        let start = grid.steps(start_ms).map_err(blame("start"))?;
        let stop =
            if stop_ms == f64::INFINITY { u64::MAX } else { grid.steps(stop_ms).map_err(blame("stop"))? };
        if stop < start {
            let message = format!("`stop` ({stop_ms} ms) is before `start` ({start_ms} ms)");
            return Err(ParameterError::new("stop", message));
        }
        Ok(Self { start, stop })
    }

    /// The same window for a current, which acts one step after it arrives: it begins and ends a step earlier, so that
    /// over the shortest delay the membrane moves from `start + dt` to `stop`, as in NEST.
    #[must_use]
    pub fn of_current(self) -> Self {
        let earlier = |step: u64| if step == u64::MAX { step } else { step.saturating_sub(1) };
        Self { start: earlier(self.start), stop: earlier(self.stop) }
    }

    /// Whether the stimulus is active in this step.
    #[inline]
    #[must_use]
    pub fn contains(&self, step: u64) -> bool {
        (self.start..self.stop).contains(&step)
    }
}

/// Runs the devices of one model that act before the neurons advance, or those that act after.
fn drive<S: StimulusModel, const ACCUMULATE: bool>(
    clock: Res<Clock>,
    mut devices: Query<(&mut S, &StimulusTarget, Option<&mut Meter>)>,
    slices: Query<&InputSlice>,
    mut inputs: ResMut<Inputs<S::Real>>,
) {
    let mut watch = Stopwatch::default();
    for (mut device, target, meter) in
        devices.iter_mut().filter(|(_, target, _)| target.accumulates == ACCUMULATE)
    {
        if let Some(emission) = clock.step.checked_sub(target.delay) {
            watch.measure(meter, || {
                let slice = slices.get(target.slice).expect("devices act on a slice that stays");
                device.drive(emission, inputs.of(slice).all_mut());
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
                entity.insert((S::new(setup)?, target));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_refuse_what_they_cannot_be() {
        let grid = TimeGrid::new(0.1).unwrap();
        let window = Window::new(1.0, 51.0, &grid).unwrap();
        assert!(!window.contains(9) && window.contains(10) && window.contains(509) && !window.contains(510));
        assert_eq!(Window::new(5.0, 1.0, &grid).unwrap_err().parameter, "stop");
        assert_eq!(Window::new(0.05, 1.0, &grid).unwrap_err().parameter, "start");
        assert!(Window::new(0.0, f64::INFINITY, &grid).unwrap().contains(u64::MAX - 1));
    }
}
