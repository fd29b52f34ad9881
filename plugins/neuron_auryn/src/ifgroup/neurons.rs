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
    /// Threshold above `V_th`, in V.
    thr: StateColumn<R>,
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
            thr: StateColumn::filled(R::ZERO, n),
            spiking: StateColumn::filled(false, n),
        })
    }

    fn step(&mut self, _step: u64, input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        let Self { constants, v, thr, spiking } = self;
        constants.run(Step { conductances: input.channels_mut(), v, thr, spiking });
        collect_fired(spiking, fired);
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        self.constants = Self::derive(setup)?;
        Ok(())
    }

    fn get(&self, variable: usize, neuron: usize) -> f64 {
        milli(if variable == 0 { self.v[neuron] } else { self.thr[neuron] })
    }

    fn set(&mut self, variable: usize, neuron: usize, value: f64) {
        let column = if variable == 0 { &mut self.v } else { &mut self.thr };
        column[neuron] = si(value);
    }
}

/// One step of all neurons.
struct Step<'a, R: Real> {
    conductances: [&'a mut [R]; CHANNELS],
    v: &'a mut [R],
    thr: &'a mut [R],
    spiking: &'a mut [bool],
}

impl<R: Real> NeuronLoop<Constants<R>> for Step<'_, R> {
    #[inline(always)]
    fn run(&mut self, block: Block, constants: impl ConstantsOf<Constants<R>>) {
        let Self { conductances: [g_ampa, g_nmda, g_gaba], v, thr, spiking } = self;
        advance(
            constants,
            block.of(g_ampa),
            block.of(g_nmda),
            block.of(g_gaba),
            block.of(v),
            block.of(thr),
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
    g_nmda: &mut [R],
    g_gaba: &mut [R],
    v: &mut [R],
    thr: &mut [R],
    spiking: &mut [bool],
) {
    for k in 0..spiking.len() {
        let p = constants.of(k);
        let excitation = (-p.a_ampa * g_ampa[k] - p.a_nmda * g_nmda[k]) * v[k];
        let inhibition = (v[k] - p.e_gaba) * g_gaba[k];
        let leak = v[k] - p.e_l;
        let followed = g_nmda[k] + p.loss_nmda * g_ampa[k];
        g_nmda[k] = (followed - p.loss_nmda * followed).flushed();
        g_ampa[k] = (g_ampa[k] * p.decay_ampa).flushed();
        g_gaba[k] = (g_gaba[k] * p.decay_gaba).flushed();
        let moved = v[k] + p.membrane * excitation - p.membrane * inhibition - p.membrane * leak;
        let below_zero = if moved > R::ZERO { R::ZERO } else { moved };
        let potential = below_zero.at_least(p.e_gaba);
        let raised = (thr[k] * p.decay_thr).flushed();
        let spike = potential > p.v_th + raised;
        (v[k], thr[k]) = if spike { (p.v_reset, p.dthr) } else { (potential, raised) };
        spiking[k] = spike;
    }
}
