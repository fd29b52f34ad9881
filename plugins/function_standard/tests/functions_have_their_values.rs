//! Functions have the values that mathematics gives them.
#![cfg(test)]

use neuropil_core::{Plugin, Registry};
use neuropil_function_standard::StandardFunctionsPlugin;

#[test]
fn all_of_this_crate() {
    let mut registry = Registry::default();
    StandardFunctionsPlugin.build(&mut registry);
    let value = |name: &str, arguments: &[f64]| registry.function(name).unwrap().value(arguments).unwrap();
    for (name, arguments, expected) in [
        ("abs", &[-2.5][..], 2.5),
        ("ceil", &[2.5], 3.0),
        ("exp", &[0.0], 1.0),
        ("floor", &[-2.5], -3.0),
        ("int", &[-2.5], -2.0),
        ("ln", &[1.0], 0.0),
        ("max", &[1.0, 2.0], 2.0),
        ("min", &[1.0, 2.0], 1.0),
        ("round", &[-2.5], -3.0),
        ("sqrt", &[6.25], 2.5),
    ] {
        assert_eq!(value(name, arguments), expected, "{name}");
    }
    assert!((value("psp_max_alpha", &[20.0, 0.5, 250.0]) - 0.1 / 20.680_155_243_678_46).abs() < 1e-15);
    assert!(registry.function("psp_max_alpha").unwrap().value(&[5.0, 5.0, 250.0]).is_err());
}
