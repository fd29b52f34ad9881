//! What the plan of a projection says to all shapes of storage.

use neuropil_core::{SynapsePlan, Value};

/// What a scene may ask for, in the order of the words of the parameter.
pub(crate) const STORAGES: [&str; 4] = ["auto", "rows", "bits", "dense"];

/// The values of the declared parameters.
pub(crate) struct Parameters<'a> {
    pub(crate) weight: &'a Value,
    pub(crate) delay: &'a Value,
    pub(crate) storage: usize,
}

pub(crate) fn parameters<'a>(plan: &SynapsePlan<'a>) -> Parameters<'a> {
    let [weight, delay, storage] = plan.parameters else { unreachable!("three parameters are declared") };
    Parameters { weight, delay, storage: storage.constant().unwrap_or(0.0) as usize }
}

/// The smallest and the largest delay, in ms.
pub(crate) fn delay_bounds(plan: &SynapsePlan<'_>) -> (f64, f64) {
    plan.own_delays.unwrap_or_else(|| parameters(plan).delay.bounds())
}

/// The delay in steps, if all synapses share it.
pub(crate) fn shared_delay(plan: &SynapsePlan<'_>) -> Option<u64> {
    let delay = match plan.own_delays {
        Some((low, high)) => (low == high).then_some(low),
        None => parameters(plan).delay.constant(),
    };
    delay.map(|delay| plan.grid.delay_steps(delay))
}

/// Counters of arrivals have 16 bits; a target with more synapses of one projection takes weights one by one.
/// This depends on the network alone, never on its partition.
const MAX_COUNTED_INDEGREE: u64 = u16::MAX as u64;

/// The weight, if all synapses share it.
pub(crate) fn shared_weight(plan: &SynapsePlan<'_>) -> Option<f64> {
    let all_equal = !plan.own_weights && !plan.zero_mean && plan.max_indegree <= MAX_COUNTED_INDEGREE;
    parameters(plan).weight.constant().filter(|_| all_equal)
}

/// The number of neurons of the slice.
pub(crate) fn n_targets(plan: &SynapsePlan<'_>) -> u64 {
    plan.n_inputs / plan.receptor_choice.declaration.receptors.len().max(1) as u64
}
