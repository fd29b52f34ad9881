//! What an action of a protocol implements.

use crate::actor::access::Access;
use crate::actor::access_error::AccessError;
use crate::actor::setup::ActorSetup;
use crate::declare::page::Page;
use crate::declare::parameters::Parameters;
use crate::error::ParameterError;
use crate::number::real::{PerPrecision, Real};
use crate::step::schedule::StepSchedule;

/// An action: what a protocol does at a point in time, on the neurons that it names with `of`.
///
/// Every partition carries it out on the neurons that it owns. Random numbers are indexed by the position of a neuron in the
/// view.
///
/// ```
/// use neuropil_core::prelude::*;
/// use neuropil_core::{Access, AccessError, ActionModel, ActorSetup};
///
/// /// Moves the membrane potential by an amount.
/// #[derive(Action)]
/// #[model("kick")]
/// pub struct Kick;
///
/// #[derive(Parameters)]
/// pub struct KickParameters {
///     /// By how much.
///     #[parameter(MV, default = 5.0)]
///     by: f64,
/// }
///
/// impl ActionModel for Kick {
///     type Parameters = KickParameters;
///
///     fn check(_: &KickParameters, setup: &ActorSetup<'_>) -> Result<(), ParameterError> {
///         setup.require_state("V_m")
///     }
///
///     fn apply(kick: &KickParameters, access: &mut Access<'_>) -> Result<(), AccessError> {
///         access.change_state(access.view(), "V_m", |_, before| before + kick.by)
///     }
/// }
/// ```
pub trait ActionModel: Page + Send + Sync + 'static {
    /// Its parameters, besides `of`.
    type Parameters: Parameters;

    /// Checks the parameters, before anything is built.
    ///
    /// # Errors
    /// Where the parameters do not fit together, or not the network.
    fn check(parameters: &Self::Parameters, setup: &ActorSetup<'_>) -> Result<(), ParameterError> {
        let _ = (parameters, setup);
        Ok(())
    }

    /// Carries it out on this partition's neurons.
    ///
    /// # Errors
    /// Where it asks for something that the network does not have, or a model refuses a value: the run breaks off.
    fn apply(parameters: &Self::Parameters, access: &mut Access<'_>) -> Result<(), AccessError>;

    /// Adds systems of its own, which run in every step of networks whose protocol has such an action.
    fn add_systems<R: Real>(schedule: &mut StepSchedule) {
        let _ = schedule;
    }
}

/// The functions of one action, behind function pointers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActionHooks {
    pub(crate) check: fn(&ActorSetup<'_>) -> Result<(), ParameterError>,
    pub(crate) apply: fn(&[f64], &mut Access<'_>) -> Result<(), AccessError>,
    pub(crate) add_systems: PerPrecision<fn(&mut StepSchedule)>,
}

impl ActionHooks {
    pub(crate) fn new<M: ActionModel>() -> Self {
        Self {
            check: |setup| M::check(&M::Parameters::from_values(setup.parameters), setup),
            apply: |values, access| M::apply(&M::Parameters::from_values(values), access),
            add_systems: PerPrecision { f32: M::add_systems::<f32>, f64: M::add_systems::<f64> },
        }
    }
}
