//! Which synapses a partition stores together.

use neuropil_core::{Precision, Slice, SynapsePlan};

use crate::description::{Network, Projection, Source};
use crate::setups::synapse_plan;

/// Synapses that are stored together: projections from the same sources, each onto another slice.
#[derive(Debug)]
pub(crate) struct Tract<'a> {
    pub(crate) parts: Vec<TractPart<'a>>,
}

/// The synapses of a projection onto a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TractPart<'a> {
    /// The projection, by its number in the network.
    pub(crate) projection: usize,
    pub(crate) slice: Slice,
    pub(crate) plan: SynapsePlan<'a>,
}

/// The synapses of each projection onto each slice of a partition: of each population the slice, with the place of its first
/// input among those of the partition.
pub(crate) fn tract_parts<'a>(
    network: &'a Network,
    slices: Vec<Option<(Slice, u64)>>,
    precision: Precision,
) -> impl Iterator<Item = TractPart<'a>> {
    let parts_of = move |(number, projection): (usize, &'a Projection)| {
        let part = |population: u32| {
            let Source::Neurons(sources) = &projection.source else { return None };
            let (slice, first_input) = slices[population as usize]?;
            let plan = synapse_plan(network, projection, sources, &slice, precision);
            let plan = SynapsePlan { first_input, ..plan };
            Some(TractPart { projection: number, slice, plan })
        };
        projection.target.populations().into_iter().filter_map(part).collect::<Vec<_>>()
    };
    network.projections.iter().enumerate().flat_map(parts_of)
}

/// Sorts the parts of all projections, which come in the order of the network, into tracts.
///
/// The order in which the inputs of a neuron are added may not depend on what is stored together: on each slice, tracts end in
/// the order of its projections.
pub(crate) fn tracts<'a>(
    network: &Network,
    parts: impl IntoIterator<Item = TractPart<'a>>,
) -> Vec<Tract<'a>> {
    let mut tracts: Vec<Tract<'a>> = Vec::new();
    // For each population the tracts up to the last that ends there: no further synapses may go to them.
    let mut closed = vec![0; network.populations.len()];
    for part in parts {
        let closed = &mut closed[part.slice.population as usize];
        let mut open = if part.may_join(network) { *closed..tracts.len() } else { 0..0 };
        let joined = open.find(|&number| tracts[number].takes(network, &part));
        let number = joined.unwrap_or(tracts.len());
        match tracts.get_mut(number) {
            Some(tract) => tract.parts.push(part),
            None => tracts.push(Tract { parts: vec![part] }),
        }
        *closed = number + 1;
    }
    tracts.iter_mut().for_each(Tract::count);
    tracts
}

impl TractPart<'_> {
    /// Whether the model might store it with others.
    fn may_join(&self, network: &Network) -> bool {
        let model = network.synapses[network.projections[self.projection].synapse].model;
        model.joins(&[self.plan])
    }
}

impl Tract<'_> {
    /// Tells all plans how many synapses are stored together.
    fn count(&mut self) {
        let n_together = self.parts.iter().map(|part| part.plan.n_synapses).sum();
        self.parts.iter_mut().for_each(|part| part.plan.n_together = n_together);
    }

    /// Whether a part is better stored with those of this tract.
    fn takes(&self, network: &Network, part: &TractPart<'_>) -> bool {
        let projection = |part: &TractPart<'_>| &network.projections[part.projection];
        let (first, new) = (projection(&self.parts[0]), projection(part));
        let model = |synapse: usize| network.synapses[synapse].model;
        let accumulates =
            |part: &TractPart<'_>| part.plan.receptor_choice.declaration.holds_state_in_receptors();
        let same_sources = match (&first.source, &new.source) {
            (Source::Neurons(first), Source::Neurons(new)) => first == new,
            _ => false,
        };
        let same_model = model(first.synapse).declaration.name == model(new.synapse).declaration.name;
        if !(same_sources && same_model && accumulates(&self.parts[0]) == accumulates(part)) {
            return false;
        }
        let plans: Vec<_> = self.parts.iter().chain([part]).map(|part| part.plan).collect();
        model(new.synapse).joins(&plans)
    }
}
