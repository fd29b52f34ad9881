//! What the file of a model begins with: `use neuropil_core::prelude::*;`.

pub use crate::error::ParameterError;
pub use crate::iaf;
pub use crate::parameters::{Choice, Parameters};
pub use crate::real::Real;
pub use crate::time::TimeGrid;
pub use neuropil_macros::{
    Action, Choice, Neuron, Page, Parameters, Process, Recorder, Rule, Stimulus, Synapse,
};
