//! The synapses of one projection onto one slice, in the shape that suits them.

use bevy_ecs::prelude::*;
use neuropil_core::{
    BuildError, EditSynapse, InputBuffer, ParameterError, Real, SourceRows, SpikeHistory, StorageSize,
    Synapse, SynapseModel, SynapsePlan, SynapseSetup, TargetIndex,
};

use crate::shape::Shape;
use crate::store::Store;

/// Static synapses of one projection that end on one slice.
#[derive(Component, Debug)]
pub struct StaticSynapses<R: Real> {
    sources: Vec<SourceRows>,
    store: Box<dyn Store<R>>,
    shape: Shape,
}

impl<R: Real> SynapseModel for StaticSynapses<R> {
    type Real = R;

    fn new(setup: &SynapseSetup<'_>) -> Result<Self, BuildError> {
        if setup.plan.n_inputs > u32::LIMIT {
            return Err(BuildError::TooManyInputs { inputs: setup.plan.n_inputs });
        }
        let shape = Shape::choose(&setup.plan)?;
        Ok(Self { sources: setup.sources.clone(), store: shape.build(setup)?, shape })
    }

    fn deliver(&mut self, step: u64, history: &SpikeHistory, input: &mut InputBuffer<R>) -> u64 {
        self.store.deliver(step, history, &self.sources, input.all_mut())
    }

    fn edit(&mut self, edit: &mut EditSynapse<'_>) -> Result<(), BuildError> {
        if let Some(store) = self.store.edit(edit)? {
            self.store = store;
        }
        Ok(())
    }

    fn visit(&self, visit: &mut dyn FnMut(Synapse)) {
        self.store.visit(visit);
    }

    fn size(&self) -> StorageSize {
        let lookup: u64 = self.sources.iter().map(SourceRows::bytes).sum();
        StorageSize {
            n_synapses: self.store.n_synapses(),
            bytes: self.store.bytes() + lookup,
            shape: self.shape.to_string(),
        }
    }

    fn plan(plan: &SynapsePlan<'_>) -> Result<StorageSize, ParameterError> {
        Ok(Shape::choose(plan)?.size(plan))
    }
}
