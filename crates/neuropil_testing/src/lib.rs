//! What the tests of models are written with.
//!
//! What the engine requires of every model is checked by one call, in a test of its own; what is special to a model is for its
//! own tests. [`Cells`] are neurons without a network, driven step by step.
//!
//! | kind | one call | what it checks, in both precisions |
//! |---|---|---|
//! | neuron | [`neuron_conformance`], or [`conformance()`] for a [`NeuronModel`](neuropil_core::NeuronModel) | the same bits in any slice, beside any neighbours, with shared and own parameters; state is read back and survives other parameters; a step runs on vectors |
//! | stimulus | [`stimulus_conformance`], or [`stimulus_model_conformance`] | what a target gets depends on its position alone, times its weight, in the window; a stimulus that is built anew goes on |
//! | synapse | [`synapse_conformance`] | the synapses that are wired, and their sums in order, in any slices and however they are stored; edits are read back |
//! | connection rule | [`rule_conformance`] | the same synapses in any slices, as many as it says |
//! | distribution | [`distribution_conformance`] | values lie within its bounds, and have its mean and standard deviation |
//! | process, action | [`process_conformance`], [`action_conformance`] | the same spikes and state of a small network in any partitions and pieces |
//! | recorder | [`recorder_conformance`] | the same rows whatever the slices, full and in order, as many as it expects, of columns that it plots |
//!
//! What has several parts, such as a plugin with systems, is tried as a network: [`same_however_cut`] simulates it in partitions and
//! pieces.
//!
//! All are tried with every instruction set of the machine, where they may use vectors. The kit's own tests seed mistakes in right
//! models, and show that each is found.
#![forbid(unsafe_code)]

mod actor;
mod cells;
mod counting;
mod distribution;
mod drive;
mod levels;
#[cfg(test)]
mod mistake;
mod models;
mod network;
mod neuron;
mod outcome;
mod recorder;
mod rule;
mod scenery;
mod stimulus;
mod synapse;
mod values;
mod vectors;
mod wiring;

pub use actor::{action_conformance, process_conformance};
pub use cells::{Cells, parameters};
pub use distribution::distribution_conformance;
pub use levels::same_on_every_level;
pub use models::{TestNeuron, TestNoise};
pub use neuron::{conformance, neuron_conformance};
pub use outcome::{Collector, Outcome, same_however_cut, simulate};
pub use recorder::recorder_conformance;
pub use rule::rule_conformance;
pub use stimulus::{stimulus_conformance, stimulus_model_conformance};
pub use synapse::synapse_conformance;
