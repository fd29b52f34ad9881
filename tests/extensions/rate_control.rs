//! A process that holds the rate of a population, outside of the program's own list: one file.

use bevy_ecs::prelude::*;
use neuropil_core::prelude::*;
use neuropil_core::{Access, AccessError, ActorSetup, ProcessModel, StepSpikes, Sums, View};

/// Holds the mean rate of a population by its constant input.
///
/// # Dynamics
///
/// ```text
/// at each interval:  I_e += gain (rate - measured rate) 2^k
/// ```
///
/// # Numerics
///
/// The rate is that of the interval before. `k` is zero while the population fires. When it has been silent for as long as one and
/// a half spikes per neuron would take at the target, `k` goes up by one at each interval, until a spike comes: so a population
/// is woken from any depth, and neurons that fire together and then rest together are not driven up. In the mean over many
/// intervals the error is the distance that `I_e` has gone, over `gain` and the number of intervals.
#[derive(Process)]
#[model("rate_control")]
pub(crate) struct RateControl;

#[derive(Parameters)]
pub(crate) struct RateControlParameters {
    /// The rate to hold.
    #[parameter(HZ, default = 10.0, Positive)]
    rate: f64,
    /// Change of `I_e`, in pA per Hz.
    #[parameter(NONE, default = 1.0, Positive)]
    gain: f64,
}

#[derive(Component)]
pub(crate) struct Controller {
    parameters: RateControlParameters,
    seconds: f64,
    spikes: u64,
    /// How many spikes each neuron should have fired since the last one that was heard.
    missed: f64,
    /// 2^k.
    haste: f64,
}

impl ProcessModel for RateControl {
    type Parameters = RateControlParameters;
    type State = Controller;
    const INTERVAL_MS: f64 = 10.0;

    fn new(parameters: RateControlParameters, setup: &ActorSetup<'_>) -> Result<Controller, ParameterError> {
        setup.require_parameter("I_e")?;
        Ok(Controller { parameters, seconds: setup.interval_ms / 1000.0, spikes: 0, missed: 0.0, haste: 1.0 })
    }

    fn listen(state: &mut Controller, of: &View, spikes: &StepSpikes<'_>) {
        state.spikes += spikes.count(of);
    }

    fn act(state: &mut Controller, access: &mut Access<'_>, _sums: &Sums) -> Result<(), AccessError> {
        let p = &state.parameters;
        let spikes = std::mem::take(&mut state.spikes) as f64;
        state.missed = if spikes > 0.0 { 0.0 } else { state.missed + p.rate * state.seconds };
        state.haste = if state.missed > 1.5 { 2.0 * state.haste } else { 1.0 };
        let measured = spikes / state.seconds / f64::from(access.view().len());
        let change = p.gain * (p.rate - measured) * state.haste;
        access.change_parameter(access.view(), "I_e", |_, before| before + change)
    }
}
