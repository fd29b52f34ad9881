//! Threshold, reset and the refractory period.

use neuropil_core::math::exp;

use crate::support::{Cells, DOPRI5, EX, G_EX, G_IN, IN, RK4, V_M, one};

const DT_MS: f64 = 0.1;

/// One neuron for each integrator.
fn of_each_integrator(changes: &[(&str, f64)]) -> [Cells<f64>; 2] {
    [RK4, DOPRI5].map(|integrator| one(DT_MS, &[changes, &[("integrator", integrator)]].concat()))
}

/// The stamps of the first `n` spikes.
fn stamps(cells: &mut Cells<f64>, n: usize) -> Vec<u64> {
    (1..).filter(|_| !cells.step().is_empty()).take(n).collect()
}

/// The stamps from the next spike on at which `V_m` is still the reset potential.
fn clamped(cells: &mut Cells<f64>, v_reset: f64) -> u64 {
    stamps(cells, 1);
    (0..).take_while(|_| cells.get(V_M, 0) == v_reset && cells.step().is_empty()).count() as u64
}

/// NEST's `test_refractory.py`: the first instant, too, lies in the period, so 1.7 ms are 18 stamps.
#[test]
fn the_clamp_lasts_exactly_the_refractory_period() {
    for (t_ref, n) in [(1.7, 18), (0.0, 1), (0.1, 2), (2.0, 21)] {
        for mut cells in of_each_integrator(&[("I_e", 1500.0), ("t_ref", t_ref), ("V_reset", -68.0)]) {
            for _ in 0..3 {
                assert_eq!(clamped(&mut cells, -68.0), n, "t_ref {t_ref}");
            }
        }
    }
}

/// The threshold is reached `10 ln(40/25)` = 4.70004 ms after the start, and after the end of each clamp of 2 ms.
#[test]
fn intervals_between_spikes() {
    for mut cells in of_each_integrator(&[("g_L", 25.0), ("V_reset", -70.0), ("I_e", 1000.0)]) {
        assert_eq!(stamps(&mut cells, 3), [48, 116, 184]);
    }
}

/// Spikes that arrive during the clamp leave `V_m` alone and move it afterwards, as conductances that have decayed.
#[test]
fn conductances_go_on_during_the_clamp() {
    for mut cells in of_each_integrator(&[("I_e", 1000.0), ("t_ref", 1.7), ("tau_syn_ex", 1.0)]) {
        stamps(&mut cells, 1);
        cells.arrive(EX, 0, 50.0);
        cells.arrive(IN, 0, -30.0);
        for n in 0..17 {
            assert!(cells.step().is_empty());
            assert_eq!(cells.get(V_M, 0), -60.0);
            let t = f64::from(n) * DT_MS;
            assert!((cells.get(G_EX, 0) - 50.0 * exp(-t)).abs() < 1e-12);
            assert!((cells.get(G_IN, 0) - 30.0 * exp(-t / 2.0)).abs() < 1e-12);
        }
        cells.step();
        assert!(cells.get(V_M, 0) > -60.0);
    }
}

/// A refractory neuron is clamped whatever its potential is set to.
#[test]
fn a_potential_set_during_the_clamp_does_not_last() {
    for mut cells in of_each_integrator(&[("I_e", 1000.0)]) {
        stamps(&mut cells, 1);
        cells.set(V_M, 0, -20.0);
        assert!(cells.step().is_empty());
        assert_eq!(cells.get(V_M, 0), -60.0);
    }
}

/// To reach the threshold is to cross it.
#[test]
fn the_threshold_itself_fires() {
    for mut at in of_each_integrator(&[("V_th", -70.0), ("V_reset", -71.0)]) {
        assert_eq!(at.step(), [0]);
        assert_eq!(at.get(V_M, 0), -71.0);
    }
    for mut below in of_each_integrator(&[("V_th", -69.999_999), ("V_reset", -71.0)]) {
        assert!((0..100).all(|_| below.step().is_empty()));
    }
}

/// Currents are those at the threshold where `V_m` exceeds it. From 35 mV above, an inhibition that would take away two
/// thirds of the distance to `E_in` takes away 30 mV, and the neuron fires.
#[test]
fn beyond_the_threshold_currents_are_those_at_it() {
    for mut cells in of_each_integrator(&[("tau_syn_in", 1e6)]) {
        cells.set(V_M, 0, -20.0);
        cells.set(G_IN, 0, 2500.0);
        assert_eq!(cells.step(), [0]);
    }
}

/// A spike is in the conductance at the end of the step in which it arrives, and in `V_m` one step later.
#[test]
fn a_spike_shows_in_the_conductance_first() {
    for mut cells in of_each_integrator(&[]) {
        cells.arrive(EX, 0, 10.0);
        cells.step();
        assert_eq!((cells.get(V_M, 0), cells.get(G_EX, 0)), (-70.0, 10.0));
        cells.step();
        assert!(cells.get(V_M, 0) > -70.0 && cells.get(G_EX, 0) < 10.0);
        cells.arrive(IN, 0, -20.0);
        cells.step();
        assert_eq!(cells.get(G_IN, 0), 20.0);
    }
}
