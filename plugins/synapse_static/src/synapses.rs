//! The synapses of one projection onto one slice, or of several from the same sources, in the shape that suits them.

use bevy_ecs::prelude::*;
use neuropil_core::{
    EditSynapse, ParameterError, Real, SourceRows, SpikeHistory, StorageError, StorageSize, Synapse,
    SynapseModel, SynapsePlan, SynapseSetup, TargetIndex,
};

use crate::shape::{Shape, share_of_bytes};
use crate::store::Store;

/// Static synapses of one projection that end on one slice, or of several projections from the same sources.
#[derive(Component, Debug)]
pub struct StaticSynapses<R: Real> {
    sources: Vec<SourceRows>,
    store: Box<dyn Store<R>>,
    shape: Shape,
    /// The place of the first input that they reach.
    first_input: usize,
}

impl<R: Real> SynapseModel for StaticSynapses<R> {
    type Real = R;

    fn joins(parts: &[SynapsePlan<'_>]) -> bool {
        Shape::joins(parts)
    }

    fn new(parts: &[SynapseSetup<'_>]) -> Result<Self, StorageError> {
        let SynapseSetup { plan, sources, .. } = &parts[0];
        if plan.n_inputs > u32::LIMIT {
            return Err(StorageError::TooManyInputs { inputs: plan.n_inputs });
        }
        let shape = Shape::choose(plan)?;
        let first_input = parts.iter().map(|part| part.plan.first_input).min().unwrap_or(0);
        Ok(Self {
            sources: sources.clone(),
            store: shape.build(parts)?,
            shape,
            first_input: first_input as usize,
        })
    }

    fn deliver(&mut self, step: u64, history: &SpikeHistory, inputs: &mut [R]) -> u64 {
        self.store.deliver(step, history, &self.sources, &mut inputs[self.first_input..])
    }

    fn edit(&mut self, part: usize, edit: &mut EditSynapse<'_>) -> Result<(), StorageError> {
        if let Some(store) = self.store.edit(part, edit)? {
            self.store = store;
        }
        Ok(())
    }

    fn visit(&self, part: usize, visit: &mut dyn FnMut(Synapse)) {
        self.store.visit(part, visit);
    }

    fn size(&self, part: usize) -> StorageSize {
        let lookup: u64 = self.sources.iter().map(SourceRows::bytes).sum();
        let n_synapses = self.store.n_synapses(part);
        let bytes = share_of_bytes(self.store.bytes() + lookup, n_synapses, self.store.n_all_synapses());
        StorageSize { n_synapses, bytes, shape: self.shape.to_string() }
    }

    fn plan(plan: &SynapsePlan<'_>) -> Result<StorageSize, ParameterError> {
        Ok(Shape::choose(plan)?.size(plan))
    }
}
