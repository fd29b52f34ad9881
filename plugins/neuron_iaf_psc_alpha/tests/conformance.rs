//! What the engine requires of every model.

use neuropil_core::{Neuron, Neurons};
use neuropil_neuron_iaf_psc_alpha::IafPscAlpha;
use neuropil_testing::conformance;

#[test]
fn the_model_keeps_the_contracts_of_the_engine() {
    conformance::<Neurons<IafPscAlpha, f32>, Neurons<IafPscAlpha, f64>>(IafPscAlpha::DECLARATION);
}
