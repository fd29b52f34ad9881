//! What the engine requires of every synapse model.

use neuropil_synapse_static::{DECLARATION, StaticSynapses};
use neuropil_testing::synapse_conformance;

#[test]
fn the_model_keeps_the_contracts_of_the_engine() {
    synapse_conformance::<StaticSynapses<f32>, StaticSynapses<f64>>(&DECLARATION);
}
