//! A closed loop that holds a rate: the process [`my_process`](MyProcess).
#![forbid(unsafe_code)]

use bevy_ecs::prelude::*;
use neuropil_core::prelude::*;
use neuropil_core::{Access, AccessError, ActorSetup, ProcessModel, StepSpikes, Sums, View};

/// Holds the mean rate of a population by its constant input.
///
/// # Numerics
///
/// `I_e` changes by `gain` times the distance to `rate`, at the end of each interval.
#[derive(Process)]
#[model("my_process")]
pub struct MyProcess;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    /// The rate to hold.
    #[parameter(HZ, default = 5.0, NonNegative)]
    rate: f64,
    /// Change of `I_e`, in pA per Hz.
    #[parameter(NONE, default = 1.0)]
    gain: f64,
}

/// What one copy of the process knows.
#[derive(Component)]
pub struct Controller {
    parameters: Parameters,
    seconds: f64,
    spikes: u64,
}

impl ProcessModel for MyProcess {
    type Parameters = Parameters;
    type State = Controller;
    const INTERVAL_MS: f64 = 10.0;

    fn new(parameters: Parameters, setup: &ActorSetup<'_>) -> Result<Controller, ParameterError> {
        setup.require_parameter("I_e")?;
        Ok(Controller { parameters, seconds: setup.interval_ms / 1000.0, spikes: 0 })
    }

    fn listen(state: &mut Controller, of: &View, spikes: &StepSpikes<'_>) {
        state.spikes += spikes.count(of);
    }

    fn act(state: &mut Controller, access: &mut Access<'_>, _sums: &Sums) -> Result<(), AccessError> {
        let spikes = std::mem::take(&mut state.spikes) as f64;
        let rate = spikes / state.seconds / f64::from(access.view().len());
        let change = state.parameters.gain * (state.parameters.rate - rate);
        access.change_parameter(access.view(), "I_e", |_, before| before + change)
    }
}
