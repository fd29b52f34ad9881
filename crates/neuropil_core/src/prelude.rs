//! What the file of a model begins with: `use neuropil_core::prelude::*;`.

pub use std::hint::select_unpredictable as select;

pub use neuropil_macros::{
    Action, Choice, Constants, Distribution, Function, Neuron, Page, Parameters, Process, Receptors,
    Recorder, Rule, State, Stimulus, Synapse,
};

pub use crate::declare::columnar::Columnar;
pub use crate::declare::page::Page;
pub use crate::declare::parameters::{Choice, Parameters};
pub use crate::declare::receptors::Receptors;
pub use crate::declare::state::State;
pub use crate::declare::units;
pub use crate::error::ParameterError;
pub use crate::function::{FunctionModel, ResultUnit};
pub use crate::neuron::equations::{AtSpike, AuditOf, Displacement, Neuron};
pub use crate::neuron::iaf::{self, Threshold};
pub use crate::number::math::{exp, exp_m1, exponential_to_membrane, ramp_to_membrane};
pub use crate::number::real::Real;
pub use crate::number::vector_math::Functions;
pub use crate::random::distribution::DistributionModel;
pub use crate::random::streams::Sequence;
pub use crate::rule::{Connected, Expected, Onto, RuleError, RuleModel, Sizes};
pub use crate::stimulus::component::StimulusOutput;
pub use crate::stimulus::equations::Stimulus;
pub use crate::stimulus::window::{self, Window};
pub use crate::time::TimeGrid;
