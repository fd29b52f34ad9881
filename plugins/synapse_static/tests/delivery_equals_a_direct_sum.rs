//! Whatever the shape of the storage, a delivery adds what a loop over all synapses would add, in the same order.
#![cfg(test)]

use neuropil_core::{Accepts, Declaration, units::PA};
use neuropil_core::{
    Incoming, InputBuffer, ModelKind, Purpose, Random, Real, Receiver, Receptor, Sequence, Slice, SourceRows,
    SpikeHistory, Streams, SynapseModel, SynapsePlan, SynapseSetup, Target, TimeGrid, Value, Wiring,
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

/// Which sources the targets of the slice have.
#[derive(Clone, Copy)]
enum Rule {
    /// About ten at random, with repeats.
    Random,
    /// All, but not the one with the same number.
    Complete,
}

impl Rule {
    fn sources(self, target: u32) -> Vec<u32> {
        let n_sources = SOURCES[0] + SOURCES[1];
        match self {
            Self::Random => {
                let mut rng = Streams::new(SEED, Purpose::Connectivity, 0).sequence(target);
                let n = rng.below(20);
                (0..n).map(|_| rng.below(n_sources)).collect()
            }
            Self::Complete => (0..n_sources).filter(|&source| source != target).collect(),
        }
    }
}

struct RuleWiring {
    rule: Rule,
    slice: Slice,
}

impl Wiring for RuleWiring {
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>)) {
        for neuron in self.slice.neurons() {
            let target = Target { index: neuron - self.slice.start, position: neuron };
            visit(target, Incoming { rows: &self.rule.sources(neuron), ..Incoming::default() });
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

fn synapses(rule: Rule, n_targets: u32, weight: &Value, delay: &Value, grid: &TimeGrid) -> Vec<Synapse> {
    let stream = |purpose, target| -> Sequence { Streams::new(SEED, purpose, 0).sequence(target) };
    (0..n_targets)
        .flat_map(|target| {
            let (mut weights, mut delays) = (stream(Purpose::Weight, target), stream(Purpose::Delay, target));
            let sources = rule.sources(target).into_iter().enumerate();
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

/// What is tried.
#[derive(Clone)]
struct Case {
    steps: u64,
    n_targets: u32,
    rule: Rule,
    weight: Value,
    delay: Value,
    max_indegree: u64,
    storage: f64,
    /// What the shape begins with.
    shape: &'static str,
    /// The step before which every synapse is given the weight that it has, but one of its own.
    edit: Option<u64>,
}

fn check<R: Real>(case: &Case)
where
    StaticSynapses<R>: SynapseModel<Real = R>,
{
    let Case { steps, n_targets, rule, weight, delay, max_indegree, storage, shape, edit } = case;
    let grid = TimeGrid::new(0.1).unwrap();
    let all = synapses(*rule, *n_targets, weight, delay, &grid);
    let history = history();
    let counted = weight.constant().is_some() && *max_indegree <= u64::from(u16::MAX);
    let parts = 3;
    let mut slices: Vec<(Slice, StaticSynapses<R>)> = (0..parts)
        .map(|part| Slice::of(5, *n_targets, part, parts))
        .map(|slice| {
            let setup = SynapseSetup {
                wiring: &RuleWiring { rule: *rule, slice },
                sources: vec![
                    SourceRows::Range { population: 0, start: 0, end: SOURCES[0], first_row: 0 },
                    SourceRows::Lookup {
                        population: 1,
                        rows: (SOURCES[0]..SOURCES[0] + SOURCES[1]).collect(),
                    },
                ],
                slice,
                projection: 0,
                seed: SEED,
                plan: SynapsePlan {
                    n_rows: SOURCES[0] + SOURCES[1],
                    n_inputs: 2 * u64::from(slice.len),
                    n_synapses: 10 * u64::from(slice.len),
                    complete: matches!(rule, Rule::Complete),
                    max_indegree: *max_indegree,
                    parameters: &[weight.clone(), delay.clone(), Value::Constant(*storage)],
                    own_weights: false,
                    own_delays: None,
                    zero_mean: false,
                    receiver: Receiver { declaration: &TARGET_MODEL, named: None },
                    precision: R::PRECISION,
                    grid,
                },
            };
            (slice, StaticSynapses::new(&setup).unwrap())
        })
        .collect();
    for (_, synapses) in &slices {
        let chosen = synapses.size().shape;
        assert!(chosen.starts_with(shape), "{chosen} is not {shape}");
    }
    assert_eq!(slices.iter().map(|s| s.1.size().n_synapses).sum::<u64>(), all.len() as u64);
    for step in 0..*steps {
        let expected = direct::<R>(&all, step, *n_targets, counted);
        for (slice, synapses) in &mut slices {
            if *edit == Some(step) {
                synapses.edit(&mut |synapse| synapse.weight).unwrap();
            }
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

fn check_both(case: &Case) {
    check::<f64>(case);
    check::<f32>(case);
}

const NORMAL: Random = Random::Normal { mean: 0.3, sd: 1.0, low: f64::NEG_INFINITY, high: f64::INFINITY };
const POSITIVE: Random = Random::Uniform { low: 0.1, high: 1.0 };
const NEGATIVE: Random = Random::Uniform { low: -1.0, high: -0.1 };
const DELAYS: Random = Random::Uniform { low: 0.1, high: 2.0 };

/// The words of the parameter `storage`.
const AUTO: f64 = 0.0;
const ROWS: f64 = 1.0;
const BITS: f64 = 2.0;
const DENSE: f64 = 3.0;

const CASE: Case = Case {
    steps: STEPS,
    n_targets: 50,
    rule: Rule::Random,
    weight: Value::Constant(0.1),
    delay: Value::Constant(1.5),
    max_indegree: 20,
    storage: AUTO,
    shape: "",
    edit: None,
};

#[test]
fn rows() {
    for weight in [Value::Constant(0.1), Value::Constant(-0.7), Value::Random(NORMAL)] {
        for delay in [Value::Constant(1.5), Value::Random(DELAYS)] {
            for max_indegree in [20, 1 << 20] {
                let (weight, delay) = (weight.clone(), delay.clone());
                check_both(&Case { weight, delay, max_indegree, storage: ROWS, shape: "rows", ..CASE });
            }
        }
    }
}

/// With pairs that have several synapses, on slices of part of a line, a line and more.
#[test]
fn bits() {
    let half = Case { weight: Value::Constant(-0.5), edit: Some(70), ..CASE };
    check_both(&Case { shape: "bits", ..half });
    for weight in [0.1, -0.7] {
        for n_targets in [50, 1536, 2000] {
            let weight = Value::Constant(weight);
            check_both(&Case { weight: weight.clone(), n_targets, steps: 60, shape: "bits", ..CASE });
            check_both(&Case { weight, n_targets, steps: 60, storage: BITS, rule: Rule::Complete, ..CASE });
        }
    }
}

#[test]
fn dense() {
    for weight in [Value::Random(POSITIVE), Value::Random(NEGATIVE)] {
        for storage in [AUTO, DENSE] {
            check_both(&Case {
                weight: weight.clone(),
                rule: Rule::Complete,
                n_targets: 90,
                storage,
                shape: "dense",
                ..CASE
            });
        }
    }
}

/// More neurons, or more inputs, than 16 bits can number.
#[test]
fn wide_targets() {
    let case = Case { steps: 6, n_targets: 120_000, delay: Value::Constant(0.2), ..CASE };
    check::<f64>(&Case { weight: Value::Random(NORMAL), shape: "rows of u32", ..case.clone() });
    // Where arrivals are counted, only neurons have numbers. A weight of a half makes sums exact, before and after an edit.
    let half = Case { weight: Value::Constant(0.5), edit: Some(4), ..case };
    check::<f32>(&Case { storage: ROWS, shape: "rows of u16", ..half.clone() });
    check::<f32>(&Case { shape: "bits", ..half.clone() });
    let wide = Case { n_targets: 210_000, ..half };
    check::<f32>(&Case { storage: ROWS, shape: "rows of u32", ..wide.clone() });
    check::<f64>(&Case { shape: "bits", ..wide });
}
