//! Actions behind function pointers.

use crate::actor::access::Access;
use crate::actor::access_error::AccessError;
use crate::actor::action::{ActionHooks, ActionModel};
use crate::actor::setup::ActorSetup;
use crate::declare::declaration::{Declaration, ModelKind};
use crate::declare::page::declaration_of;
use crate::error::ParameterError;
use crate::number::real::Real;
use crate::step::schedule::StepSchedule;

/// A registered action.
#[derive(Clone, Copy, Debug)]
pub struct ActionEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    hooks: ActionHooks,
}

/// Names are unique in a registry.
impl PartialEq for ActionEntry {
    fn eq(&self, other: &Self) -> bool {
        self.declaration.name == other.declaration.name
    }
}

impl ActionEntry {
    pub(super) fn new<M: ActionModel>() -> Self {
        let declaration = const { &declaration_of::<M, M::Parameters>(ModelKind::Action) };
        Self { declaration, hooks: ActionHooks::new::<M>() }
    }

    /// Checks a set of parameters.
    ///
    /// # Errors
    /// Where the parameters do not fit together, or not the network.
    pub fn check(&self, setup: &ActorSetup<'_>) -> Result<(), ParameterError> {
        (self.hooks.check)(setup)
    }

    /// Carries it out on a partition.
    ///
    /// # Errors
    /// Where it asks for something that the network does not have, or a model refuses a value.
    pub fn apply(&self, parameters: &[f64], access: &mut Access<'_>) -> Result<(), AccessError> {
        (self.hooks.apply)(parameters, access)
    }

    /// Adds the systems of the action to a schedule.
    pub fn add_systems<R: Real>(&self, schedule: &mut StepSchedule) {
        self.hooks.add_systems.of::<R>()(schedule);
    }
}
