//! The state of a slice of neurons, and one step of it.

use bevy_ecs::prelude::*;
use neuropil_core::{InputBuffer, NeuronModel, ParameterError, PerNeuron, Real, SliceSetup};

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

    fn step(&mut self, _step: u64, input: &InputBuffer<R>, fired: &mut Vec<u32>) {
        let Self { constants, state, spiking } = self;
        match constants {
            PerNeuron::Shared(p) => state.advance(|_| p, input, spiking),
            PerNeuron::Each(p) => state.advance(|i| &p[i], input, spiking),
        }
        for (i, &spike) in spiking.iter().enumerate() {
            if spike {
                fired.push(i as u32);
            }
        }
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

impl<R: Real> State<R> {
    /// One step of all neurons. The loop has no branch, so that it can run on vectors.
    #[inline(always)]
    fn advance<'a>(
        &mut self,
        constants: impl Fn(usize) -> &'a Propagator<R>,
        input: &InputBuffer<R>,
        spiking: &mut [bool],
    ) {
        let n = spiking.len();
        let (input_ex, input_in) = (&input.channel(EX)[..n], &input.channel(IN)[..n]);
        let input_current = &input.channel(CURRENT)[..n];
        let (v, i_stim, refractory) = (&mut self.v[..n], &mut self.i_stim[..n], &mut self.refractory[..n]);
        let (i_ex, i_in) = (&mut self.i_ex[..n], &mut self.i_in[..n]);
        for k in 0..n {
            let p = constants(k);
            let moved = p.p20 * (i_stim[k] + p.i_e)
                + p.ex.p21 * i_ex[k]
                + p.inh.p21 * i_in[k]
                + p.p22_m1 * v[k]
                + v[k];
            let free = refractory[k] == 0;
            let potential = if free { moved } else { v[k] };
            i_ex[k] = p.ex.p11 * i_ex[k] + input_ex[k];
            i_in[k] = p.inh.p11 * i_in[k] + input_in[k];
            i_stim[k] = input_current[k];
            let spike = potential >= p.v_th;
            let waiting = refractory[k] - i32::from(!free);
            v[k] = if spike { p.v_reset } else { potential };
            refractory[k] = if spike { p.refractory } else { waiting };
            spiking[k] = spike;
        }
    }
}
