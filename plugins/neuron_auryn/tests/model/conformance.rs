//! What the engine requires of every model.

use neuropil_neuron_auryn::{IfGroup, TifGroup};
use neuropil_testing::neuron_conformance;

#[test]
fn ifgroup_keeps_the_contracts_of_the_engine() {
    neuron_conformance::<IfGroup>();
}

#[test]
fn tifgroup_keeps_the_contracts_of_the_engine() {
    neuron_conformance::<TifGroup>();
}
