//! Models of synapses.

pub(crate) mod model;
pub(crate) mod rows;
pub(crate) mod segments;
pub(crate) mod setup;
pub(crate) mod sources;
pub(crate) mod values;
pub(crate) mod wiring;
