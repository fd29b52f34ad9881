//! The state of a slice of neurons, and one step of it.

use std::hint::select_unpredictable;

use bevy_ecs::prelude::*;
use neuropil_core::{
    InputBuffer, NeuronLoop, NeuronModel, ParameterError, PerNeuron, Real, SliceSetup, collect_fired,
};

use crate::propagator::Propagator;
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
    i_ex: Vec<R>,
    i_in: Vec<R>,
    /// The current of devices that acts in the coming step.
    i_stim: Vec<R>,
    /// Steps for which the neuron is still refractory.
    refractory: Vec<i32>,
}

impl<R: Real> NeuronModel for Neurons<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let n = setup.len();
        Ok(Self {
            constants: setup.derive(|values| Propagator::new(values, &setup.grid))?,
            state: State {
                v: vec![R::ZERO; n],
                i_ex: vec![R::ZERO; n],
                i_in: vec![R::ZERO; n],
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
            1 => self.state.i_ex[neuron].to_f64(),
            _ => self.state.i_in[neuron].to_f64(),
        }
    }

    fn set(&mut self, variable: usize, neuron: usize, value: f64) {
        let value = R::from_f64(value);
        match variable {
            0 => self.state.v[neuron] = value - self.constants.at(neuron).e_l,
            1 => self.state.i_ex[neuron] = value,
            _ => self.state.i_in[neuron] = value,
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
            &mut state.i_ex,
            &mut state.i_in,
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
    i_ex: &mut [R],
    i_in: &mut [R],
    spiking: &mut [bool],
) {
    let n = spiking.len();
    let (input_ex, input_in, input_current) = (&input_ex[..n], &input_in[..n], &input_current[..n]);
    let (v, refractory, i_stim) = (&mut v[..n], &mut refractory[..n], &mut i_stim[..n]);
    let (i_ex, i_in) = (&mut i_ex[..n], &mut i_in[..n]);
    for k in 0..n {
        let p = constants(k);
        let moved =
            p.p20 * (i_stim[k] + p.i_e) + p.ex.p21 * i_ex[k] + p.inh.p21 * i_in[k] + p.p22_m1 * v[k] + v[k];
        let moved = moved.flushed();
        let potential = select_unpredictable(refractory[k] == 0, moved, v[k]);
        i_ex[k] = (p.ex.p11 * i_ex[k] + input_ex[k]).flushed();
        i_in[k] = (p.inh.p11 * i_in[k] + input_in[k]).flushed();
        i_stim[k] = input_current[k];
        (v[k], refractory[k], spiking[k]) = p.threshold.apply(potential, refractory[k]);
    }
}
