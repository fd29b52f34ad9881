//! What the rule promises.

use neuropil_core::rule::{Onto, Rule};
use neuropil_core::{Registry, Slice, View};
use neuropil_rule_my_rule::MyRule;
use neuropil_testing::rule_conformance;

#[test]
fn it_keeps_the_contracts_of_the_engine() {
    let mut registry = Registry::default();
    registry.add_plugin(&MyRule::default());
    registry.rules().for_each(rule_conformance);
}

#[test]
fn without_chance_the_sources_are_the_neighbours() {
    let rule = Rule::with::<MyRule>(&[("reach", 2.0), ("p", 0.0)]);
    let ring = View::new([(0, 0, 10)]).unwrap();
    let onto = Onto::new(&ring, &ring, Slice { population: 0, start: 0, len: 10 }, 1, 0);
    rule.connect(onto).unwrap().visit(&mut |target, incoming| {
        let mut distances: Vec<u32> = incoming.rows.iter().map(|s| (s + 10 - target.position) % 10).collect();
        distances.sort_unstable();
        assert_eq!(distances, [1, 2, 8, 9]);
    });
}
