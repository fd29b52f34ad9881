//! The state of a slice of neurons, and one step of it.

use std::hint::select_unpredictable;

use bevy_ecs::prelude::*;
use neuropil_core::{
    InputBuffer, NeuronLoop, NeuronModel, ParameterError, PerNeuron, Real, SliceSetup, collect_fired,
};

use crate::propagator::{Alpha, Propagator};
use crate::{CURRENT, EX, IN};

/// The neurons of a slice.
#[derive(Component, Clone, Debug)]
pub struct Neurons<R: Real> {
    constants: PerNeuron<Propagator<R>>,
    state: State<R>,
    /// Which neurons reach threshold in the step at hand; scratch.
    spiking: Vec<bool>,
}

/// The columns.
#[derive(Clone, Debug)]
struct State<R> {
    /// Membrane potential relative to `E_L`.
    v: Vec<R>,
    ex: Current<R>,
    inh: Current<R>,
    /// The current of devices that acts in the coming step.
    i_stim: Vec<R>,
    /// Steps for which the neuron is still refractory.
    refractory: Vec<i32>,
}

/// A synaptic current and its scaled derivative.
#[derive(Clone, Debug)]
struct Current<R> {
    d: Vec<R>,
    i: Vec<R>,
}

impl<R: Real> Current<R> {
    fn new(n: usize) -> Self {
        Self { d: vec![R::ZERO; n], i: vec![R::ZERO; n] }
    }
}

impl<R: Real> NeuronModel for Neurons<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let n = setup.len();
        Ok(Self {
            constants: setup.derive(|values| Propagator::new(values, &setup.grid))?,
            state: State {
                v: vec![R::ZERO; n],
                ex: Current::new(n),
                inh: Current::new(n),
                i_stim: vec![R::ZERO; n],
                refractory: vec![0; n],
            },
            spiking: vec![false; n],
        })
    }

    fn step(&mut self, _step: u64, input: &mut InputBuffer<R>, fired: &mut Vec<u32>) {
        let Self { constants, state, spiking } = self;
        constants.run(Step { state, input, spiking });
        collect_fired(spiking, fired);
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        let before = std::mem::replace(
            &mut self.constants,
            setup.derive(|values| Propagator::new(values, &setup.grid))?,
        );
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

/// One step of all neurons.
struct Step<'a, R: Real> {
    state: &'a mut State<R>,
    input: &'a InputBuffer<R>,
    spiking: &'a mut [bool],
}

impl<R: Real> NeuronLoop<Propagator<R>> for Step<'_, R> {
    #[inline(always)]
    fn run(self, constants: impl Fn(usize) -> Propagator<R>) {
        let Self { state, input, spiking } = self;
        advance(
            constants,
            (input.channel(EX), input.channel(IN), input.channel(CURRENT)),
            &mut state.v,
            &mut state.refractory,
            &mut state.i_stim,
            &mut state.ex.d,
            &mut state.ex.i,
            &mut state.inh.d,
            &mut state.inh.i,
            spiking,
        );
    }
}

/// The loop has no branch, and its columns are arguments of their own, which tells the compiler that they do not
/// overlap: both are needed for it to run on vectors.
#[inline(always)]
fn advance<R: Real>(
    constants: impl Fn(usize) -> Propagator<R>,
    (input_ex, input_in, input_current): (&[R], &[R], &[R]),
    v: &mut [R],
    refractory: &mut [i32],
    i_stim: &mut [R],
    ex_d: &mut [R],
    ex_i: &mut [R],
    in_d: &mut [R],
    in_i: &mut [R],
    spiking: &mut [bool],
) {
    let n = spiking.len();
    let (input_ex, input_in, input_current) = (&input_ex[..n], &input_in[..n], &input_current[..n]);
    let (v, refractory, i_stim) = (&mut v[..n], &mut refractory[..n], &mut i_stim[..n]);
    let (ex_d, ex_i, in_d, in_i) = (&mut ex_d[..n], &mut ex_i[..n], &mut in_d[..n], &mut in_i[..n]);
    for k in 0..n {
        let p = constants(k);
        let moved = p.p30 * (i_stim[k] + p.i_e)
            + p.ex.p31 * ex_d[k]
            + p.ex.p32 * ex_i[k]
            + p.inh.p31 * in_d[k]
            + p.inh.p32 * in_i[k]
            + p.p33_m1 * v[k]
            + v[k];
        let moved = moved.flushed().at_least(p.v_min);
        let potential = select_unpredictable(refractory[k] == 0, moved, v[k]);
        (ex_d[k], ex_i[k]) = p.ex.advance(ex_d[k], ex_i[k], input_ex[k]);
        (in_d[k], in_i[k]) = p.inh.advance(in_d[k], in_i[k], input_in[k]);
        i_stim[k] = input_current[k];
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
