//! Random numbers, counted and not remembered.

pub(crate) mod distribution;
pub(crate) mod draws;
pub(crate) mod philox;
pub(crate) mod streams;
pub(crate) mod value;
mod variates;
