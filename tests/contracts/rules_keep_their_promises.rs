//! Every connection rule of the program gives a target the same synapses, whatever the slices, and as many as it says.

use neuropil::{default_plugins, registry};
use neuropil_testing::rule_conformance;

#[test]
fn all_of_the_program() {
    let registry = registry(&default_plugins());
    assert!(registry.rules().count() > 0);
    registry.rules().for_each(rule_conformance);
}
