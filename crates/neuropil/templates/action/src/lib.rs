//! A kick of the membrane potential: the action [`my_action`](MyAction).
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;
use neuropil_core::{Access, AccessError, ActionModel, ActorSetup};

/// Moves the membrane potential by an amount.
#[derive(Action)]
#[model("my_action")]
pub struct MyAction;

/// What protocols set.
#[derive(Parameters)]
pub struct Parameters {
    /// By how much.
    #[parameter(MV, default = 5.0)]
    by: f64,
}

impl ActionModel for MyAction {
    type Parameters = Parameters;

    fn check(_: &Parameters, setup: &ActorSetup<'_>) -> Result<(), ParameterError> {
        setup.require_state("V_m")
    }

    fn apply(p: &Parameters, access: &mut Access<'_>) -> Result<(), AccessError> {
        access.change_state(access.view(), "V_m", |_, before| before + p.by)
    }
}
