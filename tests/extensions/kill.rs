//! An action that kills neurons, outside of the program's own list: one file.

use neuropil_core::prelude::*;
use neuropil_core::{Access, AccessError, ActionModel, ActorSetup};

/// Kills a random part of some neurons: they never fire again.
///
/// # Numerics
///
/// Each neuron is chosen with probability `fraction`, by the seed and its position. Those that are chosen have a threshold `V_th` of a
/// million mV from then on. Each `kill` of a protocol chooses anew, and may choose neurons that are dead.
#[derive(Action)]
#[model("kill")]
pub(crate) struct Kill;

#[derive(Parameters)]
pub(crate) struct KillParameters {
    /// The part.
    #[parameter(NONE, default = 0.1, Probability)]
    fraction: f64,
}

const OUT_OF_REACH: f64 = 1e6;

impl ActionModel for Kill {
    type Parameters = KillParameters;

    fn check(_: &KillParameters, setup: &ActorSetup<'_>) -> Result<(), ParameterError> {
        setup.require_parameter("V_th")?;
        match setup.models().find(|(_, model)| model.parameter("V_peak").is_some()) {
            Some((population, model)) => {
                let message =
                    format!("`{}` of `{population}` fires at `V_peak`, whatever `V_th` is", model.name);
                Err(ParameterError::new("of", message))
            }
            None => Ok(()),
        }
    }

    fn apply(kill: &KillParameters, access: &mut Access<'_>) -> Result<(), AccessError> {
        let streams = access.streams();
        access.change_parameter(access.view(), "V_th", |neuron, before| {
            let dies = streams.sequence(neuron.position).open01() < kill.fraction;
            if dies { OUT_OF_REACH } else { before }
        })
    }
}
