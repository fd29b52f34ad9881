//! What the engine requires of every model.

use neuropil_neuron_auryn::{ifgroup, tifgroup};
use neuropil_testing::conformance;

#[test]
fn ifgroup_keeps_the_contracts_of_the_engine() {
    conformance::<ifgroup::Neurons<f32>, ifgroup::Neurons<f64>>(&ifgroup::DECLARATION);
}

#[test]
fn tifgroup_keeps_the_contracts_of_the_engine() {
    conformance::<tifgroup::Neurons<f32>, tifgroup::Neurons<f64>>(&tifgroup::DECLARATION);
}
