//! Whatever the shape of the storage, a delivery adds what a loop over all synapses would add, in the same order.
#![cfg(test)]

use neuropil_core::{Accepts, Declaration, units::PA};
use neuropil_core::{
    Incoming, InputBuffer, ModelKind, Precision, Purpose, Random, Real, Receiver, Receptor, Sequence, Slice,
    SourceRows, SpikeHistory, Streams, SynapseModel, SynapsePlan, SynapseSetup, Target, TimeGrid, Value,
    Wiring,
};
use neuropil_synapse_static::StaticSynapses;

const SOURCES: [u32; 2] = [40, 30];
const STEPS: u64 = 200;
const SEED: u64 = 11;

static TARGET_MODEL: Declaration = Declaration {
    name: "target",
    kind: ModelKind::Neuron,
    summary: "",
    equations: "",
    numerics: "",
    parameters: &[],
    states: &[],
    receptors: &[
        Receptor { name: "ex", unit: PA, accepts: Accepts::PositiveWeights, meaning: "" },
        Receptor { name: "in", unit: PA, accepts: Accepts::NegativeWeights, meaning: "" },
    ],
    references: &[],
    audit: None,
};

/// About ten random sources for each target of the slice, with repeats.
struct RandomWiring {
    slice: Slice,
}

impl RandomWiring {
    fn sources(target: u32) -> Vec<u32> {
        let mut rng = Streams::new(SEED, Purpose::Connectivity, 0).sequence(target);
        let n = rng.below(20);
        (0..n).map(|_| rng.below(SOURCES[0] + SOURCES[1])).collect()
    }
}

impl Wiring for RandomWiring {
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>)) {
        for neuron in self.slice.neurons() {
            let target = Target { index: neuron - self.slice.start, position: neuron };
            visit(target, Incoming { rows: &Self::sources(neuron), ..Incoming::default() });
        }
    }
}

/// A synapse, drawn as the model must draw it.
struct Synapse {
    source: u32,
    target: u32,
    nth: usize,
    weight: f64,
    delay: u64,
}

fn synapses(n_targets: u32, weight: &Value, delay: &Value, grid: &TimeGrid) -> Vec<Synapse> {
    let stream = |purpose, target| -> Sequence { Streams::new(SEED, purpose, 0).sequence(target) };
    (0..n_targets)
        .flat_map(|target| {
            let (mut weights, mut delays) = (stream(Purpose::Weight, target), stream(Purpose::Delay, target));
            let sources = RandomWiring::sources(target).into_iter().enumerate();
            let draw = |(nth, source)| Synapse {
                source,
                target,
                nth,
                weight: weight.draw(nth, &mut weights),
                delay: grid.delay_steps(delay.draw(nth, &mut delays)),
            };
            sources.map(draw).collect::<Vec<_>>()
        })
        .collect()
}

/// A tenth of all sources fires in each step.
fn fires(source: u32, step: u64) -> bool {
    Streams::new(SEED, Purpose::Firing, 0).block(source, step)[0] < u32::MAX / 10
}

fn history() -> SpikeHistory {
    let mut history = SpikeHistory::new(2, STEPS);
    for step in 0..STEPS {
        for (population, range) in [(0, 0..SOURCES[0]), (1, SOURCES[0]..SOURCES[0] + SOURCES[1])] {
            let start = range.start;
            let fired: Vec<u32> = range.filter(|&s| fires(s, step)).map(|s| s - start).collect();
            history.push(population, step, &fired);
        }
    }
    history
}

