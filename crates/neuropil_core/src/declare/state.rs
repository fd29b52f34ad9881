//! The state of neurons.

use std::fmt::Debug;

use crate::declare::declaration::StateVariable;
use crate::declare::receptors::Receptors;
use crate::number::block::Block;
use crate::number::real::Real;
use crate::step::input::Channels;

/// What a neuron is in: a struct with a field for each variable, which derives this (see
/// [the derive](derive@crate::State)).
///
/// The framework keeps one column for each field. A step is given the struct of one neuron, and what it leaves there goes back
/// to the columns.
pub trait State<R: Real>: Sized {
    /// What recorders see, in the order of the fields.
    const DECLARED: &'static [StateVariable];
    /// How each of them is held.
    const SHOWN: &'static [Shown];
    /// The states of the neurons of a slice.
    type Columns: Clone + Debug + Send + Sync + 'static;
    /// The variables that receptors hold.
    type Held<'a>
    where
        R: 'a;

    /// The columns of `n` neurons.
    fn columns(n: usize) -> Self::Columns;

    /// The variables that receptors hold.
    fn held<'a, I: Receptors<R>>(channels: &mut Channels<'a, R>) -> Self::Held<'a>;

    /// A declared variable that no receptor holds.
    fn column(columns: &Self::Columns, variable: usize) -> &[R];

    /// The same, to be changed.
    fn column_mut(columns: &mut Self::Columns, variable: usize) -> &mut [R];

    /// Changes the state of one neuron. What receptors hold, and who fired, is blank there.
    fn change(columns: &mut Self::Columns, neuron: usize, change: impl FnOnce(&mut Self));

    /// Runs a step of all neurons of a block; who fires goes to `spiking`.
    fn run(
        columns: &mut Self::Columns,
        held: &mut Self::Held<'_>,
        spiking: &mut [bool],
        block: Block,
        step: impl StepOne<Self>,
    );

    /// Shows the state of each element of a block, to be changed. What receptors hold, and who fired, is blank there.
    fn each(columns: &mut Self::Columns, block: Block, each: impl ForEach<Self>);
}

/// How what recorders and scenes see of a variable differs from what a step has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// Not at all.
    AsHeld,
    /// A step has the difference to a parameter.
    RelativeTo(&'static str),
    /// What is shown is so many times what a step has.
    Times(f64),
}

/// Advances the neurons of a block one by one.
pub trait StepOne<S> {
    /// Advances neuron `k` of the block; whether it fires. To be marked `#[inline(always)]`.
    fn step(&mut self, k: usize, state: &mut S) -> bool;
}

/// Changes the states of a block one by one.
pub trait ForEach<S> {
    /// Changes the state of element `k` of the block. To be marked `#[inline(always)]`.
    fn each(&mut self, k: usize, state: &mut S);
}

/// A model without state.
impl<R: Real> State<R> for () {
    const DECLARED: &'static [StateVariable] = &[];
    const SHOWN: &'static [Shown] = &[];
    type Columns = ();
    type Held<'a>
        = ()
    where
        R: 'a;

    fn columns(_n: usize) -> Self::Columns {}

    fn held<'a, I: Receptors<R>>(_channels: &mut Channels<'a, R>) {}

    fn column(_columns: &(), _variable: usize) -> &[R] {
        &[]
    }

    fn column_mut(_columns: &mut (), _variable: usize) -> &mut [R] {
        &mut []
    }

    fn change(_columns: &mut (), _neuron: usize, change: impl FnOnce(&mut ())) {
        change(&mut ());
    }

    #[inline(always)]
    fn run(
        _columns: &mut (),
        _held: &mut (),
        spiking: &mut [bool],
        block: Block,
        mut step: impl StepOne<()>,
    ) {
        for (k, spike) in block.of(spiking).iter_mut().enumerate() {
            *spike = step.step(k, &mut ());
        }
    }

    #[inline(always)]
    fn each(_columns: &mut (), block: Block, mut each: impl ForEach<()>) {
        for k in 0..block.len {
            each.each(k, &mut ());
        }
    }
}
