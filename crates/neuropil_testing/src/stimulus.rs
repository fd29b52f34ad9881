//! What the engine requires of every stimulus.

use std::marker::PhantomData;

use neuropil_core::{
    Column, Declaration, ParameterError, Real, Stimulated, Stimulus, StimulusModel, StimulusSetup, TargetRun,
    TimeGrid,
};

use crate::drive::DT_MS;
use crate::levels::{digest, is_copy, same_on_every_level};
use crate::values::{extremes, values};

/// More targets than two blocks of a loop, or two chunks of random numbers, and a rest.
const N: usize = 300;
const STEPS: u64 = 120;

/// The steps of the window that is tried.
const WINDOW: std::ops::Range<u64> = 20..60;

/// Checks what the engine requires of a stimulus that is written as its equation; see [`stimulus_model_conformance`].
///
/// # Panics
/// If something of it does not hold.
pub fn stimulus_conformance<M: Stimulus>(changes: &[(&str, f64)]) {
    stimulus_model_conformance::<Stimulated<M, f32>, Stimulated<M, f64>>(M::DECLARATION, changes);
}

/// Checks what the engine requires of a stimulus, in both precisions, with its defaults but for `changes`, with which it has to
/// send something:
///
/// - what a target gets depends on its position alone: not on the slices, nor on the other targets, nor on the instruction set;
/// - it is added to what is there, multiplied by the weight of the target, and nothing goes elsewhere;
/// - a weight that targets share is one of their own that is equal;
/// - random numbers differ between projections;
/// - nothing is sent outside of the window from `start` to `stop`, for a stimulus that has one;
/// - one that is built anew in the middle of a run, and takes over what the last has kept, goes on as that would have;
/// - parameters in their ranges are taken or refused, without panic.
///
/// # Panics
/// If one of these does not hold.
pub fn stimulus_model_conformance<F32, F64>(declaration: &'static Declaration, changes: &[(&str, f64)])
where
    F32: StimulusModel<Real = f32>,
    F64: StimulusModel<Real = f64>,
{
    let parameters = values(declaration, changes);
    Conformance::<F32> { declaration, parameters: &parameters, model: PhantomData }.check();
    Conformance::<F64> { declaration, parameters: &parameters, model: PhantomData }.check();
}

struct Conformance<'a, S> {
    declaration: &'static Declaration,
    parameters: &'a [f64],
    model: PhantomData<S>,
}

/// How a stimulus is connected.
#[derive(Clone, Copy)]
struct Connected<'a> {
    parameters: &'a [f64],
    seed: u64,
    projection: u32,
    /// The runs of targets on each slice: their first positions and lengths.
    slices: &'a [&'a [(usize, usize)]],
    /// The weights, by position.
    weights: &'a Column,
    /// What there is at the inputs before.
    before: f64,
    /// The step before which it is built anew.
    anew: Option<u64>,
}

/// What arrives in each step, by position in the target view.
type Course<R> = Vec<Vec<R>>;

