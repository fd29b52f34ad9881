//! What the engine requires of every model.

use neuropil_neuron_iaf_cond_exp::IafCondExp;
use neuropil_testing::neuron_conformance;

#[test]
fn the_model_keeps_the_contracts_of_the_engine() {
    neuron_conformance::<IafCondExp>();
}
