//! The state of a slice of neurons, and one step of it.

use std::hint::select_unpredictable as select;

use bevy_ecs::prelude::*;
use neuropil_core::{
    Arrivals, Block, ConstantSets, ConstantsOf, Functions, InputBuffer, NeuronLoop, NeuronModel,
    ParameterError, Real, SliceSetup, StateColumn, collect_fired,
};

use crate::CHANNELS;
use crate::constants::Constants;

/// The place of `E_L` among the parameters, where potentials start.
const E_L: usize = 2;

/// The neurons of a slice.
#[derive(Component, Clone, Debug)]
pub struct Neurons<R: Real> {
    constants: ConstantSets<Constants<R>>,
    state: State<R>,
    /// Which neurons fired in the last step: they are reset in the next.
    spiking: StateColumn<bool>,
}

/// The columns.
#[derive(Clone, Debug)]
struct State<R> {
    v: StateColumn<R>,
    g_ex: StateColumn<R>,
    g_in: StateColumn<R>,
    /// The current of devices that acts in the coming step.
    i_stim: StateColumn<R>,
    /// Steps for which the neuron is still held.
    held: StateColumn<i32>,
}

impl<R: Real> NeuronModel for Neurons<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let n = setup.len();
        let constants = setup.constants(|values| Constants::new(values, &setup.grid))?;
        let state = State {
            v: (0..n).map(|i| R::from_f64(setup.parameters[E_L].at(i))).collect(),
            g_ex: StateColumn::filled(R::ZERO, n),
            g_in: StateColumn::filled(R::ZERO, n),
            i_stim: StateColumn::filled(R::ZERO, n),
            held: StateColumn::filled(0, n),
        };
        Ok(Self { constants, state, spiking: StateColumn::filled(false, n) })
    }

    fn step(&mut self, _step: u64, input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        let Self { constants, state, spiking } = self;
        constants.run(Step { state, input: input.take(), spiking });
        collect_fired(spiking, fired);
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        self.constants = setup.constants(|values| Constants::new(values, &setup.grid))?;
        Ok(())
    }

    fn get(&self, variable: usize, neuron: usize) -> f64 {
        match variable {
            0 => self.state.v[neuron].to_f64(),
            1 => self.state.g_ex[neuron].to_f64(),
            _ => self.state.g_in[neuron].to_f64(),
        }
    }

    fn set(&mut self, variable: usize, neuron: usize, value: f64) {
        let value = R::from_f64(value);
        match variable {
            0 => self.state.v[neuron] = value,
            1 => self.state.g_ex[neuron] = value,
            _ => self.state.g_in[neuron] = value,
        }
    }
}

/// One step of all neurons.
struct Step<'a, R: Real> {
    state: &'a mut State<R>,
    input: [Arrivals<'a, R>; CHANNELS],
    spiking: &'a mut [bool],
}

impl<R: Real> NeuronLoop<Constants<R>> for Step<'_, R> {
    #[inline(always)]
    fn run(&mut self, block: Block, constants: impl ConstantsOf<Constants<R>>) {
        let Self { state, input: [ex, inh, current], spiking } = self;
        advance(
            constants,
            block.arrivals(ex),
            block.arrivals(inh),
            block.arrivals(current),
            block.of(&mut state.v),
            block.of(&mut state.held),
            block.of(&mut state.i_stim),
            block.of(&mut state.g_ex),
            block.of(&mut state.g_in),
            block.of(spiking),
        );
    }
}

/// The loop has no branch, and its columns are arguments of their own, which tells the compiler that they do not
/// overlap: both are needed for it to run on vectors. An `if` would become a branch around what only one side needs, and
/// then AVX2 does one neuron at a time, in three times as long; hence `select`.
#[inline(always)]
fn advance<R: Real>(
    constants: impl ConstantsOf<Constants<R>>,
    mut input_ex: Arrivals<'_, R>,
    mut input_in: Arrivals<'_, R>,
    mut input_current: Arrivals<'_, R>,
    v: &mut [R],
    held: &mut [i32],
    i_stim: &mut [R],
    g_ex: &mut [R],
    g_in: &mut [R],
    spiking: &mut [bool],
) {
    for k in 0..spiking.len() {
        let p = constants.of(k);
        let ex = (p.ex.decay * g_ex[k] + input_ex.take(k)).flushed();
        let inh = (p.inh.decay * g_in[k] - input_in.take(k)).flushed();
        let start = p.after_reset(v[k], spiking[k]);
        let moved = p.moved(start, ex, inh, i_stim[k]);
        let potential = select(held[k] == 0, moved, start);
        let spike = potential >= p.v_th;
        held[k] = select(spike, p.held, held[k] - i32::from(held[k] != 0));
        (v[k], g_ex[k], g_in[k], i_stim[k]) = (potential, ex, inh, input_current.take(k));
        spiking[k] = spike;
    }
}

impl<R: Real> Constants<R> {
    /// The potential at the beginning of a step, which is the reset one if the neuron fired in the last.
    #[inline(always)]
    fn after_reset(&self, v: R, fired: bool) -> R {
        let reset = select(self.hard, self.v_reset, v - self.fall);
        select(fired, reset, v)
    }

    /// The potential after a step of exponential Euler.
    #[inline(always)]
    fn moved(&self, v: R, g_ex: R, g_in: R, i_stim: R) -> R {
        let synaptic = g_ex * (self.ex.reversal - v) + g_in * (self.inh.reversal - v);
        let slope = (self.rest - v) + self.r_m * (synaptic + i_stim);
        let exponent = -(self.rate + self.rate * (self.r_m * (g_ex + g_in)));
        v + self.rate * slope * R::from_f64(exponent.to_f64().exprel())
    }
}
