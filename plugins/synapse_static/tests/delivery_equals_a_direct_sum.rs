//! Whatever the shape of the storage, a delivery adds what a loop over all synapses would add, in the same order.
#![cfg(test)]

use neuropil_core::{Accepts, Declaration, units::PA};
use neuropil_core::{
    Distribution, Incoming, ModelKind, Purpose, Real, Receptor, ReceptorChoice, Sequence, Slice, SourceRows,
    SpikeHistory, Streams, SynapseModel, SynapsePlan, SynapseSetup, Target, TimeGrid, Value, Wiring,
};
use neuropil_distribution_standard::{Normal, Uniform};
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
    /// Whether the model joins slices.
    joins: bool,
}

/// Checks the synapses onto three slices, each stored on its own and, where the model joins them, all together.
fn check<R: Real>(case: &Case)
where
    StaticSynapses<R>: SynapseModel<Real = R>,
{
    const PARTS: usize = 3;
    let slices: Vec<Slice> = (0..PARTS).map(|part| Slice::of(5, case.n_targets, part, PARTS)).collect();
    let wirings: Vec<_> = slices.iter().map(|&slice| RuleWiring { rule: case.rule, slice }).collect();
    let parameters = [case.weight.clone(), case.delay.clone(), Value::Constant(case.storage)];
    let setup = |wiring| setup::<R>(case, &parameters, wiring);
    check_stored::<R>(case, wirings.iter().map(|wiring| vec![setup(wiring)]).collect());
    let together: Vec<_> = wirings.iter().map(setup).collect();
    let plans: Vec<_> = together.iter().map(|setup| setup.plan).collect();
    assert_eq!(StaticSynapses::<R>::joins(&plans), case.joins);
    if case.joins {
        check_stored::<R>(case, vec![together]);
    }
}

fn setup<'a, R: Real>(case: &Case, parameters: &'a [Value], wiring: &'a RuleWiring) -> SynapseSetup<'a> {
    let slice = wiring.slice;
    SynapseSetup {
        wiring,
        sources: vec![
            SourceRows::Range { population: 0, start: 0, end: SOURCES[0], first_row: 0 },
            SourceRows::Lookup { population: 1, rows: (SOURCES[0]..SOURCES[0] + SOURCES[1]).collect() },
        ],
        slice,
        projection: 0,
        seed: SEED,
        plan: SynapsePlan {
            n_rows: SOURCES[0] + SOURCES[1],
            first_input: first_input(slice) as u64,
            n_inputs: 2 * u64::from(slice.len),
            n_synapses: 10 * u64::from(slice.len),
            n_together: 10 * u64::from(slice.len),
            complete: matches!(case.rule, Rule::Complete),
            max_indegree: case.max_indegree,
            parameters,
            own_weights: false,
            own_delays: None,
            zero_mean: false,
            receptor_choice: ReceptorChoice { declaration: &TARGET_MODEL, named: None },
            precision: R::PRECISION,
            grid: grid(),
        },
    }
}

fn grid() -> TimeGrid {
    TimeGrid::new(0.1).unwrap()
}

/// Slices have gaps between their inputs.
fn first_input(slice: Slice) -> usize {
    2 * slice.start as usize + 100
}

/// Checks synapses of which each element is stored together.
fn check_stored<R: Real>(case: &Case, setups: Vec<Vec<SynapseSetup<'_>>>)
where
    StaticSynapses<R>: SynapseModel<Real = R>,
{
    let Case { steps, n_targets, rule, weight, delay, max_indegree, shape, edit, .. } = case;
    let all = synapses(*rule, *n_targets, weight, delay, &grid());
    let history = history();
    let counted = weight.constant().is_some() && *max_indegree <= u64::from(u16::MAX);
    let build = |parts: Vec<SynapseSetup<'_>>| {
        let slices: Vec<Slice> = parts.iter().map(|part| part.slice).collect();
        (slices, StaticSynapses::<R>::new(&parts).unwrap())
    };
    let mut stored: Vec<_> = setups.into_iter().map(build).collect();
    let mut n_synapses = 0;
    for (slices, synapses) in &stored {
        for part in 0..slices.len() {
            let size = synapses.size(part);
            assert!(size.shape.starts_with(shape), "{} is not {shape}", size.shape);
            n_synapses += size.n_synapses;
        }
    }
    assert_eq!(n_synapses, all.len() as u64);
    for step in 0..*steps {
        let expected = direct::<R>(&all, step, *n_targets, counted);
        for (slices, synapses) in &mut stored {
            if *edit == Some(step) {
                for part in 0..slices.len() {
                    synapses.edit(part, &mut |synapse| synapse.weight).unwrap();
                }
            }
            let mut inputs = vec![R::ZERO; 2 * *n_targets as usize + 300];
            synapses.deliver(step, &history, &mut inputs);
            for (slice, channel) in slices.iter().flat_map(|slice| [(slice, 0), (slice, 1)]) {
                let len = slice.len as usize;
                let expected = &expected[(channel * n_targets + slice.start) as usize..][..len];
                let input = &inputs[first_input(*slice) + channel as usize * len..][..len];
                assert_eq!(input, expected, "step {step}, {}", synapses.size(0).shape);
            }
        }
    }
}

fn check_both(case: &Case) {
    check::<f64>(case);
    check::<f32>(case);
}

fn normal() -> Value {
    Value::Random(Distribution::new::<Normal>(vec![0.3, 1.0, f64::NEG_INFINITY, f64::INFINITY]))
}

fn uniform(low: f64, high: f64) -> Value {
    Value::Random(Distribution::new::<Uniform>(vec![low, high]))
}

fn positive() -> Value {
    uniform(0.1, 1.0)
}

fn negative() -> Value {
    uniform(-1.0, -0.1)
}

fn delays() -> Value {
    uniform(0.1, 2.0)
}

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
    joins: false,
};

#[test]
fn rows() {
    for weight in [Value::Constant(0.1), Value::Constant(-0.7), normal()] {
        for delay in [Value::Constant(1.5), delays()] {
            for max_indegree in [20, 1 << 20] {
                // Counters are for fewer synapses; where these are not counted, each has a weight.
                let own_weights = weight.constant().is_none() || max_indegree > 20;
                let joins = own_weights && delay.constant().is_none();
                let (weight, delay) = (weight.clone(), delay.clone());
                let edit = joins.then_some(70);
                check_both(&Case {
                    weight,
                    delay,
                    max_indegree,
                    storage: ROWS,
                    shape: "rows",
                    edit,
                    joins,
                    ..CASE
                });
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
    for weight in [positive(), negative()] {
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
    check::<f64>(&Case { weight: normal(), shape: "rows of u32", ..case.clone() });
    // Where arrivals are counted, only neurons have numbers. A weight of a half makes sums exact, before and after an edit.
    let half = Case { weight: Value::Constant(0.5), edit: Some(4), ..case };
    check::<f32>(&Case { storage: ROWS, shape: "rows of u16", ..half.clone() });
    check::<f32>(&Case { shape: "bits", ..half.clone() });
    let wide = Case { n_targets: 210_000, ..half };
    check::<f32>(&Case { storage: ROWS, shape: "rows of u32", ..wide.clone() });
    check::<f64>(&Case { shape: "bits", ..wide });
}
