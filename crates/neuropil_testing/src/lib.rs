//! What the tests of a neuron model are written with.
//!
//! [`Cells`] are neurons without a network, driven step by step. [`conformance()`] checks what the engine requires of
//! every model; what is special to a model is for its own tests, with [`Cells`].
#![forbid(unsafe_code)]

mod cells;
mod conformance;
mod drive;
mod levels;

pub use cells::{Cells, parameters};
pub use conformance::conformance;
pub use levels::same_on_every_level;
