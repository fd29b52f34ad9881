//! What the engine requires of every model.

use neuropil_core::{Neuron, Neurons};
use neuropil_neuron_lif_dexp::LifDexp;
use neuropil_testing::conformance;

#[test]
fn the_model_keeps_the_contracts_of_the_engine() {
    conformance::<Neurons<LifDexp, f32>, Neurons<LifDexp, f64>>(LifDexp::DECLARATION);
}
