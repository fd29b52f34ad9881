//! What the engine requires of every recorder.

use neuropil_recorder_traces::Traces;
use neuropil_testing::{TestNeuron, recorder_conformance};

#[test]
fn the_recorder_keeps_the_contracts_of_the_engine() {
    recorder_conformance::<Traces>(&TestNeuron, &[]);
    recorder_conformance::<Traces>(&TestNeuron, &[("interval", 0.7), ("pasted_spikes", 20.0)]);
}
