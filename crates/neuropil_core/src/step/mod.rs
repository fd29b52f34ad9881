//! A step of time: its phases, and the components on which they work.

pub(crate) mod directory;
pub(crate) mod history;
pub(crate) mod input;
pub(crate) mod meter;
pub(crate) mod owned;
pub(crate) mod probe;
pub(crate) mod schedule;
pub(crate) mod slice;
pub(crate) mod slice_setup;
pub(crate) mod systems;
