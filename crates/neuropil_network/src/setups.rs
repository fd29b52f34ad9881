//! What models need to know to act on a slice: its neurons, the synapses of a projection, a stimulus.

use neuropil_core::rule::Sizes;
use neuropil_core::{Column, Precision, Slice, SliceSetup, StimulusSetup, SynapsePlan, Value, View};

use crate::description::{Network, Projection, Source};
use crate::stimulus_targets::stimulus_targets;

/// What the neurons of a slice need to know.
pub(crate) fn slice_setup<'a>(network: &Network, slice: Slice, parameters: &'a [Column]) -> SliceSetup<'a> {
    let sends_current = |projection: &Projection| match projection.source {
        Source::Stimulus(number) => network.stimuli[number].sends_current(),
        Source::Neurons(_) => false,
    };
    let mut onto = network.projections.iter().filter(|p| p.target.populations().contains(&slice.population));
    let stimulated = onto.any(sends_current) || network.is_extended();
    SliceSetup { slice, grid: network.grid, seed: network.seed, parameters, stimulated }
}

/// What the stimulus of a projection needs to know to act on a slice.
pub(crate) fn stimulus_setup<'a>(
    network: &Network,
    projection: usize,
    parameters: &'a [f64],
    slice: &Slice,
) -> StimulusSetup<'a> {
    let synapse = &network.synapses[network.projections[projection].synapse];
    let weight = synapse.parameter("weight").unwrap_or(&Value::Constant(1.0));
    let (targets, weights) = stimulus_targets(network, projection, weight, slice);
    StimulusSetup {
        parameters,
        grid: network.grid,
        seed: network.seed,
        projection: projection as u32,
        targets,
        weights,
    }
}

/// What decides how the synapses of a projection onto a slice are stored.
pub(crate) fn synapse_plan<'a>(
    network: &'a Network,
    projection: &'a Projection,
    sources: &View,
    slice: &Slice,
    precision: Precision,
) -> SynapsePlan<'a> {
    let (rule, target) = (&projection.rule, &projection.target);
    let receptor_choice = projection.receptor_choice(network, slice.population);
    let targets = target.neurons_in(slice.population, slice.start, slice.start + slice.len);
    let n_targets: u64 = targets.iter().map(|part| u64::from(part.len)).sum();
    let sizes = Sizes::of(sources, target);
    let expected = rule.expected(sizes);
    let share = n_targets as f64 / f64::from(target.len().max(1));
    let n_synapses = (share * expected.mean) as u64;
    SynapsePlan {
        n_rows: sources.len(),
        first_input: 0,
        n_inputs: receptor_choice.declaration.receptors.len() as u64 * u64::from(slice.len),
        n_synapses,
        n_together: n_synapses,
        complete: rule.is_complete() && n_targets == u64::from(slice.len),
        max_indegree: rule.max_indegree(sizes),
        parameters: &network.synapses[projection.synapse].parameters,
        own_weights: rule.own_weights().is_some(),
        own_delays: rule.own_delays(),
        zero_mean: projection.zero_mean,
        receptor_choice,
        precision,
        grid: network.grid,
    }
}
