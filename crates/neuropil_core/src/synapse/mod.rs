//! Models of synapses.

pub(crate) mod model;
pub(crate) mod rows;
pub(crate) mod values;
