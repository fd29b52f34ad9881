//! What a plugin adds to the steps of every network.

use crate::number::real::Real;
use crate::step::schedule::StepSchedule;

/// Systems that run in every network of a program whose plugin registers them, with [`Registry::add_systems`].
///
/// They are ordinary systems of bevy, over [`Slice`], [`Fired`], [`InputSlice`] and [`Inputs`], [`Clock`], [`StepSpikes`] and
/// whatever components and resources a plugin brings. They run in the order of phases, and in a phase after those of the
/// models, as they were registered. What only some scenes want belongs to a [`ProcessModel`] or an [`ActionModel`].
///
/// ```
/// use bevy_ecs::prelude::*;
/// use neuropil_core::{InputSlice, Inputs, Real, StepSchedule, StepSystems, Systems};
///
/// /// Takes a thousandth of what arrives away.
/// struct Leaky;
///
/// impl Systems for Leaky {
///     fn add_to<R: Real>(schedule: &mut StepSchedule) {
///         schedule.add(StepSystems::Deliver, "leak", leak::<R>);
///     }
/// }
///
/// fn leak<R: Real>(mut inputs: ResMut<Inputs<R>>, slices: Query<&InputSlice>) {
///     for slice in &slices {
///         inputs.of(slice).all_mut().iter_mut().for_each(|x| *x = *x * R::from_f64(0.999));
///     }
/// }
/// ```
///
/// [`Registry::add_systems`]: crate::Registry::add_systems
/// [`Slice`]: crate::Slice
/// [`Fired`]: crate::Fired
/// [`InputSlice`]: crate::InputSlice
/// [`Inputs`]: crate::Inputs
/// [`Clock`]: crate::Clock
/// [`StepSpikes`]: crate::StepSpikes
/// [`ProcessModel`]: crate::ProcessModel
/// [`ActionModel`]: crate::ActionModel
pub trait Systems {
    /// Adds the systems to the schedule of a partition that computes in `R`.
    fn add_to<R: Real>(schedule: &mut StepSchedule);
}
