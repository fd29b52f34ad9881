//! Threshold, reset and the refractory period.

use neuropil_core::math::exp;

use crate::support::{Cells, EX, I_SYN_EX, V_M, one};

const DT_MS: f64 = 0.1;

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
        let mut cells = one::<f64>(DT_MS, &[("I_e", 1500.0), ("t_ref", t_ref), ("V_reset", -68.0)]);
        for _ in 0..3 {
            assert_eq!(clamped(&mut cells, -68.0), n, "t_ref {t_ref}");
        }
    }
}

/// The threshold is reached `10 ln(40/25)` = 4.70004 ms after the start, and after the end of each clamp of 2 ms.
#[test]
fn intervals_between_spikes() {
    let mut cells = one::<f64>(DT_MS, &[("I_e", 1000.0)]);
    assert_eq!(stamps(&mut cells, 3), [48, 116, 184]);
}

/// Spikes that arrive during the clamp leave `V_m` alone and move it afterwards, as a current that has decayed.
#[test]
fn currents_go_on_during_the_clamp() {
    let mut cells = one::<f64>(DT_MS, &[("I_e", 1000.0), ("t_ref", 1.7)]);
    stamps(&mut cells, 1);
    cells.arrive(EX, 0, 500.0);
    for n in 0..17 {
        assert!(cells.step().is_empty());
        assert_eq!(cells.get(V_M, 0), -70.0);
        assert!((cells.get(I_SYN_EX, 0) - 500.0 * exp(-f64::from(n) * DT_MS / 2.0)).abs() < 1e-10);
    }
    let current = cells.get(I_SYN_EX, 0);
    cells.step();
    let by_current = current / (250.0 * (1.0 / 2.0 - 1.0 / 10.0)) * (exp(-0.01) - exp(-0.05));
    let expected = -70.0 + 1000.0 * 10.0 / 250.0 * (1.0 - exp(-0.01)) + by_current;
    assert!((cells.get(V_M, 0) - expected).abs() < 1e-12, "{} {expected}", cells.get(V_M, 0));
}

/// To reach the threshold is to cross it.
#[test]
fn the_threshold_itself_fires() {
    let mut at = one::<f64>(DT_MS, &[("V_th", -70.0), ("V_reset", -71.0)]);
    assert_eq!(at.step(), [0]);
    assert_eq!(at.get(V_M, 0), -71.0);
    let mut below = one::<f64>(DT_MS, &[("V_th", -69.999_999), ("V_reset", -71.0)]);
    assert!((0..100).all(|_| below.step().is_empty()));
}

/// A spike is in the current at the end of the step in which it arrives, and in `V_m` one step later.
#[test]
fn a_spike_shows_in_the_current_first() {
    let mut cells = one::<f64>(DT_MS, &[]);
    cells.arrive(EX, 0, 100.0);
    cells.step();
    assert_eq!((cells.get(V_M, 0), cells.get(I_SYN_EX, 0)), (-70.0, 100.0));
    cells.step();
    assert!(cells.get(V_M, 0) > -70.0 && cells.get(I_SYN_EX, 0) < 100.0);
}
