//! The state of a slice of neurons, and one step of it.

use std::hint::select_unpredictable as select;
use std::mem::replace;

use bevy_ecs::prelude::*;
use neuropil_core::{
    Arrivals, Block, ConstantSets, ConstantsOf, InputBuffer, NeuronLoop, NeuronModel, ParameterError, Real,
    SliceSetup, StateColumn, TimeGrid, collect_fired,
};

use crate::CHANNELS;
use crate::constants::{Constants, seconds};

/// The neurons of a slice.
#[derive(Component, Clone, Debug)]
pub struct Neurons<R: Real> {
    grid: TimeGrid,
    constants: ConstantSets<Constants<R>>,
    stimulated: bool,
    state: State<R>,
    /// Which neurons reach threshold in the step at hand; scratch.
    spiking: StateColumn<bool>,
}

/// The columns.
#[derive(Clone, Debug)]
struct State<R> {
    v: StateColumn<R>,
    i_syn: StateColumn<R>,
    h: StateColumn<R>,
    /// The current of devices that acts in the coming step.
    i_stim: StateColumn<R>,
    /// When the step of the last spike began, in s. In single precision a minute would leave too few digits.
    t_last: StateColumn<f64>,
    /// Until when the potential stays, in s: what a step asks for, so that it looks at `t_last` only where a neuron fires.
    held_until: StateColumn<f64>,
}

impl<R: Real> NeuronModel for Neurons<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let n = setup.len();
        let constants = setup.constants(|values| Constants::new(values, &setup.grid))?;
        let state = State {
            v: (0..n).map(|i| constants.at(i).v_reset).collect(),
            i_syn: StateColumn::filled(R::ZERO, n),
            h: StateColumn::filled(R::ZERO, n),
            i_stim: StateColumn::filled(R::ZERO, n),
            t_last: StateColumn::filled(0.0, n),
            held_until: (0..n).map(|i| constants.at(i).t_ref).collect(),
        };
        let spiking = StateColumn::filled(false, n);
        Ok(Self { grid: setup.grid, constants, stimulated: setup.stimulated, state, spiking })
    }

    fn step(&mut self, step: u64, input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        let Self { grid, constants, stimulated, state, spiking } = self;
        let now = seconds(grid.dt_ms()) * step as f64;
        let input = input.take();
        if *stimulated {
            constants.run(Step::<R, true> { now, state, input, spiking });
        } else {
            constants.run(Step::<R, false> { now, state, input, spiking });
        }
        collect_fired(spiking, fired);
        for i in fired.iter().map(|&i| i as usize) {
            state.t_last[i] += now - state.t_last[i];
            state.held_until[i] = state.t_last[i] + constants.at(i).t_ref;
        }
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        self.constants = setup.constants(|values| Constants::new(values, &setup.grid))?;
        for (i, held_until) in self.state.held_until.iter_mut().enumerate() {
            *held_until = self.state.t_last[i] + self.constants.at(i).t_ref;
        }
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

/// One step of all neurons, which devices send current or not.
struct Step<'a, R: Real, const STIMULATED: bool> {
    /// The time at the beginning of the step, in s.
    now: f64,
    state: &'a mut State<R>,
    input: [Arrivals<'a, R>; CHANNELS],
    spiking: &'a mut [bool],
}

impl<R: Real, const STIMULATED: bool> NeuronLoop<Constants<R>> for Step<'_, R, STIMULATED> {
    #[inline(always)]
    fn run(&mut self, block: Block, constants: impl ConstantsOf<Constants<R>>) {
        let Self { now, state, input: [syn, current], spiking } = self;
        advance::<R, STIMULATED>(
            constants,
            *now,
            block.arrivals(syn),
            block.arrivals(current),
            block.of(&mut state.v),
            block.of(&mut state.i_syn),
            block.of(&mut state.h),
            block.of(&mut state.i_stim),
            block.of(&mut state.held_until),
            block.of(spiking),
        );
    }
}

/// The loop has no branch, and its columns are arguments of their own, which tells the compiler that they do not
/// overlap: both are needed for it to run on vectors. An `if` would become a branch around what only one side needs, and
/// then AVX2 does one neuron at a time, in three times as long; hence `select`.
///
/// The operations and their order are those of the script: another order would have other bits.
#[inline(always)]
fn advance<R: Real, const STIMULATED: bool>(
    constants: impl ConstantsOf<Constants<R>>,
    now: f64,
    mut input_syn: Arrivals<'_, R>,
    mut input_current: Arrivals<'_, R>,
    v: &mut [R],
    i_syn: &mut [R],
    h: &mut [R],
    i_stim: &mut [R],
    held_until: &[f64],
    spiking: &mut [bool],
) {
    for k in 0..spiking.len() {
        let p = constants.of(k);
        let current = if STIMULATED { replace(&mut i_stim[k], input_current.take(k)) } else { R::ZERO };
        let risen = h[k] + input_syn.take(k) / p.tau_product;
        let drive = i_syn[k] + (p.i_e + current);
        let moved = v[k] + p.dt * ((drive - v[k]) / p.tau_m);
        let potential = select(now > held_until[k], moved, v[k]);
        let spike = potential >= p.v_th;
        v[k] = select(spike, p.v_reset, potential);
        i_syn[k] = (i_syn[k] * p.rise + risen * p.dt).flushed();
        h[k] = (risen * p.decay).flushed();
        spiking[k] = spike;
    }
}
