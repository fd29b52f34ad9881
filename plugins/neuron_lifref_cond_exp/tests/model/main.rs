//! What the model promises, one contract per module.

// Lets helpers unwrap as tests may.
#![cfg(test)]

mod brainpy_trace;
mod conductances;
mod configure;
mod conformance;
mod hold;
mod refusals;
mod support;
