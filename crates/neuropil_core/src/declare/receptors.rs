//! What a step of a neuron is given.

use crate::declare::declaration::Receptor;
use crate::declare::state_column::StateColumn;
use crate::number::block::Block;
use crate::number::real::Real;
use crate::random::draws::Draw;
use crate::step::input::Channels;

/// What a step of a neuron is given: a struct with a field for each receptor, for the number of the step, and for random numbers,
/// which derives this (see [the derive](derive@crate::Receptors)).
pub trait Receptors<R: Real>: Sized {
    /// What scenes read, in the order of the fields.
    const DECLARED: &'static [Receptor];
    /// The random numbers that a step takes.
    const RANDOM: &'static [Draw];
    /// What arrives at the neurons of a slice and is taken by their step.
    type Taken<'a>
    where
        R: 'a;

    /// Takes it.
    fn take<'a>(channels: &mut Channels<'a, R>) -> Self::Taken<'a>;

    /// Lets `next` have the input of each neuron of a block. Where no stimulus sends current, current is not looked at.
    fn run<const STIMULATED: bool>(
        taken: &mut Self::Taken<'_>,
        moment: &mut Moment<'_, R>,
        block: Block,
        next: impl WithInput<Self>,
    );

    /// The field of a receptor.
    fn of_receptor(&self, channel: usize) -> R;
}

/// What a step is given beside what arrives in it.
pub struct Moment<'a, R> {
    /// The number of the step.
    pub step: u64,
    /// The current that arrived in the last step.
    pub delayed: &'a mut [R],
    /// The random numbers of the neurons, in the order of the fields.
    pub random: &'a [StateColumn<R>],
}

/// What is done with the input of the neurons of a block.
pub trait WithInput<I> {
    /// Does it. To be marked `#[inline(always)]`.
    fn run(self, input: impl TakeInput<I>);
}

/// The input of the neurons of a block.
pub trait TakeInput<I> {
    /// Takes that of neuron `k`. To be marked `#[inline(always)]`.
    fn take(&mut self, k: usize) -> I;
}

/// The place of the receptor of this name.
///
/// # Panics
/// If there is none: at compile time.
#[doc(hidden)]
#[must_use]
pub const fn channel_of(receptors: &[Receptor], name: &str) -> usize {
    let mut channel = 0;
    while channel < receptors.len() {
        if crate::declare::parameters::same_text(receptors[channel].name, name) {
            return channel;
        }
        channel += 1;
    }
    panic!("a variable is held in a receptor that the model does not have")
}

/// A model that nothing reaches.
impl<R: Real> Receptors<R> for () {
    const DECLARED: &'static [Receptor] = &[];
    const RANDOM: &'static [Draw] = &[];
    type Taken<'a>
        = ()
    where
        R: 'a;

    fn take<'a>(_channels: &mut Channels<'a, R>) {}

    #[inline(always)]
    fn run<const STIMULATED: bool>(
        _taken: &mut (),
        _moment: &mut Moment<'_, R>,
        _block: Block,
        next: impl WithInput<()>,
    ) {
        next.run(Nothing);
    }

    fn of_receptor(&self, _channel: usize) -> R {
        R::ZERO
    }
}

struct Nothing;

impl TakeInput<()> for Nothing {
    #[inline(always)]
    fn take(&mut self, _k: usize) {}
}
