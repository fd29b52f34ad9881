//! Whether a model runs on vectors.

use std::hint::black_box;
use std::io::Write;
use std::marker::PhantomData;

use neuropil_core::{Kernel, Neuron, Neurons, Parameters, Real, TimeGrid, dispatch};

use crate::cells::{Cells, parameters};
use crate::counting::instructions;
use crate::drive::DT_MS;
use crate::levels::is_copy;

/// Neurons of which the step is counted: enough that the rest of a step does not count.
const N: u32 = 256;
const STEPS: usize = 2;

/// Checks that a step of all neurons takes fewer instructions on wider vectors. Says so where that can't be found out: on a
/// machine without AVX2, where processes may not be traced, and in a build without optimisation or with checks of overflow,
/// which keep a loop off vectors that counts with integers.
///
/// # Panics
/// If it does not.
pub(crate) fn assert_runs_on_vectors<M: Neuron>() {
    if is_slow::<M>() {
        return;
    }
    let (plain, steps) = (plain_loop::<M>(), steps::<M>());
    match judge(steps, plain) {
        Verdict::OnVectors => {}
        Verdict::Lost => panic!(
            "a step of `{}` does not run on vectors: instructions on 128 and 256 bits in F32 and F64 are {steps:?}. \
             A function that it calls lacks `#[inline(always)]`, or an `if` became a branch, where `select` would not",
            M::NAME
        ),
        Verdict::Unknown if is_copy() => {}
        Verdict::Unknown => {
            let note = "whether it runs on vectors can't be found out here: try `cargo test --release`";
            writeln!(std::io::stdout(), "conformance of {}: {note}", M::NAME).expect("the output is read");
        }
    }
}

#[derive(Debug, PartialEq)]
enum Verdict {
    OnVectors,
    Lost,
    Unknown,
}

/// Judges by the instructions of steps in both precisions, and of a loop that runs on vectors if any does.
fn judge(steps: Option<[Counts; 2]>, plain: Option<Counts>) -> Verdict {
    match (steps, plain) {
        (Some(steps), _) if steps.into_iter().all(spares) => Verdict::OnVectors,
        (Some(_), Some(plain)) if spares(plain) => Verdict::Lost,
        _ => Verdict::Unknown,
    }
}

/// Instructions on vectors of 128 and of 256 bits.
type Counts = [u64; 2];

fn is_slow<M: Neuron>() -> bool {
    let values: Vec<f64> = M::Parameters::DECLARED.iter().map(|p| p.default).collect();
    let grid = TimeGrid::new(DT_MS).expect("a step of time");
    let constants = M::rounded_constants::<f64>(&M::Parameters::from_values(&values), &grid);
    constants.is_ok_and(|constants| M::is_slow(&constants))
}

/// Whether wider vectors do with a quarter less: half would be the best, and what is not a vector stays as it is.
fn spares([narrow, wide]: Counts) -> bool {
    4 * wide <= 3 * narrow
}

/// The instructions of some steps in both precisions.
fn steps<M: Neuron>() -> Option<[Counts; 2]> {
    // Both come to their place in a copy, whichever is counted.
    let [single, double] = [steps_in::<M, f32>(), steps_in::<M, f64>()];
    Some([single?, double?])
}

fn steps_in<M: Neuron, R: Real>() -> Option<Counts> {
    let cells = Cells::<Neurons<M, R>>::new(M::DECLARATION, DT_MS, N, &parameters(M::DECLARATION, &[]));
    let mut cells = cells.expect("the defaults fit together");
    cells.advance();
    instructions(&format!("{} {}", M::NAME, R::PRECISION.name()), || {
        (0..STEPS).for_each(|_| drop(cells.advance()));
    })
}

/// The instructions of a loop that counts down. It is compiled with the model's crate, as it is generic.
fn plain_loop<M: Neuron>() -> Option<Counts> {
    let mut counters = [20; N as usize];
    let mut run = || dispatch(CountDown::<M> { counters: black_box(&mut counters), model: PhantomData });
    run();
    instructions("a plain loop", run)
}

struct CountDown<'a, M> {
    counters: &'a mut [i32],
    model: PhantomData<M>,
}

impl<M> Kernel for CountDown<'_, M> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for counter in self.counters {
            *counter -= i32::from(*counter != 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use neuropil_core::ParameterError;

    use super::*;
    use crate::counting::is_counted;
    use crate::models::TestNeuron;

    /// A step of which the work is done in a function that is not inlined.
    ///
    /// # Dynamics
    ///
    /// those of `test_neuron`
    ///
    /// # Numerics
    ///
    /// those of `test_neuron`
    #[derive(Neuron)]
    #[model("lost")]
    struct Lost;

    impl Neuron for Lost {
        type Parameters = <TestNeuron as Neuron>::Parameters;
        type Constants<R: Real> = <TestNeuron as Neuron>::Constants<R>;
        type State<R: Real> = <TestNeuron as Neuron>::State<R>;
        type Input<R: Real> = <TestNeuron as Neuron>::Input<R>;

        fn constants(p: &Self::Parameters, grid: &TimeGrid) -> Result<Self::Constants<f64>, ParameterError> {
            TestNeuron::constants(p, grid)
        }

        #[inline(always)]
        fn step<R: Real>(c: &Self::Constants<R>, s: &mut Self::State<R>, input: Self::Input<R>) -> bool {
            far_away(c, s, input)
        }
    }

    #[inline(never)]
    fn far_away<R: Real>(
        c: &<TestNeuron as Neuron>::Constants<R>,
        s: &mut <TestNeuron as Neuron>::State<R>,
        input: <TestNeuron as Neuron>::Input<R>,
    ) -> bool {
        TestNeuron::step(c, s, input)
    }

    #[test]
    fn a_step_on_vectors_is_known_as_such() {
        let steps = steps::<TestNeuron>();
        assert!(steps.into_iter().flatten().all(spares), "{steps:?}");
    }

    #[test]
    fn a_lost_vector_is_found() {
        let steps = steps::<Lost>();
        assert!(steps.into_iter().flatten().all(|counts| !spares(counts)), "{steps:?}");
        let plain = Some([2000, 1000]);
        assert!(steps.is_none() || judge(steps, plain) == Verdict::Lost);
        assert_eq!(judge(steps, None), Verdict::Unknown);
    }

    #[test]
    fn instructions_are_counted() {
        let additions = |n: u64| (0..n).fold(0, |sum, i| black_box(sum + i));
        let [few, many] = [100, 300].map(|n| {
            let what = format!("{n} additions");
            instructions(&what, || assert!(black_box(additions(n)) > 0))
        });
        if let (Some([few, _]), Some([many, _]), false) = (few, many, is_counted()) {
            assert!((200..2000).contains(&(many - few)), "{few}, {many}");
        }
    }
}
