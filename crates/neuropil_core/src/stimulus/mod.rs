//! Models of stimuli.

pub(crate) mod component;
pub(crate) mod equations;
pub(crate) mod stimulated;
pub mod window;
