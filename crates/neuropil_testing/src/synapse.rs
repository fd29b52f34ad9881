//! What the engine requires of every synapse model.

use std::cmp::Ordering;
use std::fmt::Debug;

use neuropil_core::{
    Declaration, Parameter, Range, Real, Slice, SourceRows, SpikeHistory, Synapse, SynapseModel, SynapsePlan,
    SynapseSetup, Value,
};

use crate::models::{ListedSynapses, add_arrivals, between};
use crate::wiring::{Pairs, SOURCES, TARGETS, TestWiring, history, plan, targets_of};

const STEPS: u64 = 60;

/// The step before which weights are edited, and whether each gets another.
const EDITS: [(u64, bool); 2] = [(20, false), (40, true)];

/// Checks what the engine requires of a synapse model, in both precisions: with weights and delays that are shared, drawn or
/// given by the wiring, with every word of its parameters that are choices, onto one slice, onto several, and onto several that
/// are stored together where the model asks for it:
///
/// - its synapses are those that are wired, with the weights and delays that are drawn for their targets;
/// - what arrives is the sum over them in the order of emission, source and synapse; or, where all share a weight, that times
///   their number;
/// - it says how many spikes arrived over how many synapses;
/// - weights that are edited are read back, and are those that arrive from then on;
/// - it takes about as much memory as it plans to.
///
/// # Panics
/// If one of these does not hold.
pub fn synapse_conformance<F32, F64>(declaration: &'static Declaration)
where
    F32: SynapseModel<Real = f32>,
    F64: SynapseModel<Real = f64>,
{
    let mut n_tried = 0;
    for parameters in sets(declaration) {
        for pairs in Pairs::ALL {
            for model in &TARGETS {
                let case = Case { declaration, parameters: &parameters, pairs, model };
                n_tried += u32::from(case.check::<F32>()) + u32::from(case.check::<F64>());
            }
        }
    }
    assert!(n_tried > 0, "`{}` refuses all that was tried", declaration.name);
}

/// Sets of parameters: every choice, weights of either sign, delays.
fn sets(declaration: &Declaration) -> Vec<Vec<Value>> {
    let mut sets = vec![Vec::new()];
    for parameter in declaration.parameters {
        let longer = |set: &Vec<Value>| {
            let with = |value| set.iter().cloned().chain([value]).collect::<Vec<Value>>();
            values_of(parameter).into_iter().map(with).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(longer).collect();
    }
    sets
}

fn values_of(parameter: &Parameter) -> Vec<Value> {
    let constants = |values: &[f64]| values.iter().map(|x| Value::Constant(*x)).collect::<Vec<_>>();
    match (parameter.name, parameter.range) {
        ("weight", _) => [constants(&[0.1, -0.7]), vec![between(-1.0, 1.5), between(0.1, 1.0)]].concat(),
        ("delay", _) => vec![Value::Constant(1.5), between(0.1, 2.0)],
        (_, Range::Choice(words)) => (0..words.len()).map(|word| Value::Constant(word as f64)).collect(),
        _ => constants(&[parameter.default]),
    }
}

/// What is tried.
struct Case<'a> {
    declaration: &'static Declaration,
    parameters: &'a [Value],
    pairs: Pairs,
    model: &'static Declaration,
}

impl Case<'_> {
    /// Whether the model takes these parameters, in which case all is right.
    fn check<S: SynapseModel>(&self) -> bool {
        let whole = self.wirings(1);
        if S::plan(&self.plan::<S>(&whole[0], self.parameters)).is_err() {
            return false;
        }
        self.check_stored::<S>(&whole);
        let parts = self.wirings(3);
        parts.chunks(1).for_each(|part| self.check_stored::<S>(part));
        let plans: Vec<_> = parts.iter().map(|wiring| self.plan::<S>(wiring, self.parameters)).collect();
        if S::joins(&plans) {
            self.check_stored::<S>(&parts);
        }
        true
    }

    /// The wiring of each of so many slices.
    fn wirings(&self, parts: usize) -> Vec<TestWiring> {
        let slice = |part| Slice::of(5, targets_of(self.pairs), part, parts);
        (0..parts).map(|part| TestWiring { pairs: self.pairs, slice: slice(part) }).collect()
    }

    fn plan<'a, S: SynapseModel>(&self, wiring: &TestWiring, parameters: &'a [Value]) -> SynapsePlan<'a> {
        plan(wiring, parameters, self.model, S::Real::PRECISION)
    }

    fn setup<'a, S: SynapseModel>(
        &self,
        wiring: &'a TestWiring,
        parameters: &'a [Value],
    ) -> SynapseSetup<'a> {
        let plan = self.plan::<S>(wiring, parameters);
        SynapseSetup { wiring, sources: sources(), slice: wiring.slice, projection: 2, seed: 11, plan }
    }

    /// Checks synapses onto some slices that are stored together, beside those of the kit.
    fn check_stored<S: SynapseModel>(&self, wirings: &[TestWiring]) {
        let mut setups: Vec<_> =
            wirings.iter().map(|wiring| self.setup::<S>(wiring, self.parameters)).collect();
        let n_together = setups.iter().map(|setup| setup.plan.n_synapses).sum();
        setups.iter_mut().for_each(|setup| setup.plan.n_together = n_together);
        let mut stored = S::new(&setups).expect("the model took these parameters");
        let named = |name| self.declaration.parameter(name).map(|k| self.parameters[k].clone());
        let listed_parameters = ["weight", "delay"].map(|name| named(name).unwrap_or(Value::Constant(1.0)));
        let list = |wiring| ListedSynapses::<S::Real>::new(&[self.setup::<S>(wiring, &listed_parameters)]);
        let mut listed: Vec<_> = wirings.iter().map(|wiring| list(wiring).expect("a list")).collect();
        self.check_sizes(&stored, &setups);
        let history = history(STEPS);
        for step in 0..STEPS {
            for (_, own) in EDITS.into_iter().filter(|(at, _)| *at == step) {
                for (part, listed) in listed.iter_mut().enumerate() {
                    stored
                        .edit(part, &mut |synapse| edited(synapse, own))
                        .expect("a weight of the same sign");
                    listed.edit(0, &mut |synapse| edited(synapse, own)).expect("as before");
                }
            }
            if step == 0 || EDITS.iter().any(|(at, _)| *at == step) {
                self.check_synapses(&stored, &listed);
            }
            self.check_arrivals(&mut stored, &listed, &setups, (step, &history));
        }
    }

    fn check_sizes<S: SynapseModel>(&self, stored: &S, setups: &[SynapseSetup<'_>]) {
        for (part, setup) in setups.iter().enumerate() {
            let (size, planned) = (stored.size(part), S::plan(&setup.plan).expect("as before"));
            assert_eq!(size.n_synapses, setup.plan.n_synapses, "{self:?}: the number of synapses");
            assert_eq!(planned.n_synapses, setup.plan.n_synapses, "{self:?}: the planned number of synapses");
            let much = |bytes: u64| 2 * bytes + 4096;
            let near = size.bytes <= much(planned.bytes) && planned.bytes <= much(size.bytes);
            assert!(near, "{self:?}: {} bytes are planned, {} are taken", planned.bytes, size.bytes);
        }
    }

    fn check_synapses<S: SynapseModel>(&self, stored: &S, listed: &[ListedSynapses<S::Real>]) {
        for (part, listed) in listed.iter().enumerate() {
            let mut synapses = Vec::new();
            stored.visit(part, &mut |synapse| synapses.push(synapse));
            assert!(synapses.is_sorted_by_key(|s| s.row), "{self:?}: synapses do not come by source");
            // Those of one pair come in the order in which they are stored.
            let mut expected = listed.synapses.clone();
            synapses.sort_by(by_pair);
            expected.sort_by(by_pair);
            let differs = synapses.iter().zip(&expected).find(|(one, other)| one != other);
            assert_eq!(differs, None, "{self:?}: a synapse that differs, and what it should be");
            assert_eq!(
                synapses.len(),
                listed.synapses.len(),
                "{self:?}: the number of synapses that are shown"
            );
        }
    }

    fn check_arrivals<S: SynapseModel>(
        &self,
        stored: &mut S,
        listed: &[ListedSynapses<S::Real>],
        setups: &[SynapseSetup<'_>],
        (step, history): (u64, &SpikeHistory),
    ) {
        let end = setups.iter().map(|setup| setup.plan.first_input + setup.plan.n_inputs).max();
        let zero = vec![S::Real::ZERO; end.unwrap_or(0) as usize + 7];
        let (mut inputs, mut summed, mut multiplied) = (zero.clone(), zero.clone(), zero);
        let mut expected = 0;
        for (listed, setup) in listed.iter().zip(setups) {
            let mut counts = vec![0_u32; inputs.len()];
            expected += add_arrivals(&listed.synapses, &setup.sources, (step, history), |synapse| {
                let place = place(setup, synapse);
                summed[place] += S::Real::from_f64(synapse.weight);
                counts[place] += 1;
                multiplied[place] = S::Real::from_f64(synapse.weight) * S::Real::from_count(counts[place]);
            });
        }
        let n_events = stored.deliver(step, history, &mut inputs);
        assert_eq!(n_events, expected, "{self:?}: the number of synaptic events in step {step}");
        let all = listed.iter().flat_map(|listed| &listed.synapses);
        let share = all.map(|s| s.weight).is_sorted_by(|a, b| a == b);
        if !(share && inputs == multiplied) {
            let differs = inputs.iter().zip(&summed).position(|(x, sum)| x != sum);
            let differs = differs.map(|i| (inputs[i], summed[i]));
            assert_eq!(
                differs, None,
                "{self:?}: what arrives in step {step} is not the sum over synapses in order"
            );
        }
    }
}

/// By source, target, delay and weight.
fn by_pair(one: &Synapse, other: &Synapse) -> Ordering {
    let key = |synapse: &Synapse| (synapse.row, synapse.target, synapse.delay);
    key(one).cmp(&key(other)).then(one.weight.total_cmp(&other.weight))
}

/// What becomes of a weight: what it is, or another of the same sign.
fn edited(synapse: Synapse, own: bool) -> f64 {
    let factor = if own { 0.7 + f64::from((7 * synapse.row + synapse.target) % 11) } else { 1.0 };
    factor * synapse.weight
}

/// The place of a synapse's input among those of its partition.
fn place(setup: &SynapseSetup<'_>, synapse: &Synapse) -> usize {
    let channel = setup.plan.receptor_choice.channel(synapse.weight).expect("either sign is taken");
    setup.plan.first_input as usize + channel * setup.slice.len as usize + synapse.target as usize
}

/// Two populations, whose neurons are known by range and by list.
fn sources() -> Vec<SourceRows> {
    let [first, second] = SOURCES;
    vec![
        SourceRows::Range { population: 0, start: 0, end: first, first_row: 0 },
        SourceRows::Lookup { population: 1, rows: (first..first + second).collect() },
    ]
}

impl Debug for Case<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { declaration, parameters, pairs, model } = self;
        write!(f, "{} with {parameters:?}, {pairs:?} onto {}", declaration.name, model.name)
    }
}

#[cfg(test)]
mod tests;
