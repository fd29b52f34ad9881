//! What a network will take, before anything is built.

use neuropil_core::rule::{Expected, Sizes};
use neuropil_core::{ParameterError, Precision, Slice};

use crate::description::{Network, Population, Projection, Source};
use crate::protocol::Action;
use crate::setups::synapse_plan;
use crate::simulation::epoch_steps;
use crate::tracts::{Tract, TractPart, tract_parts, tracts};

/// Sizes of a network, expected before it is built.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The projections.
    pub projections: Vec<ProjectionPlan>,
    /// Bytes of the state of all neurons.
    pub neuron_bytes: f64,
    /// Bytes of all synapses.
    pub synapse_bytes: f64,
    /// Bytes of spikes under way, and of what recorders hold before it is written.
    pub buffer_bytes: f64,
    /// The smallest and the largest delay, in steps.
    pub delay_bounds: Option<(u64, u64)>,
}

/// The size of one projection.
#[derive(Clone, Debug)]
pub struct ProjectionPlan {
    /// The name.
    pub name: String,
    /// The number of connections.
    pub n_connections: Expected,
    /// Whether they begin at a stimulus.
    pub from_stimulus: bool,
    /// Bytes of its synapses.
    pub bytes: f64,
    /// The shape of the storage, in a few words.
    pub shape: String,
}

impl Plan {
    /// The plan of a network in `threads` partitions.
    #[must_use]
    pub fn new(network: &Network, precision: Precision, threads: usize) -> Self {
        let tracts = tracts(network, tract_parts(network, first_slices(network, threads), precision));
        let storages = storages(network, &tracts, threads);
        let projections = network.projections.iter().zip(storages);
        let projections: Vec<_> =
            projections.map(|(projection, storage)| ProjectionPlan::new(projection, storage)).collect();
        let neuron_bytes =
            network.populations.iter().map(|p| f64::from(p.n) * bytes_per_neuron(p, precision)).sum();
        Self {
            synapse_bytes: projections.iter().map(|p| p.bytes).sum(),
            neuron_bytes,
            buffer_bytes: threads as f64 * history_bytes(network)
                + recorder_bytes(network, threads)
                + transient_bytes(network, &projections, &tracts, threads)
                + rule_bytes(network)
                + edited_bytes(network, &projections, precision),
            projections,
            delay_bounds: network.delay_bounds(),
        }
    }

    /// Bytes of everything together.
    #[must_use]
    pub fn bytes(&self) -> f64 {
        self.neuron_bytes + self.synapse_bytes + self.buffer_bytes
    }

    /// The number of synapses between neurons.
    #[must_use]
    pub fn n_synapses(&self) -> Expected {
        let recurrent = self.projections.iter().filter(|p| !p.from_stimulus);
        let (mean, variance) = recurrent
            .fold((0.0, 0.0), |(m, v), p| (m + p.n_connections.mean, v + p.n_connections.sd.powi(2)));
        Expected { mean, sd: variance.sqrt() }
    }
}

/// Checks that the synapses of a projection can be stored as their parameters ask.
///
/// # Errors
/// The first that cannot, over the populations of the target view.
pub fn check_synapses(
    network: &Network,
    projection: &Projection,
    precision: Precision,
) -> Result<(), ParameterError> {
    let Source::Neurons(sources) = &projection.source else { return Ok(()) };
    let model = network.synapses[projection.synapse].model;
    projection.target.populations().into_iter().try_for_each(|population| {
        let slice = Slice { population, start: 0, len: network.populations[population as usize].n };
        model.plan(&synapse_plan(network, projection, sources, &slice, precision)).map(drop)
    })
}

/// Lists of spikes for each population and step that the longest delay reaches back, and a calendar of arrivals for
/// each projection.
fn history_bytes(network: &Network) -> f64 {
    const LIST: f64 = 24.0;
    let steps = network.delay_bounds().map_or(1, |(_, max)| max).next_power_of_two() as f64;
    (network.populations.len() + network.projections.len()) as f64 * steps * LIST
}

