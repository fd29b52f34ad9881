//! What the engine requires of every recorder.

use neuropil_recorder_weights::Weights;
use neuropil_testing::{TestNeuron, recorder_conformance};

#[test]
fn the_recorder_keeps_the_contracts_of_the_engine() {
    recorder_conformance::<Weights>(&TestNeuron, &[]);
}
