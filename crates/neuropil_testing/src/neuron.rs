//! What the engine requires of every neuron model.

use std::marker::PhantomData;

use neuropil_core::{
    Column, Declaration, Neuron, NeuronModel, Neurons, ParameterError, Precision, Range, Real, Slice,
};

use crate::cells::{Cells, parameters};
use crate::counting::is_counted;
use crate::drive::{DT_MS, Drive};
use crate::levels::{digest, is_copy, same_on_every_level};
use crate::values::extremes;
use crate::vectors::assert_runs_on_vectors;

/// More neurons than two blocks of a loop, and a rest.
const N: u32 = 150;
const STEPS: u64 = 1000;

/// Checks what the engine requires of a neuron model that is written as its equations: what [`conformance()`] checks, and that a
/// step runs on vectors. It counts the instructions of a step for that, in copies of the test that are stopped at each; where
/// that is not possible, it says so.
///
/// # Panics
/// If something of it does not hold.
pub fn neuron_conformance<M: Neuron>() {
    assert_runs_on_vectors::<M>();
    if !is_counted() {
        conformance::<Neurons<M, f32>, Neurons<M, f64>>(M::DECLARATION);
    }
}

/// Checks what the engine requires of a neuron model, in both precisions:
///
/// - a neuron's bits depend neither on the slice that it is in, nor on whether its neighbours share its parameters, nor
///   on the instruction set; spikes come in ascending order, and a step takes all input;
/// - a step that may leave current out gives the same bits as one that is sent none;
/// - state variables that are set are read back, and no other variable or neuron is touched;
/// - `configure` with the same parameters changes no bit; with others, state variables keep their values; where it refuses,
///   the neurons go on as they were;
/// - parameters in their ranges are taken or refused, without panic;
/// - strong input leaves the state finite.
///
/// The declared audit says how much input makes the neurons fire. Call it in a test of its own.
///
/// # Panics
/// If one of these does not hold.
pub fn conformance<F32, F64>(declaration: &'static Declaration)
where
    F32: NeuronModel<Real = f32> + Clone,
    F64: NeuronModel<Real = f64> + Clone,
{
    let has_choices = declaration.parameters.iter().any(|p| matches!(p.range, Range::Choice(_)));
    for vary_choices in [false, true].into_iter().take(1 + usize::from(has_choices)) {
        Conformance::<F32>::new(declaration, vary_choices).check();
        Conformance::<F64>::new(declaration, vary_choices).check();
    }
}

struct Conformance<M> {
    declaration: &'static Declaration,
    /// Parameters that differ between the neurons.
    own: Vec<Column>,
    model: PhantomData<M>,
}

/// The spikes of a population, by step and neuron, and the state at the end.
#[derive(Debug, PartialEq)]
struct Outcome {
    spikes: Vec<(u64, u32)>,
    state: Vec<Vec<u64>>,
}

impl Outcome {
    fn digest(&self) -> u64 {
        let spikes = self.spikes.iter().flat_map(|(step, neuron)| [*step, u64::from(*neuron)]);
        digest(spikes.chain(self.state.iter().flatten().copied()))
    }
}

impl<M: NeuronModel + Clone> Conformance<M> {
    /// Kernels may be other ones where a choice differs between neurons, so both ways are checked.
    fn new(declaration: &'static Declaration, vary_choices: bool) -> Self {
        let mut checks = Self { declaration, own: parameters(declaration, &[]), model: PhantomData };
        for (k, parameter) in declaration.parameters.iter().enumerate() {
            if vary_choices || !matches!(parameter.range, Range::Choice(_)) {
                checks.vary(k);
            }
        }
        checks
    }

    /// Lets a parameter differ between neurons, if the model takes that.
    fn vary(&mut self, parameter: usize) {
        let declared = &self.declaration.parameters[parameter];
        let default = declared.default;
        for share in [0.05, -0.05, 1.0] {
            let other = if default == 0.0 { 1.0 } else { default * (1.0 + share) };
            let before = self.own[parameter].clone();
            let value = |i: u32| if (i + parameter as u32).is_multiple_of(3) { other } else { default };
            self.own[parameter] = Column::Each((0..N).map(value).collect());
            if declared.range.contains(other) && self.population(&self.own).is_ok() {
                return;
            }
            self.own[parameter] = before;
        }
    }

    fn check(&self) {
        let whole = self.outcome(&[0, N]);
        let fired = whole.spikes.iter().map(|s| s.1).collect::<std::collections::BTreeSet<_>>().len();
        let driven = self.declaration.audit.is_some();
        assert!(!driven || fired > N as usize / 2, "only {fired} of {N} neurons fired: look at the audit");
        same_on_every_level(
            &format!("{} {}", self.declaration.name, M::Real::PRECISION.name()),
            whole.digest(),
        );
        if is_copy() {
            return;
        }
        assert_eq!(self.outcome(&[0, 1, 64, 130, N]), whole, "the bits depend on the slices");
        self.neurons_do_not_depend_on_their_neighbours(&whole);
        self.shared_parameters_are_own_ones_that_are_equal();
        self.no_current_is_no_current();
        let busy = self.busy();
        self.state_is_read_back(busy.clone());
        self.configure_keeps_the_state(&busy);
        self.parameters_are_taken_or_refused(&busy);
        self.strong_input_leaves_the_state_finite();
    }

    fn population(&self, parameters: &[Column]) -> Result<Cells<M>, ParameterError> {
        Cells::new(self.declaration, DT_MS, N, parameters)
    }

    fn taken(&self, parameters: &[Column]) -> Cells<M> {
        self.population(parameters).expect("the model took these parameters before")
    }

    /// A run of a population with parameters of their own, in slices between these borders.
    fn outcome(&self, borders: &[u32]) -> Outcome {
        let mut all = Outcome { spikes: Vec::new(), state: Vec::new() };
        for border in borders.windows(2) {
            let slice = Slice { population: 0, start: border[0], len: border[1] - border[0] };
            let parameters: Vec<_> = self.own.iter().map(|column| part(column, slice)).collect();
            let Outcome { spikes, state } = self.run(slice, &parameters);
            all.spikes.extend(spikes);
            all.state.extend(state);
        }
        all.spikes.sort_unstable();
        all
    }

    fn run(&self, slice: Slice, parameters: &[Column]) -> Outcome {
        let mut cells = Cells::<M>::of_slice(self.declaration, DT_MS, slice, parameters)
            .expect("the model took these parameters before");
        let drive = Drive::new(self.declaration, 2.0);
        let mut spikes = Vec::new();
        for step in 0..STEPS {
            spikes.extend(drive.step(&mut cells, step).into_iter().map(|i| (step, slice.start + i)));
        }
        Outcome { spikes, state: (0..slice.len as usize).map(|i| cells.bits(i)).collect() }
    }

    fn neurons_do_not_depend_on_their_neighbours(&self, whole: &Outcome) {
        for i in (0..N).step_by(7) {
            let shared: Vec<_> =
                self.own.iter().map(|column| Column::Shared(column.at(i as usize))).collect();
            let alone = self.run(Slice { population: 0, start: i, len: 1 }, &shared);
            let among = Outcome {
                spikes: whole.spikes.iter().filter(|spike| spike.1 == i).copied().collect(),
                state: vec![whole.state[i as usize].clone()],
            };
            assert_eq!(alone, among, "neuron {i} alone, and among others");
        }
    }

    fn shared_parameters_are_own_ones_that_are_equal(&self) {
        let shared = parameters(self.declaration, &[]);
        let each: Vec<_> = shared.iter().map(|c| Column::Each(vec![c.at(0); N as usize])).collect();
        let drive = Drive::new(self.declaration, 2.0);
        self.assert_same(&drive, self.taken(&shared), self.taken(&each), "own parameters that are equal");
    }

    fn no_current_is_no_current(&self) {
        let slice = Slice { population: 0, start: 0, len: N };
        let drive = Drive::of_spikes(self.declaration, 2.0);
        for parameters in [&self.own, &parameters(self.declaration, &[])] {
            let build = |stimulated| {
                Cells::build(self.declaration, DT_MS, slice, parameters, stimulated)
                    .expect("the model took these parameters before")
            };
            self.assert_same(&drive, build(true), build(false), "sent no current");
        }
    }

    /// Drives two populations, which must not differ.
    fn assert_same(&self, drive: &Drive, mut one: Cells<M>, mut other: Cells<M>, what: &str) {
        for step in 0..STEPS / 4 {
            assert_eq!(
                drive.step(&mut one, step),
                drive.step(&mut other, step),
                "{what}: spikes of step {step}"
            );
        }
        for i in 0..N as usize {
            assert_eq!(one.bits(i), other.bits(i), "{what}: state of neuron {i}");
        }
    }

    /// Neurons in the middle of everything.
    fn busy(&self) -> Cells<M> {
        let mut cells = self.taken(&self.own);
        let drive = Drive::new(self.declaration, 2.0);
        (0..STEPS / 4).for_each(|step| drop(drive.step(&mut cells, step)));
        cells
    }

    fn state_is_read_back(&self, mut cells: Cells<M>) {
        for variable in self.declaration.states {
            let before: Vec<_> = (0..N as usize).map(|i| others(&cells, i, variable.name)).collect();
            let value = cells.get(variable.name, 1) * 1.25 + 0.75;
            cells.set(variable.name, 1, value);
            assert_near::<M::Real>(cells.get(variable.name, 1), value, variable.name);
            let touched = (0..N as usize).filter(|&i| others(&cells, i, variable.name) != before[i]).count();
            assert_eq!(touched, 0, "to set `{}` of one neuron touches other state", variable.name);
        }
    }

    fn configure_keeps_the_state(&self, busy: &Cells<M>) {
        let drive = Drive::new(self.declaration, 2.0);
        let mut same = busy.clone();
        same.configure(&self.own).expect("the model took these parameters before");
        self.assert_same(&drive, same, busy.clone(), "configured with the same parameters");

        let mut other = busy.clone();
        other.configure(&parameters(self.declaration, &[])).expect("the defaults fit together");
        for variable in self.declaration.states {
            for i in 0..N as usize {
                assert_near::<M::Real>(
                    other.get(variable.name, i),
                    busy.get(variable.name, i),
                    variable.name,
                );
            }
        }
    }

    /// Extreme values, one at a time, at construction and in the middle of a run.
    fn parameters_are_taken_or_refused(&self, busy: &Cells<M>) {
        let drive = Drive::new(self.declaration, 2.0);
        for (k, parameter) in self.declaration.parameters.iter().enumerate() {
            for value in extremes(parameter) {
                let mut extreme = parameters(self.declaration, &[]);
                extreme[k] = Column::Shared(value);
                let mut configured = busy.clone();
                if let Ok(mut cells) = self.population(&extreme) {
                    configured.configure(&extreme).expect("what `new` takes, `configure` takes");
                    (0..20).for_each(|_| drop((cells.step(), configured.step())));
                } else {
                    let what = format!("refused {} = {value}", parameter.name);
                    assert!(configured.configure(&extreme).is_err(), "{what}, but not by `configure`");
                    self.assert_same(&drive, configured, busy.clone(), &what);
                }
            }
        }
    }

    fn strong_input_leaves_the_state_finite(&self) {
        let drive = Drive::new(self.declaration, 20.0);
        let mut cells = self.taken(&self.own);
        for step in 0..STEPS {
            drive.step(&mut cells, step);
        }
        for variable in self.declaration.states {
            for i in 0..N as usize {
                let value = cells.get(variable.name, i);
                assert!(value.is_finite(), "strong input made `{}` {value}", variable.name);
            }
        }
    }
}

/// The values of a slice's neurons.
fn part(column: &Column, slice: Slice) -> Column {
    match column {
        Column::Shared(x) => Column::Shared(*x),
        Column::Each(values) => Column::Each(values[slice.start as usize..][..slice.len as usize].to_vec()),
    }
}

/// Whether a value has come back, but for the rounding of a potential that is held relative to another.
fn assert_near<R: Real>(value: f64, expected: f64, name: &str) {
    let digits = match R::PRECISION {
        Precision::F32 => 1e-6,
        Precision::F64 => 1e-14,
    };
    let off = (value - expected).abs();
    assert!(off <= digits * expected.abs().max(100.0), "`{name}` is {value}, not {expected}");
}

/// The bits of the state of a neuron; of neuron 1 without the variable that is set.
fn others<M: NeuronModel>(cells: &Cells<M>, neuron: usize, set: &str) -> Vec<u64> {
    let states = cells.declaration().states.iter().filter(|s| neuron != 1 || s.name != set);
    states.map(|s| cells.get(s.name, neuron).to_bits()).collect()
}

#[cfg(test)]
mod tests;