impl<S: StimulusModel> Conformance<'_, S> {
    fn check(&self) {
        let plain = self.plain();
        let whole = self.course(plain);
        let sends = whole.iter().flatten().any(|x| *x != S::Real::ZERO);
        assert!(sends, "`{}` sends nothing: change its parameters", self.declaration.name);
        let bits = whole.iter().flatten().map(|x| x.to_f64().to_bits());
        let what = format!("{} {}", self.declaration.name, S::Real::PRECISION.name());
        same_on_every_level(&what, digest(bits));
        if is_copy() {
            return;
        }
        self.targets_depend_on_their_positions_alone(plain, &whole);
        self.weights_multiply(plain, &whole);
        self.it_adds(plain, &whole);
        self.projections_draw_their_own(plain, &whole);
        self.built_anew_it_goes_on(plain, &whole);
        self.nothing_is_sent_outside_of_the_window(plain);
        self.parameters_are_taken_or_refused(plain);
    }

    /// All targets on one slice, with weight 1.
    fn plain(&self) -> Connected<'_> {
        const ALL: &[&[(usize, usize)]] = &[&[(0, N)]];
        Connected {
            parameters: self.parameters,
            seed: 1,
            projection: 3,
            slices: ALL,
            weights: &Column::Shared(1.0),
            before: 0.0,
            anew: None,
        }
    }

    fn course(&self, connected: Connected<'_>) -> Course<S::Real> {
        let mut course = vec![vec![S::Real::ZERO; N]; STEPS as usize];
        for runs in connected.slices {
            self.drive(connected, runs, &mut course);
        }
        course
    }

    /// Drives the targets of a slice, in an input buffer with gaps.
    fn drive(&self, connected: Connected<'_>, runs: &[(usize, usize)], course: &mut Course<S::Real>) {
        let setup = setup(connected, runs);
        let targets = setup.targets.clone();
        let mut stimulus = S::new(setup).expect("it took these parameters before");
        let n_inputs = targets.last().map_or(0, |run| run.input + run.len) + GAP;
        for (step, arrived) in (0..STEPS).zip(course) {
            if connected.anew == Some(step) {
                let before = std::mem::replace(&mut stimulus, build(connected, runs).expect("as before"));
                stimulus.take_over(&before);
            }
            let mut inputs = vec![S::Real::from_f64(connected.before); n_inputs];
            stimulus.drive(step, &mut inputs);
            for run in &targets {
                let inputs = &mut inputs[run.input..][..run.len];
                arrived[run.position as usize..][..run.len].copy_from_slice(inputs);
                inputs.fill(S::Real::from_f64(connected.before));
            }
            let untouched = inputs.iter().all(|x| x.to_f64() == connected.before);
            assert!(untouched, "in step {step}, something is sent to where no target is");
        }
    }

    fn targets_depend_on_their_positions_alone(&self, plain: Connected<'_>, whole: &Course<S::Real>) {
        let slices: &[&[(usize, usize)]] = &[&[(0, 1)], &[(1, 63)], &[(64, 66)], &[(130, N - 130)]];
        assert_same(
            &self.course(Connected { slices, ..plain }),
            whole,
            0..N,
            "what arrives depends on the slices",
        );
        let runs = [(5, 3), (8, 119), (200, 1), (201, 2), (250, N - 250)];
        let some = self.course(Connected { slices: &[&runs], ..plain });
        for (first, len) in runs {
            let what = "what arrives depends on the other targets";
            assert_same(&some, whole, first..first + len, what);
        }
    }

    fn weights_multiply(&self, plain: Connected<'_>, whole: &Course<S::Real>) {
        let own = self.course(Connected { weights: &Column::Each(vec![1.0; N]), ..plain });
        assert_same(&own, whole, 0..N, "own weights that are equal");
        // By these, products are not rounded.
        let weights: Vec<f64> = (0..N).map(|i| [1.0, 0.0, -0.5, 4.0][i % 4]).collect();
        let weighted = |step: &Vec<S::Real>| {
            step.iter().zip(&weights).map(|(x, weight)| S::Real::from_f64(*weight) * *x).collect()
        };
        let expected = whole.iter().map(weighted).collect();
        let each = self.course(Connected { weights: &Column::Each(weights.clone()), ..plain });
        assert_same(&each, &expected, 0..N, "what arrives is not the weight times what it is for weight 1");
        let nothing = self.course(Connected { weights: &Column::Shared(0.0), ..plain });
        let zero = vec![vec![S::Real::ZERO; N]; STEPS as usize];
        assert_same(&nothing, &zero, 0..N, "something arrives with weight 0");
    }

    fn it_adds(&self, plain: Connected<'_>, whole: &Course<S::Real>) {
        let added = self.course(Connected { before: 16.0, ..plain });
        for (added, sent) in added.iter().flatten().zip(whole.iter().flatten()) {
            let (sum, expected) = (added.to_f64(), 16.0 + sent.to_f64());
            let near = (sum - expected).abs() <= 1e-5 * expected.abs().max(16.0);
            assert!(near, "{} is not added to what was there: 16 becomes {sum}", sent.to_f64());
        }
    }

    fn projections_draw_their_own(&self, plain: Connected<'_>, whole: &Course<S::Real>) {
        let is_random = self.course(Connected { seed: 2, ..plain }) != *whole;
        let is_own = self.course(Connected { projection: 4, ..plain }) != *whole;
        assert!(is_own || !is_random, "two projections draw the same random numbers");
        assert!(is_random || !is_own, "another seed draws the same random numbers");
    }

    fn built_anew_it_goes_on(&self, plain: Connected<'_>, whole: &Course<S::Real>) {
        for step in [1, STEPS / 2, STEPS / 2 + 1] {
            let course = self.course(Connected { anew: Some(step), ..plain });
            assert_same(&course, whole, 0..N, "built anew in the middle of a run, it goes on otherwise");
        }
    }

    fn nothing_is_sent_outside_of_the_window(&self, plain: Connected<'_>) {
        let window = [("start", WINDOW.start), ("stop", WINDOW.end)];
        let mut parameters = self.parameters.to_vec();
        for (name, step) in window {
            let Some(parameter) = self.declaration.parameter(name) else { return };
            parameters[parameter] = step as f64 * DT_MS;
        }
        let course = self.course(Connected { parameters: &parameters, ..plain });
        for (step, arrived) in (0..STEPS).zip(&course) {
            // A current is sent a step ahead of its effect.
            let inside = (WINDOW.start - 1..WINDOW.end).contains(&step);
            let sends = arrived.iter().any(|x| *x != S::Real::ZERO);
            assert!(inside || !sends, "in step {step}, something is sent outside of the window {WINDOW:?}");
        }
    }

    fn parameters_are_taken_or_refused(&self, plain: Connected<'_>) {
        for (k, parameter) in self.declaration.parameters.iter().enumerate() {
            for value in extremes(parameter) {
                let mut parameters = self.parameters.to_vec();
                parameters[k] = value;
                let connected = Connected { parameters: &parameters, ..plain };
                if build::<S>(connected, &[(0, N)]).is_ok() {
                    self.course(connected);
                }
            }
        }
    }
}

