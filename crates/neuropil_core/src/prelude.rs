//! What the file of a model begins with: `use neuropil_core::prelude::*;`.

pub use std::hint::select_unpredictable as select;

pub use neuropil_macros::{
    Action, Choice, Constants, Neuron, Page, Parameters, Process, Receptors, Recorder, Rule, State, Stimulus,
    Synapse,
};

pub use crate::columnar::Columnar;
pub use crate::error::ParameterError;
pub use crate::iaf::{self, Threshold};
pub use crate::math::{exp, exp_m1, exponential_to_membrane, ramp_to_membrane};
pub use crate::neuron::{AtSpike, AuditOf, Displacement, Neuron};
pub use crate::page::Page;
pub use crate::parameters::{Choice, Parameters};
pub use crate::real::Real;
pub use crate::receptors::Receptors;
pub use crate::rule::{Connected, Expected, Onto, RuleError, RuleModel, Sizes};
pub use crate::state::State;
pub use crate::stimulus::Stimulus;
pub use crate::stimulus_model::StimulusOutput;
pub use crate::time::TimeGrid;
pub use crate::units;
pub use crate::vector_math::Functions;
pub use crate::window::{self, Window};
