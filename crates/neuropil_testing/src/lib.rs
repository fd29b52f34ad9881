//! What the tests of models are written with.
//!
//! [`Cells`] are neurons without a network, driven step by step. [`conformance()`] checks what the engine requires of
//! every neuron model, and [`rule_conformance()`] of every connection rule; what is special to a model is for its own tests.
#![forbid(unsafe_code)]

mod cells;
mod conformance;
mod drive;
mod levels;
mod rule;

pub use cells::{Cells, parameters};
pub use conformance::conformance;
pub use levels::same_on_every_level;
pub use rule::rule_conformance;