/// Inputs of no target, before each run and after the last.
const GAP: usize = 3;

fn setup<'a>(connected: Connected<'a>, runs: &[(usize, usize)]) -> StimulusSetup<'a> {
    let mut next = 0;
    let mut target = |&(first, len): &(usize, usize)| {
        let input = next + GAP;
        next = input + len;
        TargetRun { position: first as u32, input, len }
    };
    let positions = runs.iter().flat_map(|&(first, len)| first..first + len);
    let weights = match connected.weights {
        Column::Shared(weight) => Column::Shared(*weight),
        Column::Each(all) => Column::Each(positions.map(|position| all[position]).collect()),
    };
    StimulusSetup {
        parameters: connected.parameters,
        grid: TimeGrid::new(DT_MS).expect("a step of time"),
        seed: connected.seed,
        projection: connected.projection,
        targets: runs.iter().map(&mut target).collect(),
        weights,
    }
}

fn build<S: StimulusModel>(connected: Connected<'_>, runs: &[(usize, usize)]) -> Result<S, ParameterError> {
    S::new(setup(connected, runs))
}

/// Checks that two courses are the same at some positions. Zero has no sign.
fn assert_same<R: Real>(course: &Course<R>, expected: &Course<R>, at: std::ops::Range<usize>, what: &str) {
    for (step, (arrived, expected)) in course.iter().zip(expected).enumerate() {
        for position in at.clone() {
            let (x, expected) = (arrived[position], expected[position]);
            assert!(x == expected, "{what}: in step {step} at position {position}, {x} and not {expected}");
        }
    }
}

#[cfg(test)]
mod tests;
