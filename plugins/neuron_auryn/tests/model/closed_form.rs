//! Without spikes of its own, the state on the grid is the solution of the equations, Euler's for the membrane.

use neuropil_core::math::{exp, pow};

use crate::support::{Declared, If, Tif, one};
use neuropil_core::Neurons;
use neuropil_neuron_auryn::{IfGroup, TifGroup};

fn assert_close(value: f64, expected: f64, place: &str) {
    assert!((value - expected).abs() <= 1e-11 * expected.abs(), "{value:e} for {expected:e} {place}");
}

/// Sets `variable` to 0.1 and asserts that it decays with `tau`, in ms.
fn decays<M: Declared>(variable: &str, tau: f64) {
    let mut cells = one::<M>(&[]);
    cells.set(variable, 0, 0.1);
    for step in 1..=1000 {
        assert!(cells.step().is_empty());
        assert_close(cells.get(variable, 0), 0.1 * exp(-0.1 * f64::from(step) / tau), variable);
    }
}

#[test]
fn conductances_and_threshold_decay() {
    decays::<Neurons<TifGroup, f64>>("g_ampa", 5.0);
    decays::<Neurons<TifGroup, f64>>("g_gaba", 10.0);
    decays::<Neurons<IfGroup, f64>>("g_nmda", 100.0);
    decays::<Neurons<IfGroup, f64>>("g_gaba", 10.0);
    decays::<Neurons<IfGroup, f64>>("thr", 5.0);
}

/// `g_nmda` after a spike at `ampa`: the difference of two exponentials, exact on the grid.
#[test]
fn nmda_follows_ampa() {
    let mut cells = one::<If<f64>>(&[]);
    cells.arrive("ampa", 0, 0.1);
    let (p, q) = (exp(-0.1 / 5.0), exp(-0.1 / 100.0));
    for n in 1..=3000 {
        cells.step();
        let n = f64::from(n);
        let expected = 0.1 * (1.0 - q) * q / (q - p) * (pow(q, n) - pow(p, n));
        assert!((cells.get("g_nmda", 0) - expected).abs() < 1e-14, "step {n}");
    }
}

/// Towards `E_L + bg_current`, by the share `dt/tau_m` of the way in each step.
#[test]
fn the_background_charges_the_membrane() {
    let mut cells = one::<Tif<f64>>(&[("bg_current", 9.0)]);
    for n in 1..=2000 {
        assert!(cells.step().is_empty());
        let expected = -60.0 + 9.0 * (1.0 - pow(1.0 - 0.1 / 20.0, f64::from(n)));
        assert_close(cells.get("V_m", 0), expected, &format!("step {n}"));
    }
}

/// One step, by hand: from -55 mV, under all terms at once.
#[test]
fn one_step_of_each_model() {
    let mut tif = one::<Tif<f64>>(&[("bg_current", 7.0)]);
    let mut cell = one::<If<f64>>(&[("ampa_nmda_ratio", 3.0)]);
    for (name, value) in [("V_m", -55.0), ("g_ampa", 0.3), ("g_gaba", 0.8)] {
        tif.set(name, 0, value);
        cell.set(name, 0, value);
    }
    cell.set("g_nmda", 0, -0.2);
    tif.step();
    cell.step();
    assert_close(tif.get("V_m", 0), -55.0 + 0.005 * (-5.0 + 0.3 * 55.0 - 0.8 * 25.0 + 7.0), "tifgroup");
    let excitation = (0.75 * 0.3 - 0.25 * 0.2) * 55.0;
    assert_close(cell.get("V_m", 0), -55.0 + 0.005 * (-15.0 + excitation - 0.8 * 25.0), "ifgroup");
}

/// `V_m` stays between `E_gaba` and 0 mV.
#[test]
fn ifgroup_clips_the_potential() {
    for (set, expected) in [(-95.0, -80.0), (30.0, 0.0)] {
        let mut cells = one::<If<f64>>(&[]);
        cells.set("thr", 0, 500.0);
        cells.set("V_m", 0, set);
        cells.step();
        assert_eq!(cells.get("V_m", 0), expected);
    }
}