/// What building synapses or reading their weights takes for a while, of what takes most.
fn transient_bytes(
    network: &Network,
    projections: &[ProjectionPlan],
    tracts: &[Tract<'_>],
    threads: usize,
) -> f64 {
    f64::max(building_bytes(network, tracts, threads), reading_bytes(network, projections))
}

/// Synapses grouped by target, and delays that they are sorted by: of those that are stored together.
fn building_bytes(network: &Network, tracts: &[Tract<'_>], threads: usize) -> f64 {
    let bytes_per_synapse = |projection: &Projection| {
        let (low, high) = projection.delay_steps(network);
        let delays = if low == high { 0.0 } else { 4.0 };
        delays + projection.rule.building_bytes()
    };
    let of_part = |part: &TractPart<'_>| {
        bytes_per_synapse(&network.projections[part.projection]) * part.plan.n_synapses as f64
    };
    let of_tract = |tract: &Tract<'_>| tract.parts.iter().map(of_part).sum();
    threads as f64 * tracts.iter().map(of_tract).fold(0.0, f64::max)
}

/// The slices of the first partition, with the places of their first inputs.
fn first_slices(network: &Network, threads: usize) -> Vec<Option<(Slice, u64)>> {
    let mut place = 0;
    let slice = |(number, population): (u32, &Population)| {
        let slice = Slice::of(number, population.n, 0, threads);
        let first_input = place;
        place += u64::from(slice.len) * population.model.declaration.receptors.len() as u64;
        Some((slice, first_input))
    };
    (0..).zip(&network.populations).map(slice).collect()
}

/// Weights on their way to a recorder.
fn reading_bytes(network: &Network, projections: &[ProjectionPlan]) -> f64 {
    /// Bytes of a recorded synapse in all places that it passes through.
    const RECORDED: f64 = 160.0;
    let blocks = network.recorders.iter().filter_map(|recorder| recorder.synapses.as_ref());
    let recorded = blocks.map(|block| projections[block.projection].n_connections.mean);
    RECORDED * recorded.fold(0.0, f64::max)
}

/// What rules hold: lists of connections, which the network keeps.
fn rule_bytes(network: &Network) -> f64 {
    network.projections.iter().map(|projection| projection.rule.bytes()).sum()
}

/// Weights of synapses that share one until they are edited.
fn edited_bytes(network: &Network, projections: &[ProjectionPlan], precision: Precision) -> f64 {
    let edited = |number: usize| {
        network
            .protocol
            .iter()
            .any(|event| matches!(&event.action, Action::Weights { projection, .. } if *projection == number))
    };
    let shared = |projection: &Projection| {
        let weight = network.synapses[projection.synapse].parameter("weight");
        projection.rule.own_weights().is_none() && weight.is_some_and(|weight| weight.constant().is_some())
    };
    let all = network.projections.iter().zip(projections).enumerate();
    let edited = all.filter(|(number, (projection, _))| edited(*number) && shared(projection));
    edited.map(|(_, (_, plan))| plan.n_connections.mean * precision.bytes() as f64).sum()
}

/// What recorders hold: samples of an epoch for two exchanges, rows on the way to the writer, and rows that it encodes.
fn recorder_bytes(network: &Network, threads: usize) -> f64 {
    /// Bytes of a sampled value in all these places together, and the bound of the last two.
    const VALUE: f64 = 40.0;
    const WRITER: f64 = 3e8;
    let values = network.sampled_per_step();
    let epoch_steps = epoch_steps(network, threads) as f64;
    values * epoch_steps * VALUE + if values > 0.0 { (values * 1e4 * VALUE).min(WRITER) } else { 0.0 }
}

/// An estimate: the declared variables with as many hidden ones, the input buffer, and the statistics of spikes. Where
/// parameters differ between neurons, each has constants of its own.
fn bytes_per_neuron(population: &Population, precision: Precision) -> f64 {
    let declaration = population.model.declaration;
    let each = population.parameters.iter().any(|p| p.constant().is_none());
    let constants = if each { 2 * declaration.parameters.len() } else { 0 };
    let columns = 2 * declaration.states.len() + declaration.receptors.len() + 1 + constants;
    (columns as u64 * precision.bytes()) as f64 + 40.0
}

impl ProjectionPlan {
    fn new(projection: &Projection, (bytes, shape): (f64, String)) -> Self {
        let n_targets = projection.target.len();
        let (n_connections, from_stimulus) = match &projection.source {
            Source::Stimulus(_) => (Expected { mean: f64::from(n_targets), sd: 0.0 }, true),
            Source::Neurons(sources) => {
                (projection.rule.expected(Sizes::of(sources, &projection.target)), false)
            }
        };
        Self { name: projection.name.clone(), n_connections, from_stimulus, bytes, shape }
    }
}

/// Bytes and shape of the synapses of each projection, summed over target slices; nothing for stimuli.
fn storages(network: &Network, tracts: &[Tract<'_>], threads: usize) -> Vec<(f64, String)> {
    let mut storages = vec![(0.0, String::new()); network.projections.len()];
    for part in tracts.iter().flat_map(|tract| &tract.parts) {
        let model = network.synapses[network.projections[part.projection].synapse].model;
        // What does not fit is refused before a plan is made, or by the build.
        let Ok(size) = model.plan(&part.plan) else { continue };
        let (bytes, shape) = &mut storages[part.projection];
        *bytes += size.bytes as f64 * threads as f64;
        *shape = size.shape;
    }
    storages
}

/// How many threads a network can use with profit.
///
/// On two quiet cores a second thread begins to pay from some 3 µs of work in an epoch on. Where other programs want the
/// cores, threads that meet often wait for each other: a small network is then faster on one. From 20 µs on, a second thread
/// gains about as large a factor (1.4) on quiet cores as it loses on busy ones.
#[must_use]
pub fn useful_threads(network: &Network, plan: &Plan, cores: usize) -> usize {
    /// Costs on a current core, in ns: good to a factor of two, which is all that the choice needs.
    const NEURON: f64 = 3.0;
    const EVENT: f64 = 1.0;
    /// What a partition should have to do between two exchanges, in ns.
    const WORTHWHILE: f64 = 10_000.0;
    /// A guess of the mean rate, in spikes per ms.
    const RATE: f64 = 0.01;
    let dt_ms = network.grid.dt_ms();
    let events = plan.n_synapses().mean * RATE * dt_ms;
    let step = NEURON * network.n_neurons() as f64 + EVENT * events;
    let epoch_steps = plan.delay_bounds.map_or(100, |(min, _)| min).min(100) as f64;
    ((step * epoch_steps / WORTHWHILE) as usize).clamp(1, cores.max(1))
}
