//! What the model promises, one contract per module.

// Lets helpers unwrap as tests may.
#![cfg(test)]

mod accuracy;
mod audit;
mod clamp;
mod configure;
mod conformance;
mod extremes;
mod nest_trace;
mod refusals;
mod support;
mod taylor;
