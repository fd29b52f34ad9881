//! One step of the neurons of a slice.

use std::marker::PhantomData;

use crate::declare::receptors::{Moment, Receptors, TakeInput, WithInput};
use crate::declare::state::{State, StepOne};
use crate::neuron::constants::{ConstantsOf, NeuronLoop};
use crate::neuron::equations::Neuron;
use crate::number::block::Block;
use crate::number::real::Real;

type Columns<M, R> = <<M as Neuron>::State<R> as State<R>>::Columns;
type Held<'a, M, R> = <<M as Neuron>::State<R> as State<R>>::Held<'a>;
type Taken<'a, M, R> = <<M as Neuron>::Input<R> as Receptors<R>>::Taken<'a>;

/// What a step reads and writes.
pub(crate) struct Slots<'a, M: Neuron, R: Real> {
    pub(crate) columns: &'a mut Columns<M, R>,
    pub(crate) held: Held<'a, M, R>,
    pub(crate) taken: Taken<'a, M, R>,
    pub(crate) moment: Moment<'a, R>,
    pub(crate) spiking: &'a mut [bool],
}

/// One step of all neurons, which stimuli send current or not, and of which some may be slow.
///
/// Closures can't be marked `#[inline(always)]`, hence a struct for each level of the loop.
pub(crate) struct Step<'a, M: Neuron, R: Real, const STIMULATED: bool, const SLOW: bool>(
    pub(crate) Slots<'a, M, R>,
);

impl<M: Neuron, R: Real, const STIMULATED: bool, const SLOW: bool> NeuronLoop<M::Constants<R>>
    for Step<'_, M, R, STIMULATED, SLOW>
{
    #[inline(always)]
    fn run(&mut self, block: Block, constants: impl ConstantsOf<M::Constants<R>>) {
        let Slots { columns, held, taken, moment, spiking } = &mut self.0;
        let advance = Advance::<'_, '_, M, R, _, SLOW> { columns, held, spiking, block, constants };
        M::Input::run::<STIMULATED>(taken, moment, block, advance);
    }
}

/// Advances the neurons of a block, of which the input is to come.
struct Advance<'a, 'b, M: Neuron, R: Real, C, const SLOW: bool> {
    columns: &'a mut Columns<M, R>,
    held: &'a mut Held<'b, M, R>,
    spiking: &'a mut [bool],
    block: Block,
    constants: C,
}

impl<M, R, C, const SLOW: bool> WithInput<M::Input<R>> for Advance<'_, '_, M, R, C, SLOW>
where
    M: Neuron,
    R: Real,
    C: ConstantsOf<M::Constants<R>>,
{
    #[inline(always)]
    fn run(self, input: impl TakeInput<M::Input<R>>) {
        let Self { columns, held, spiking, block, constants } = self;
        let one = One::<M, R, C, _, SLOW> { constants, input, model: PhantomData };
        M::State::run(columns, held, spiking, block, one);
    }
}

/// Advances one neuron.
struct One<M, R, C, I, const SLOW: bool> {
    constants: C,
    input: I,
    model: PhantomData<(M, R)>,
}

impl<M, R, C, I, const SLOW: bool> StepOne<M::State<R>> for One<M, R, C, I, SLOW>
where
    M: Neuron,
    R: Real,
    C: ConstantsOf<M::Constants<R>>,
    I: TakeInput<M::Input<R>>,
{
    #[inline(always)]
    fn step(&mut self, k: usize, state: &mut M::State<R>) -> bool {
        let constants = self.constants.of(k);
        let input = self.input.take(k);
        if SLOW && M::is_slow(&constants) {
            M::step_slowly(&constants, state, input)
        } else {
            M::step(&constants, state, input)
        }
    }
}
