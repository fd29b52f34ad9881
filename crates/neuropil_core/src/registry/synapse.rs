//! Synapse models behind function pointers.

use bevy_ecs::prelude::*;

use crate::declare::declaration::Declaration;
use crate::error::{ParameterError, StorageError};
use crate::number::real::{PerPrecision, Precision, Real};
use crate::step::schedule::StepSchedule;
use crate::synapse::model::{EditSynapse, Synapse, SynapseHooks};
use crate::synapse::setup::{StorageSize, SynapsePlan, SynapseSetup};

/// A registered synapse model.
#[derive(Clone, Copy)]
pub struct SynapseEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    pub(super) hooks: PerPrecision<SynapseHooks>,
}

impl SynapseEntry {
    /// Whether the model stores synapses of these plans together.
    #[must_use]
    pub fn joins(&self, parts: &[SynapsePlan<'_>]) -> bool {
        match parts.first().map(|plan| plan.precision) {
            Some(Precision::F32) => (self.hooks.f32.joins)(parts),
            Some(Precision::F64) => (self.hooks.f64.joins)(parts),
            None => false,
        }
    }

    /// Gives an entity the synapses of one part, or of several that the model joins.
    ///
    /// # Errors
    /// Where memory runs out or parameters do not fit together.
    pub fn spawn<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        parts: &[SynapseSetup<'_>],
    ) -> Result<(), StorageError> {
        (self.hooks.of::<R>().spawn)(entity, parts)
    }

    /// What the synapses of a plan would take.
    ///
    /// # Errors
    /// Where the parameters do not fit together, or do not fit the projection.
    pub fn plan(&self, plan: &SynapsePlan<'_>) -> Result<StorageSize, ParameterError> {
        match plan.precision {
            Precision::F32 => (self.hooks.f32.plan)(plan),
            Precision::F64 => (self.hooks.f64.plan)(plan),
        }
    }

    /// Gives every synapse of a part of an entity to `edit`; what it returns becomes the weight.
    ///
    /// # Errors
    /// Where memory runs out or no receptor takes a weight.
    pub fn edit<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        part: usize,
        edit: &mut EditSynapse<'_>,
    ) -> Result<(), StorageError> {
        (self.hooks.of::<R>().edit)(entity, part, edit)
    }

    /// Shows every synapse of a part of an entity.
    pub fn visit<R: Real>(&self, entity: EntityRef<'_>, part: usize, visit: &mut dyn FnMut(Synapse)) {
        (self.hooks.of::<R>().visit)(entity, part, visit);
    }

    /// The size of a part of an entity; `None` if it has no synapses of this model.
    #[must_use]
    pub fn size<R: Real>(&self, entity: EntityRef<'_>, part: usize) -> Option<StorageSize> {
        (self.hooks.of::<R>().size)(entity, part)
    }

    /// Adds the system of the model to a schedule: for the synapses that act before the neurons advance, or for those
    /// that add to state that receptors hold.
    pub fn add_systems<R: Real>(&self, schedule: &mut StepSchedule, accumulate: bool) {
        (self.hooks.of::<R>().add_systems)(schedule, self.declaration, accumulate);
    }
}
