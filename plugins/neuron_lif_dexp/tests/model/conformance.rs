//! What the engine requires of every model.

use neuropil_neuron_lif_dexp::{DECLARATION, Neurons};
use neuropil_testing::conformance;

#[test]
fn the_model_keeps_the_contracts_of_the_engine() {
    conformance::<Neurons<f32>, Neurons<f64>>(&DECLARATION);
}
