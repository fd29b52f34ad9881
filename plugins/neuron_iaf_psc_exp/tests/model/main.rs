//! What the model promises, one contract per module.

// Lets helpers unwrap as tests may.
#![cfg(test)]

mod clamp;
mod closed_form;
mod conformance;
mod nest_trace;
mod refusals;
mod support;
