//! The targets of a stimulus that is written as a function of one target.

use std::marker::PhantomData;

use bevy_ecs::prelude::*;

use crate::declare::columnar::Columnar;
use crate::declare::receptors::{Moment, Receptors, TakeInput, WithInput};
use crate::declare::state::{ForEach, State};
use crate::error::ParameterError;
use crate::number::block::Block;
use crate::number::column::Column;
use crate::number::real::Real;
use crate::number::simd::{Kernel, dispatch};
use crate::random::draws::Draws;
use crate::random::streams::Purpose;
use crate::registry::Registry;
use crate::stimulus::component::{StimulusModel, StimulusOutput, StimulusSetup, TargetRun};
use crate::stimulus::equations::Stimulus;
use crate::stimulus::window::Window;

/// The targets of one stimulus on one slice, whose model is a [`Stimulus`].
#[derive(Component)]
pub struct Stimulated<M: Stimulus, R: Real> {
    window: Window,
    constants: M::Constants<R>,
    /// What is kept for the targets, by position.
    columns: <M::State<R> as State<R>>::Columns,
    draws: Draws<R>,
    targets: Vec<TargetRun>,
    /// The weights of the targets, in the order of the runs.
    weights: Column<R>,
    /// The position of the first target.
    first: u32,
}

impl Registry {
    /// Registers a stimulus, in both precisions.
    pub fn add_stimulus<M: Stimulus>(&mut self) {
        self.add_stimulus_model::<Stimulated<M, f32>, Stimulated<M, f64>>(M::DECLARATION);
    }
}

impl<M: Stimulus, R: Real> StimulusModel for Stimulated<M, R> {
    type Real = R;
    const OUTPUT: StimulusOutput = M::OUTPUT;

    fn new(setup: StimulusSetup<'_>) -> Result<Self, ParameterError> {
        let p: M::Parameters = setup.values();
        let first = setup.targets.first().map_or(0, |run| run.position);
        let end = setup.targets.last().map_or(0, |run| run.position as usize + run.len);
        let n = end - first as usize;
        let strength = M::strength(&p);
        let purposes = [Purpose::StimulusNoise, Purpose::StimulusNoiseAngle];
        Ok(Self {
            window: M::window(&p, &setup.grid)?,
            constants: M::Constants::rounded(M::constants(&p, &setup.grid)?),
            columns: M::State::<R>::columns(n),
            draws: Draws::new(M::Input::<R>::RANDOM, setup.seed, purposes, setup.projection, first, n),
            weights: setup.map_weights(|weight| strength * weight),
            targets: setup.targets,
            first,
        })
    }

    fn drive(&mut self, emission: u64, input: &mut [R]) {
        if self.window.contains(emission) {
            self.draws.draw(emission);
            dispatch(Drive { stimulus: self, emission, input });
        }
    }

    fn take_over(&mut self, before: &Self) {
        self.columns.clone_from(&before.columns);
    }
}

/// One step of all targets.
struct Drive<'a, M: Stimulus, R: Real> {
    stimulus: &'a mut Stimulated<M, R>,
    emission: u64,
    input: &'a mut [R],
}

impl<M: Stimulus, R: Real> Kernel for Drive<'_, M, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Stimulated { constants, columns, draws, targets, weights, first, .. } = self.stimulus;
        let mut moment = Moment { step: self.emission, delayed: &mut [], random: draws.columns() };
        let mut done = 0;
        for run in &*targets {
            let block = Block { start: (run.position - *first) as usize, len: run.len };
            let input = &mut self.input[run.input..][..run.len];
            match weights {
                Column::Shared(weight) => {
                    drive_block::<M, R, _>(*constants, One(*weight), columns, &mut moment, block, input);
                }
                Column::Each(weights) => {
                    let weights = Own(&weights[done..][..run.len]);
                    drive_block::<M, R, _>(*constants, weights, columns, &mut moment, block, input);
                }
            }
            done += run.len;
        }
    }
}

#[inline(always)]
fn drive_block<M: Stimulus, R: Real, W: WeightOf<R>>(
    constants: M::Constants<R>,
    weights: W,
    columns: &mut <M::State<R> as State<R>>::Columns,
    moment: &mut Moment<'_, R>,
    block: Block,
    input: &mut [R],
) {
    let mut nothing = crate::step::input::Channels::default();
    let mut taken = M::Input::<R>::take(&mut nothing);
    M::Input::<R>::run::<true>(
        &mut taken,
        moment,
        block,
        Targets::<M, R, W> { constants, weights, columns, block, input },
    );
}

/// The weights of the targets of a run.
trait WeightOf<R> {
    fn of(&self, k: usize) -> R;
}

struct One<R>(R);

impl<R: Copy> WeightOf<R> for One<R> {
    #[inline(always)]
    fn of(&self, _k: usize) -> R {
        self.0
    }
}

struct Own<'a, R>(&'a [R]);

impl<R: Copy> WeightOf<R> for Own<'_, R> {
    #[inline(always)]
    fn of(&self, k: usize) -> R {
        self.0[k]
    }
}

/// Drives the targets of a run, of which the random numbers are to come.
struct Targets<'a, M: Stimulus, R: Real, W> {
    constants: M::Constants<R>,
    weights: W,
    columns: &'a mut <M::State<R> as State<R>>::Columns,
    block: Block,
    input: &'a mut [R],
}

impl<M: Stimulus, R: Real, W: WeightOf<R>> WithInput<M::Input<R>> for Targets<'_, M, R, W> {
    #[inline(always)]
    fn run(self, given: impl TakeInput<M::Input<R>>) {
        let Self { constants, weights, columns, block, input } = self;
        M::State::each(
            columns,
            block,
            Target::<M, R, W, _> { constants, weights, input, given, model: PhantomData },
        );
    }
}

/// Drives one target.
struct Target<'a, M: Stimulus, R: Real, W, I> {
    constants: M::Constants<R>,
    weights: W,
    input: &'a mut [R],
    given: I,
    model: PhantomData<M>,
}

impl<M: Stimulus, R: Real, W: WeightOf<R>, I: TakeInput<M::Input<R>>> ForEach<M::State<R>>
    for Target<'_, M, R, W, I>
{
    #[inline(always)]
    fn each(&mut self, k: usize, state: &mut M::State<R>) {
        self.input[k] += self.weights.of(k) * M::drive(&self.constants, state, self.given.take(k));
    }
}
