//! What the engine requires of every model.

use neuropil_core::{Neuron, Neurons};
use neuropil_neuron_iaf_cond_exp::IafCondExp;
use neuropil_testing::conformance;

#[test]
fn the_model_keeps_the_contracts_of_the_engine() {
    conformance::<Neurons<IafCondExp, f32>, Neurons<IafCondExp, f64>>(IafCondExp::DECLARATION);
}
