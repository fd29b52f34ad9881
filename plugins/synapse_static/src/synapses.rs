//! The synapses of one projection onto one slice, in the shape that suits them.

use bevy_ecs::prelude::*;
use neuropil_core::math::exp_m1;
use neuropil_core::{
    BuildError, EditSynapse, InputBuffer, Real, Rows, SourceRows, SpikeHistory, StorageSize, Synapse,
    SynapseModel, SynapsePlan, SynapseSetup, TargetIndex,
};

use crate::store::{Store, shared_delay};

/// Static synapses of one projection that end on one slice.
#[derive(Component, Clone, Debug)]
pub struct StaticSynapses<R: Real> {
    sources: Vec<SourceRows>,
    store: AnyStore<R>,
    shape: Shape,
}

/// The arrays, with 16-bit targets wherever they suffice.
#[derive(Clone, Debug)]
enum AnyStore<R> {
    Narrow(Store<u16, R>),
    Wide(Store<u32, R>),
}

/// Counters of arrivals have 16 bits; a target with more synapses of one projection takes weights one by one.
/// This depends on the network alone, never on its partition.
const MAX_COUNTED_INDEGREE: u64 = u16::MAX as u64;

/// How synapses are stored.
#[derive(Clone, Copy, Debug)]
struct Shape {
    narrow: bool,
    shared_weight: Option<f64>,
    shared_delay: bool,
}

impl Shape {
    fn choose(plan: &SynapsePlan<'_>) -> Self {
        let [weight, _] = plan.parameters else { unreachable!("two parameters are declared") };
        let all_equal = !plan.own_weights && !plan.zero_mean && plan.max_indegree <= MAX_COUNTED_INDEGREE;
        let shared_weight = weight.constant().filter(|_| all_equal);
        let narrow = plan.n_inputs <= u16::LIMIT;
        Self { narrow, shared_weight, shared_delay: shared_delay(plan).is_some() }
    }

    /// The memory of `plan` in this shape; segments of equal delay take 12 bytes each and are estimated.
    fn size(&self, plan: &SynapsePlan<'_>) -> StorageSize {
        let rows = if self.narrow { Rows::<u16>::bytes_for } else { Rows::<u32>::bytes_for };
        let per_weight = if self.shared_weight.is_some() { 0 } else { plan.precision.bytes() };
        let weights = plan.n_synapses.saturating_mul(per_weight);
        let segments = if self.shared_delay { 0 } else { self.expected_segments(plan).saturating_mul(12) };
        let bytes = rows(plan.n_rows, plan.n_synapses).saturating_add(weights).saturating_add(segments);
        StorageSize { n_synapses: plan.n_synapses, bytes, shape: self.to_string() }
    }

    fn expected_segments(&self, plan: &SynapsePlan<'_>) -> u64 {
        let [_, delay] = plan.parameters else { return 0 };
        let (low, high) = plan.own_delays.unwrap_or_else(|| delay.bounds());
        // Of so many delays, those that the synapses of a row have.
        let delays = ((high - low) / plan.grid.dt_ms()).round() + 1.0;
        let rows = f64::from(plan.n_rows.max(1));
        let per_row = -delays * exp_m1(-(plan.n_synapses as f64) / (rows * delays));
        (rows * per_row) as u64 + u64::from(plan.n_rows)
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let index = if self.narrow { "u16" } else { "u32" };
        let weight = if self.shared_weight.is_some() { "shared weight" } else { "weights" };
        let delay = if self.shared_delay { "shared delay" } else { "delays" };
        write!(f, "rows of {index}, {weight}, {delay}")
    }
}

impl<R: Real> SynapseModel for StaticSynapses<R> {
    type Real = R;

    fn new(setup: &SynapseSetup<'_>) -> Result<Self, BuildError> {
        let shape = Shape::choose(&setup.plan);
        if setup.plan.n_inputs > u32::LIMIT {
            return Err(BuildError::TooManyInputs { inputs: setup.plan.n_inputs });
        }
        let store = if shape.narrow {
            AnyStore::Narrow(Store::new(setup, shape.shared_weight)?)
        } else {
            AnyStore::Wide(Store::new(setup, shape.shared_weight)?)
        };
        Ok(Self { sources: setup.sources.clone(), store, shape })
    }

    fn deliver(&mut self, step: u64, history: &SpikeHistory, input: &mut InputBuffer<R>) -> u64 {
        let input = input.all_mut();
        match &mut self.store {
            AnyStore::Narrow(store) => store.deliver(step, history, &self.sources, input),
            AnyStore::Wide(store) => store.deliver(step, history, &self.sources, input),
        }
    }

    fn edit(&mut self, edit: &mut EditSynapse<'_>) -> Result<(), BuildError> {
        self.shape.shared_weight = None;
        match &mut self.store {
            AnyStore::Narrow(store) => store.edit(edit),
            AnyStore::Wide(store) => store.edit(edit),
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(Synapse)) {
        match &self.store {
            AnyStore::Narrow(store) => store.visit(visit),
            AnyStore::Wide(store) => store.visit(visit),
        }
    }

    fn size(&self) -> StorageSize {
        let lookup: u64 = self.sources.iter().map(SourceRows::bytes).sum();
        let (n_synapses, bytes) = match &self.store {
            AnyStore::Narrow(store) => (store.n_synapses(), store.bytes()),
            AnyStore::Wide(store) => (store.n_synapses(), store.bytes()),
        };
        StorageSize { n_synapses, bytes: bytes + lookup, shape: self.shape.to_string() }
    }

    fn plan(plan: &SynapsePlan<'_>) -> StorageSize {
        Shape::choose(plan).size(plan)
    }
}
