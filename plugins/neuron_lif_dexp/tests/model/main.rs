//! What the model promises, one contract per module.

// Lets helpers unwrap as tests may.
#![cfg(test)]

mod configure;
mod conformance;
mod current;
mod freeze;
mod npy;
mod numpy_replay;
mod refusals;
mod support;
