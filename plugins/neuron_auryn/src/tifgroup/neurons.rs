//! The state of a slice of neurons, and one step of it.

use bevy_ecs::prelude::*;
use neuropil_core::{
    Block, ConstantSets, ConstantsOf, InputBuffer, NeuronLoop, NeuronModel, ParameterError, Real, SliceSetup,
    StateColumn, collect_fired,
};

use super::CHANNELS;
use super::constants::Constants;
use crate::si::{milli, si};

/// The neurons of a slice; the input buffer holds their conductances.
#[derive(Component, Clone, Debug)]
pub struct Neurons<R: Real> {
    constants: ConstantSets<Constants<R>>,
    /// Membrane potential, in V.
    v: StateColumn<R>,
    /// Steps for which the neuron is still refractory.
    refractory: StateColumn<i32>,
    /// Which neurons fire in the step at hand; scratch.
    spiking: StateColumn<bool>,
}

impl<R: Real> Neurons<R> {
    fn derive(setup: &SliceSetup<'_>) -> Result<ConstantSets<Constants<R>>, ParameterError> {
        setup.constants(|values| Constants::new(values, &setup.grid))
    }
}

impl<R: Real> NeuronModel for Neurons<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let (constants, n) = (Self::derive(setup)?, setup.len());
        let v = (0..n).map(|i| constants.at(i).e_l).collect();
        Ok(Self {
            constants,
            v,
            refractory: StateColumn::filled(0, n),
            spiking: StateColumn::filled(false, n),
        })
    }

    fn step(&mut self, _step: u64, input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        let Self { constants, v, refractory, spiking } = self;
        constants.run(Step { conductances: input.channels_mut(), v, refractory, spiking });
        collect_fired(spiking, fired);
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        self.constants = Self::derive(setup)?;
        Ok(())
    }

    fn get(&self, _variable: usize, neuron: usize) -> f64 {
        milli(self.v[neuron])
    }

    fn set(&mut self, _variable: usize, neuron: usize, value: f64) {
        self.v[neuron] = si(value);
    }
}

/// One step of all neurons.
struct Step<'a, R: Real> {
    conductances: [&'a mut [R]; CHANNELS],
    v: &'a mut [R],
    refractory: &'a mut [i32],
    spiking: &'a mut [bool],
}

impl<R: Real> NeuronLoop<Constants<R>> for Step<'_, R> {
    #[inline(always)]
    fn run(&mut self, block: Block, constants: impl ConstantsOf<Constants<R>>) {
        let Self { conductances: [g_ampa, g_gaba], v, refractory, spiking } = self;
        advance(
            constants,
            block.of(g_ampa),
            block.of(g_gaba),
            block.of(v),
            block.of(refractory),
            block.of(spiking),
        );
    }
}

/// The loop has no branch, and its columns are arguments of their own, which tells the compiler that they do not
/// overlap: both are needed for it to run on vectors. The order of the sums is that of Auryn.
#[inline(always)]
fn advance<R: Real>(
    constants: impl ConstantsOf<Constants<R>>,
    g_ampa: &mut [R],
    g_gaba: &mut [R],
    v: &mut [R],
    refractory: &mut [i32],
    spiking: &mut [bool],
) {
    for k in 0..spiking.len() {
        let p = constants.of(k);
        let drive = (p.e_l - v[k]) - g_ampa[k] * v[k] - g_gaba[k] * (v[k] - p.e_gaba) + p.background;
        let waits = refractory[k] != 0;
        let potential = if waits { p.e_l } else { v[k] + drive * p.membrane };
        let spike = potential > p.v_th;
        let waiting = refractory[k] - i32::from(waits);
        (v[k], refractory[k]) = if spike { (p.e_l, p.refractory) } else { (potential, waiting) };
        spiking[k] = spike;
        g_ampa[k] = (g_ampa[k] * p.decay_ampa).flushed();
        g_gaba[k] = (g_gaba[k] * p.decay_gaba).flushed();
    }
}
