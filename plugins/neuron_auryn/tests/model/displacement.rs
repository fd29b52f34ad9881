//! The audit says by how much weak input moves the mean potential.

use crate::support::{DT_MS, Declared, Tif, one};
use neuropil_core::{Neuron, Neurons};
use neuropil_neuron_auryn::{IfGroup, TifGroup};

fn defaults<M: Declared>() -> Vec<f64> {
    M::DECLARATION.parameters.iter().map(|p| p.default).collect()
}

/// The potential under spikes in every step, against the audit's estimate; Euler and the grid cost about a percent.
fn check<M: Declared<Real = f64>>() {
    let audit = M::DECLARATION.audit.unwrap();
    for (channel, receptor) in M::DECLARATION.receptors.iter().enumerate() {
        let mut cells = one::<M>(&[]);
        let (rest, weight) = (cells.get("V_m", 0), 1e-6);
        for _ in 0..30_000 {
            cells.step();
            cells.arrive(receptor.name, 0, weight);
        }
        let estimate = (audit.receptor)(&defaults::<M>(), channel) * weight / DT_MS;
        let ratio = (cells.get("V_m", 0) - rest) / estimate;
        assert!((ratio - 1.0).abs() < 0.015, "{}: {ratio}", receptor.name);
    }
}

#[test]
fn of_spikes() {
    check::<Neurons<TifGroup, f64>>();
    check::<Neurons<IfGroup, f64>>();
}

#[test]
fn of_the_background() {
    let audit = TifGroup::DECLARATION.audit.unwrap();
    let mut parameters = defaults::<Neurons<TifGroup, f64>>();
    parameters[7] = 4.0;
    let mut cells = one::<Tif<f64>>(&[("bg_current", 4.0)]);
    (0..5000).for_each(|_| drop(cells.step()));
    assert!((cells.get("V_m", 0) + 60.0 - (audit.constant)(&parameters)).abs() < 1e-6);
    assert_eq!((audit.distance)(&parameters), 10.0);
    assert_eq!((IfGroup::DECLARATION.audit.unwrap().distance)(&defaults::<Neurons<IfGroup, f64>>()), 20.0);
}
