//! What the engine requires of every stimulus.

use neuropil_stimulus_dc::DcGenerator;
use neuropil_testing::stimulus_conformance;

#[test]
fn the_model_keeps_the_contracts_of_the_engine() {
    stimulus_conformance::<DcGenerator>(&[("amplitude", 100.0)]);
}