/// The input of a step by a loop over all synapses, in the order of emission step, source and synapse.
fn direct<R: Real>(all: &[Synapse], step: u64, n: u32, counted: bool) -> Vec<R> {
    let mut arriving: Vec<&Synapse> =
        all.iter().filter(|s| s.delay <= step && fires(s.source, step - s.delay)).collect();
    arriving.sort_by_key(|s| (step - s.delay, s.source, s.target, s.nth));
    let mut input = vec![R::ZERO; 2 * n as usize];
    let mut counts = vec![0_u32; 2 * n as usize];
    for s in &arriving {
        let place = (u32::from(s.weight < 0.0) * n + s.target) as usize;
        counts[place] += 1;
        input[place] += R::from_f64(s.weight);
    }
    if let (true, Some(first)) = (counted, all.first()) {
        let weight = R::from_f64(first.weight);
        return counts.into_iter().map(|c| weight * R::from_count(c)).collect();
    }
    input
}

fn check<R: Real>(steps: u64, n_targets: u32, weight: &Value, delay: &Value, max_indegree: u64)
where
    StaticSynapses<R>: SynapseModel<Real = R>,
{
    let grid = TimeGrid::new(0.1).unwrap();
    let all = synapses(n_targets, weight, delay, &grid);
    let history = history();
    let counted = weight.constant().is_some() && max_indegree <= u64::from(u16::MAX);
    let parts = 3;
    let mut slices: Vec<(Slice, StaticSynapses<R>)> = (0..parts)
        .map(|part| Slice::of(5, n_targets, part, parts))
        .map(|slice| {
            let setup = SynapseSetup {
                wiring: &RandomWiring { slice },
                sources: vec![
                    SourceRows::Range { population: 0, start: 0, end: SOURCES[0], first_row: 0 },
                    SourceRows::Lookup {
                        population: 1,
                        rows: (SOURCES[0]..SOURCES[0] + SOURCES[1]).collect(),
                    },
                ],
                slice,
                receiver: Receiver { declaration: &TARGET_MODEL, named: None },
                projection: 0,
                seed: SEED,
                plan: SynapsePlan {
                    n_rows: SOURCES[0] + SOURCES[1],
                    n_inputs: 2 * u64::from(slice.len),
                    n_synapses: 0,
                    max_indegree,
                    parameters: &[weight.clone(), delay.clone()],
                    own_weights: false,
                    own_delays: None,
                    zero_mean: false,
                    precision: Precision::F64,
                    grid,
                },
            };
            (slice, StaticSynapses::new(&setup).unwrap())
        })
        .collect();
    assert_eq!(slices.iter().map(|s| s.1.size().n_synapses).sum::<u64>(), all.len() as u64);
    for step in 0..steps {
        let expected = direct::<R>(&all, step, n_targets, counted);
        for (slice, synapses) in &mut slices {
            let mut input = InputBuffer::new(&TARGET_MODEL, slice.len);
            synapses.deliver(step, &history, &mut input);
            for channel in 0..2 {
                let expected =
                    &expected[(channel as u32 * n_targets + slice.start) as usize..][..slice.len as usize];
                assert_eq!(input.channel(channel), expected, "step {step}, {}", synapses.size().shape);
            }
        }
    }
}

const NORMAL: Random = Random::Normal { mean: 0.3, sd: 1.0, low: f64::NEG_INFINITY, high: f64::INFINITY };
const DELAYS: Random = Random::Uniform { low: 0.1, high: 2.0 };

#[test]
fn for_every_shape() {
    let shared = [Value::Constant(0.1), Value::Constant(-0.7), Value::Random(NORMAL)];
    for weight in shared {
        for delay in [Value::Constant(1.5), Value::Random(DELAYS)] {
            for max_indegree in [20, 1 << 20] {
                check::<f64>(STEPS, 50, &weight, &delay, max_indegree);
                check::<f32>(STEPS, 50, &weight, &delay, max_indegree);
            }
        }
    }
}

/// More inputs than 16 bits can number.
#[test]
fn for_wide_targets() {
    check::<f64>(6, 120_000, &Value::Random(NORMAL), &Value::Constant(0.2), 20);
    check::<f32>(6, 120_000, &Value::Constant(0.5), &Value::Constant(0.2), 20);
}
