//! Synapses: the delivery of spikes by every model, in small networks that lead to every shape of storage.

use bevy_ecs::prelude::*;
use neuropil::core::engine::{NeuronEntry, SynapseEntry};
use neuropil::core::{
    Incoming, Inputs, ModelKind, Parameter, Precision, Purpose, Real, ReceptorChoice, Registry, Slice,
    SourceRows, SpikeHistory, StepSchedule, Streams, SynapsePlan, SynapseSetup, Target, TimeGrid, Value,
    Wiring,
};

use crate::case::{Case, Group, Work};
use crate::phase::Phase;

const GROUP: Group = Group { name: "delivery", unit: "synaptic event" };
const DT_MS: f64 = 0.1;
/// Spikes are the same every so many steps: as many as the longest delay reaches back, and a power of two.
const PERIOD: u64 = 32;
/// Spikes of all sources in a step, as in `brunel_alpha`.
const SPIKES_PER_STEP: u32 = 32;

pub(crate) fn cases(registry: &Registry) -> Vec<Case> {
    let target = *registry.neuron("iaf_psc_exp").expect("the program comes with it");
    let models = registry.declarations().filter(|d| d.kind == ModelKind::Synapse);
    let models: Vec<_> = models.filter_map(|d| registry.synapse(d.name)).collect();
    models.into_iter().flat_map(|model| cases_of(model, target, registry)).collect()
}

fn cases_of(model: &SynapseEntry, target: NeuronEntry, registry: &Registry) -> Vec<Case> {
    let mut cases = Vec::new();
    for projection in projections(registry) {
        for precision in [Precision::F32, Precision::F64] {
            let (model, projection) = (*model, projection.clone());
            let name = format!("{}, {}", model.declaration.name, projection.name);
            let make = move || -> Box<dyn Work> {
                match precision {
                    Precision::F32 => Box::new(Delivery::<f32>::new(model, target, &projection)),
                    Precision::F64 => Box::new(Delivery::<f64>::new(model, target, &projection)),
                }
            };
            cases.push(Case::new(GROUP, name, Some(precision), PERIOD, make));
        }
    }
    cases
}

/// A projection between two populations.
#[derive(Clone)]
struct Projection {
    name: String,
    n_sources: u32,
    n_targets: u32,
    indegree: u32,
    weight: Value,
    delay: Value,
}

/// Projections that want different shapes: few or many of all pairs connected, more inputs than 16 bits count, weights and
/// delays that synapses share and their own.
fn projections(registry: &Registry) -> Vec<Projection> {
    let uniform = registry.distribution("uniform").expect("the program comes with it");
    let uniform = |low, high| Value::Random(uniform.distribution(vec![low, high]));
    let sizes = [
        ("all of 500 x 2000 pairs", 500, 2000, 500),
        ("10 % of 500 x 2000 pairs", 500, 2000, 50),
        ("1 % of 5000 x 2000 pairs", 5000, 2000, 50),
        ("0.1 % of 4000 x 30 000 pairs", 4000, 30_000, 4),
    ];
    let weights = [("one weight", Value::Constant(1.5)), ("weights", uniform(1.0, 2.0))];
    let delays = [("one delay", Value::Constant(1.5)), ("delays", uniform(0.5, 3.0))];
    let mut projections = Vec::new();
    for (size, n_sources, n_targets, indegree) in sizes {
        for (weights, weight) in &weights {
            for (delays, delay) in &delays {
                let name = format!("{size}, {weights}, {delays}");
                let (weight, delay) = (weight.clone(), delay.clone());
                projections.push(Projection { name, n_sources, n_targets, indegree, weight, delay });
            }
        }
    }
    projections
}

impl Projection {
    /// The values of a model's parameters.
    fn values(&self, parameters: &[Parameter]) -> Vec<Value> {
        let value = |parameter: &Parameter| match parameter.name {
            "weight" => self.weight.clone(),
            "delay" => self.delay.clone(),
            _ => Value::Constant(parameter.default),
        };
        parameters.iter().map(value).collect()
    }

    fn is_complete(&self) -> bool {
        self.indegree == self.n_sources
    }

    fn plan<'a>(
        &self,
        target: NeuronEntry,
        parameters: &'a [Value],
        precision: Precision,
    ) -> SynapsePlan<'a> {
        SynapsePlan {
            n_rows: self.n_sources,
            first_input: 0,
            n_inputs: u64::from(self.n_targets) * target.declaration.receptors.len() as u64,
            n_synapses: u64::from(self.n_targets) * u64::from(self.indegree),
            n_together: u64::from(self.n_targets) * u64::from(self.indegree),
            complete: self.is_complete(),
            max_indegree: u64::from(self.indegree),
            parameters,
            own_weights: false,
            own_delays: None,
            zero_mean: false,
            receptor_choice: ReceptorChoice { declaration: target.declaration, named: None },
            precision,
            grid: TimeGrid::new(DT_MS).expect("a step is above zero"),
        }
    }
}

