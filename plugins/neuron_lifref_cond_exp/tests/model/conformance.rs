//! What the engine requires of every model.

use neuropil_core::{Neuron, Neurons};
use neuropil_neuron_lifref_cond_exp::LifrefCondExp;
use neuropil_testing::conformance;

#[test]
fn the_model_keeps_the_contracts_of_the_engine() {
    conformance::<Neurons<LifrefCondExp, f32>, Neurons<LifrefCondExp, f64>>(LifrefCondExp::DECLARATION);
}
