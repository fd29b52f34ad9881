//! What the engine requires of every model.

use neuropil_core::{Neuron, Neurons};
use neuropil_neuron_auryn::{IfGroup, TifGroup};
use neuropil_testing::conformance;

#[test]
fn ifgroup_keeps_the_contracts_of_the_engine() {
    conformance::<Neurons<IfGroup, f32>, Neurons<IfGroup, f64>>(IfGroup::DECLARATION);
}

#[test]
fn tifgroup_keeps_the_contracts_of_the_engine() {
    conformance::<Neurons<TifGroup, f32>, Neurons<TifGroup, f64>>(TifGroup::DECLARATION);
}