/// As the rule `fixed_indegree` wires it.
impl Wiring for Projection {
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>)) {
        let streams = Streams::new(1, Purpose::Connectivity, 0);
        for index in 0..self.n_targets {
            let mut numbers = streams.sequence(index);
            let mut draw = || numbers.below(self.n_sources);
            let rows: Vec<u32> =
                (0..self.indegree).map(|nth| if self.is_complete() { nth } else { draw() }).collect();
            visit(Target { index, position: index }, Incoming { rows: &rows, ..Incoming::default() });
        }
    }
}

/// The synapses of a projection onto a slice, and spikes that arrive there.
struct Delivery<R> {
    phase: Phase<R>,
    /// Synaptic events by step of the period.
    events: Vec<u64>,
    shape: String,
}

impl<R: Real> Delivery<R> {
    fn new(model: SynapseEntry, target: NeuronEntry, projection: &Projection) -> Self {
        let parameters = projection.values(model.declaration.parameters);
        let spikes = spikes(projection.n_sources);
        let setup = SynapseSetup {
            wiring: projection,
            sources: vec![SourceRows::Range {
                population: 0,
                start: 0,
                end: projection.n_sources,
                first_row: 0,
            }],
            slice: Slice { population: 1, start: 0, len: projection.n_targets },
            projection: 0,
            seed: 1,
            plan: projection.plan(target, &parameters, R::PRECISION),
        };
        let mut world = World::new();
        world.insert_resource(history(&spikes));
        let mut inputs = Inputs::<R>::default();
        let slice = world.spawn(inputs.add(target.declaration, projection.n_targets)).id();
        world.insert_resource(inputs);
        let mut synapses = world.spawn_empty();
        model.spawn::<R>(&mut synapses, &[setup]).expect("so many fit in memory");
        let entity = synapses.id();
        let synapses = world.entity(entity);
        let events = count_events::<R>(model, synapses, &spikes);
        let size = model.size::<R>(synapses, 0).expect("it has been given synapses");
        let mut schedule = StepSchedule::default();
        model.add_systems::<R>(&mut schedule, false);
        Self { phase: Phase::new(world, schedule, slice), events, shape: size.shape }
    }
}

impl<R: Real> Work for Delivery<R> {
    fn prepare(&mut self) -> u64 {
        self.phase.change_input(|mut input| input.clear());
        let step = self.phase.next_step();
        self.events[(step % PERIOD) as usize]
    }

    fn step(&mut self) {
        self.phase.run();
    }

    fn note(&self) -> String {
        self.shape.clone()
    }
}

/// The neurons that fire in each step of the period, in ascending order.
fn spikes(n_sources: u32) -> Vec<Vec<u32>> {
    let streams = Streams::new(1, Purpose::Firing, 0);
    let fired = |step| {
        let mut numbers = streams.sequence(step);
        let mut fired: Vec<u32> = (0..SPIKES_PER_STEP).map(|_| numbers.below(n_sources)).collect();
        fired.sort_unstable();
        fired.dedup();
        fired
    };
    (0..PERIOD as u32).map(fired).collect()
}

/// A history that says in every step what was fired in that step of the period.
fn history(spikes: &[Vec<u32>]) -> SpikeHistory {
    let mut history = SpikeHistory::new(1, PERIOD);
    (0..).zip(spikes).for_each(|(step, fired)| history.push(0, step, fired));
    history
}

/// How many spikes arrive over a synapse in each step of the period.
fn count_events<R: Real>(model: SynapseEntry, synapses: EntityRef<'_>, spikes: &[Vec<u32>]) -> Vec<u64> {
    let mut events = vec![0; PERIOD as usize];
    let steps_of = |row| (0..).zip(spikes).filter(move |(_, fired)| fired.binary_search(&row).is_ok());
    let mut current = (u32::MAX, Vec::new());
    model.visit::<R>(synapses, 0, &mut |synapse| {
        if current.0 != synapse.row {
            current = (synapse.row, steps_of(synapse.row).map(|(step, _)| step).collect());
        }
        for step in &current.1 {
            events[((step + synapse.delay) % PERIOD) as usize] += 1;
        }
    });
    events
}
