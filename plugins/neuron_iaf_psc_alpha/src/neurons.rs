//! The state of a slice of neurons, and one step of it.

use std::hint::select_unpredictable;
use std::mem::replace;

use bevy_ecs::prelude::*;
use neuropil_core::{
    Arrivals, Block, ConstantSets, InputBuffer, NeuronLoop, NeuronModel, ParameterError, Real, SliceSetup,
    StateColumn, collect_fired,
};

use crate::CHANNELS;
use crate::propagator::{Alpha, Propagator};

/// The neurons of a slice.
#[derive(Component, Clone, Debug)]
pub struct Neurons<R: Real> {
    constants: ConstantSets<Propagator<R>>,
    stimulated: bool,
    state: State<R>,
    /// Which neurons reach threshold in the step at hand; scratch.
    spiking: StateColumn<bool>,
}

/// The columns.
#[derive(Clone, Debug)]
struct State<R> {
    /// Membrane potential relative to `E_L`.
    v: StateColumn<R>,
    ex: Current<R>,
    inh: Current<R>,
    /// The current of devices that acts in the coming step.
    i_stim: StateColumn<R>,
    /// Steps for which the neuron is still refractory.
    refractory: StateColumn<i32>,
}

/// A synaptic current and its scaled derivative.
#[derive(Clone, Debug)]
struct Current<R> {
    d: StateColumn<R>,
    i: StateColumn<R>,
}

impl<R: Real> Current<R> {
    fn new(n: usize) -> Self {
        Self { d: StateColumn::filled(R::ZERO, n), i: StateColumn::filled(R::ZERO, n) }
    }
}

impl<R: Real> NeuronModel for Neurons<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let n = setup.len();
        Ok(Self {
            constants: setup.constants(|values| Propagator::new(values, &setup.grid))?,
            stimulated: setup.stimulated,
            state: State {
                v: StateColumn::filled(R::ZERO, n),
                ex: Current::new(n),
                inh: Current::new(n),
                i_stim: StateColumn::filled(R::ZERO, n),
                refractory: StateColumn::filled(0, n),
            },
            spiking: StateColumn::filled(false, n),
        })
    }

    fn step(&mut self, _step: u64, input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        let Self { constants, stimulated, state, spiking } = self;
        let input = input.take();
        if *stimulated {
            constants.run(Step::<R, true> { state, input, spiking });
        } else {
            constants.run(Step::<R, false> { state, input, spiking });
        }
        collect_fired(spiking, fired);
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        let before =
            replace(&mut self.constants, setup.constants(|values| Propagator::new(values, &setup.grid))?);
        for (i, v) in self.state.v.iter_mut().enumerate() {
            *v += before.at(i).e_l - self.constants.at(i).e_l;
        }
        Ok(())
    }

    fn get(&self, variable: usize, neuron: usize) -> f64 {
        match variable {
            0 => (self.state.v[neuron] + self.constants.at(neuron).e_l).to_f64(),
            1 => self.state.ex.i[neuron].to_f64(),
            _ => self.state.inh.i[neuron].to_f64(),
        }
    }

    fn set(&mut self, variable: usize, neuron: usize, value: f64) {
        let value = R::from_f64(value);
        match variable {
            0 => self.state.v[neuron] = value - self.constants.at(neuron).e_l,
            1 => self.state.ex.i[neuron] = value,
            _ => self.state.inh.i[neuron] = value,
        }
    }
}

/// One step of all neurons, which devices send current or not.
struct Step<'a, R: Real, const STIMULATED: bool> {
    state: &'a mut State<R>,
    input: [Arrivals<'a, R>; CHANNELS],
    spiking: &'a mut [bool],
}

impl<R: Real, const STIMULATED: bool> NeuronLoop<Propagator<R>> for Step<'_, R, STIMULATED> {
    #[inline(always)]
    fn run(&mut self, block: Block, constants: impl Fn(usize) -> Propagator<R>) {
        let Self { state, input: [ex, inh, current], spiking } = self;
        advance::<R, STIMULATED>(
            constants,
            block.arrivals(ex),
            block.arrivals(inh),
            block.arrivals(current),
            block.of(&mut state.v),
            block.of(&mut state.refractory),
            block.of(&mut state.i_stim),
            block.of(&mut state.ex.d),
            block.of(&mut state.ex.i),
            block.of(&mut state.inh.d),
            block.of(&mut state.inh.i),
            block.of(spiking),
        );
    }
}

/// The loop has no branch, and its columns are arguments of their own, which tells the compiler that they do not
/// overlap: both are needed for it to run on vectors.
#[inline(always)]
fn advance<R: Real, const STIMULATED: bool>(
    constants: impl Fn(usize) -> Propagator<R>,
    mut input_ex: Arrivals<'_, R>,
    mut input_in: Arrivals<'_, R>,
    mut input_current: Arrivals<'_, R>,
    v: &mut [R],
    refractory: &mut [i32],
    i_stim: &mut [R],
    ex_d: &mut [R],
    ex_i: &mut [R],
    in_d: &mut [R],
    in_i: &mut [R],
    spiking: &mut [bool],
) {
    for k in 0..spiking.len() {
        let p = constants(k);
        let current = if STIMULATED { replace(&mut i_stim[k], input_current.take(k)) } else { R::ZERO };
        let moved = p.p30 * (current + p.i_e)
            + p.ex.p31 * ex_d[k]
            + p.ex.p32 * ex_i[k]
            + p.inh.p31 * in_d[k]
            + p.inh.p32 * in_i[k]
            + p.p33_m1 * v[k]
            + v[k];
        let moved = moved.flushed().at_least(p.v_min);
        let potential = select_unpredictable(refractory[k] == 0, moved, v[k]);
        (ex_d[k], ex_i[k]) = p.ex.advance(ex_d[k], ex_i[k], input_ex.take(k));
        (in_d[k], in_i[k]) = p.inh.advance(in_d[k], in_i[k], input_in.take(k));
        (v[k], refractory[k], spiking[k]) = p.threshold.apply(potential, refractory[k]);
    }
}

impl<R: Real> Alpha<R> {
    /// The derivative and the current after a step at whose end `input` arrives.
    #[inline(always)]
    fn advance(&self, d: R, i: R, input: R) -> (R, R) {
        ((self.p11 * d + self.jump * input).flushed(), (self.p21 * d + self.p11 * i).flushed())
    }
}
