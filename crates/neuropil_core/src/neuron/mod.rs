//! Models of neurons.

pub(crate) mod checks;
pub(crate) mod component;
pub(crate) mod constants;
pub(crate) mod equations;
pub mod iaf;
pub(crate) mod neurons;
pub(crate) mod step;
