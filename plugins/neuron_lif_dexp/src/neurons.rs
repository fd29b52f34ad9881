//! The state of a slice of neurons, and one step of it.

use std::hint::select_unpredictable as select;

use bevy_ecs::prelude::*;
use neuropil_core::{
    InputBuffer, NeuronLoop, NeuronModel, ParameterError, PerNeuron, Real, SliceSetup, TimeGrid,
    collect_fired,
};

use crate::constants::{Constants, seconds};
use crate::{CURRENT, SYN};

/// The neurons of a slice.
#[derive(Component, Clone, Debug)]
pub struct Neurons<R: Real> {
    grid: TimeGrid,
    constants: PerNeuron<Constants<R>>,
    state: State<R>,
    /// Which neurons reach threshold in the step at hand; scratch.
    spiking: Vec<bool>,
}

/// The columns.
#[derive(Clone, Debug)]
struct State<R> {
    v: Vec<R>,
    i_syn: Vec<R>,
    h: Vec<R>,
    /// The current of devices that acts in the coming step.
    i_stim: Vec<R>,
    /// When the step of the last spike began, in s. In single precision a minute would leave too few digits.
    t_last: Vec<f64>,
}

impl<R: Real> NeuronModel for Neurons<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let n = setup.len();
        let constants = setup.derive(|values| Constants::new(values, &setup.grid))?;
        let state = State {
            v: (0..n).map(|i| constants.at(i).v_reset).collect(),
            i_syn: vec![R::ZERO; n],
            h: vec![R::ZERO; n],
            i_stim: vec![R::ZERO; n],
            t_last: vec![0.0; n],
        };
        Ok(Self { grid: setup.grid, constants, state, spiking: vec![false; n] })
    }

    fn step(&mut self, step: u64, input: &mut InputBuffer<R>, fired: &mut Vec<u32>) {
        let Self { grid, constants, state, spiking } = self;
        let now = seconds(grid.dt_ms()) * step as f64;
        constants.run(Step { now, state, input, spiking });
        collect_fired(spiking, fired);
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        self.constants = setup.derive(|values| Constants::new(values, &setup.grid))?;
        Ok(())
    }

    fn get(&self, variable: usize, neuron: usize) -> f64 {
        match variable {
            0 => self.state.v[neuron].to_f64(),
            1 => self.state.i_syn[neuron].to_f64(),
            _ => self.state.h[neuron].to_f64(),
        }
    }

    fn set(&mut self, variable: usize, neuron: usize, value: f64) {
        let value = R::from_f64(value);
        match variable {
            0 => self.state.v[neuron] = value,
            1 => self.state.i_syn[neuron] = value,
            _ => self.state.h[neuron] = value,
        }
    }
}

/// One step of all neurons.
struct Step<'a, R: Real> {
    /// The time at the beginning of the step, in s.
    now: f64,
    state: &'a mut State<R>,
    input: &'a InputBuffer<R>,
    spiking: &'a mut [bool],
}

impl<R: Real> NeuronLoop<Constants<R>> for Step<'_, R> {
    #[inline(always)]
    fn run(self, constants: impl Fn(usize) -> Constants<R>) {
        let Self { now, state, input, spiking } = self;
        advance(
            constants,
            now,
            (input.channel(SYN), input.channel(CURRENT)),
            &mut state.v,
            &mut state.i_syn,
            &mut state.h,
            &mut state.i_stim,
            &mut state.t_last,
            spiking,
        );
    }
}

/// The loop has no branch, and its columns are arguments of their own, which tells the compiler that they do not
/// overlap: both are needed for it to run on vectors. An `if` would become a branch around what only one side needs, and
/// then AVX2 does one neuron at a time, in three times as long; hence `select`.
///
/// The operations and their order are those of the script: another order would have other bits.
#[inline(always)]
fn advance<R: Real>(
    constants: impl Fn(usize) -> Constants<R>,
    now: f64,
    (input_syn, input_current): (&[R], &[R]),
    v: &mut [R],
    i_syn: &mut [R],
    h: &mut [R],
    i_stim: &mut [R],
    t_last: &mut [f64],
    spiking: &mut [bool],
) {
    let n = spiking.len();
    let (input_syn, input_current) = (&input_syn[..n], &input_current[..n]);
    let (v, i_syn, h) = (&mut v[..n], &mut i_syn[..n], &mut h[..n]);
    let (i_stim, t_last) = (&mut i_stim[..n], &mut t_last[..n]);
    for k in 0..n {
        let p = constants(k);
        let risen = h[k] + input_syn[k] / p.tau_product;
        let drive = i_syn[k] + (p.i_e + i_stim[k]);
        let moved = v[k] + p.dt * ((drive - v[k]) / p.tau_m);
        let potential = select(now > t_last[k] + p.t_ref, moved, v[k]);
        let spike = potential >= p.v_th;
        v[k] = select(spike, p.v_reset, potential);
        t_last[k] = select(spike, t_last[k] + (now - t_last[k]), t_last[k]);
        i_syn[k] = (i_syn[k] * p.rise + risen * p.dt).flushed();
        h[k] = (risen * p.decay).flushed();
        i_stim[k] = input_current[k];
        spiking[k] = spike;
    }
}
