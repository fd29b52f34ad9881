//! What the models promise, one contract per module.

// Lets helpers unwrap as tests may.
#![cfg(test)]

mod auryn_coba;
mod auryn_traces;
mod closed_form;
mod configure_keeps_state;
mod conformance;
mod declarations;
mod displacement;
mod ifgroup_order;
mod refractoriness;
mod refusals;
mod spikes_are_added_after_the_step;
mod support;
