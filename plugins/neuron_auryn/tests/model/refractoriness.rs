//! How long a neuron can't fire.

use neuropil_core::math::ln;

use crate::support::{Cells, DT_MS, Declared, If, Tif, one};

/// The first intervals between spikes, in steps, with `force` before each step.
fn intervals<M: Declared>(mut cells: Cells<M>, force: impl Fn(&mut Cells<M>)) -> Vec<u64> {
    let mut fires = |_: &u64| {
        force(&mut cells);
        !cells.step().is_empty()
    };
    let stamps: Vec<_> = (0..2000).filter(&mut fires).take(4).collect();
    stamps.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// A drive that reaches the threshold in one step: Auryn's counter of 50 steps makes intervals of 5.1 ms.
#[test]
fn tifgroup_waits_for_the_period_and_one_step() {
    for (t_ref, steps) in [(5.0, 51), (0.0, 1), (0.1, 2), (2.0, 21)] {
        let strong = one::<Tif<f32>>(&[("bg_current", 1e5), ("t_ref", t_ref)]);
        assert_eq!(intervals(strong, |_| ()), [steps; 3], "t_ref {t_ref}");
    }
}

/// Held at rest for 50 steps, whatever arrives.
#[test]
fn tifgroup_is_held_at_rest() {
    let mut cells = one::<Tif<f64>>(&[("bg_current", 1e5)]);
    assert_eq!(cells.step(), [0]);
    for _ in 0..50 {
        assert_eq!(cells.get("V_m", 0), -60.0);
        cells.arrive("ampa", 0, 0.1);
        assert!(cells.step().is_empty());
    }
    assert_eq!(cells.step(), [0]);
}

/// With `V_m` at its upper bound of 0 mV the threshold alone decides: `tau_thr ln(-dthr/V_th)`, 3.47 ms by default.
#[test]
fn ifgroup_waits_until_the_threshold_is_below_zero() {
    assert!((5.0 * ln(100.0 / 50.0) - 3.4657).abs() < 1e-4);
    for (tau_thr, dthr, v_th) in [(5.0, 100.0, -50.0), (5.0, 300.0, -40.0), (12.0, 100.0, -50.0)] {
        let forced = one::<If<f64>>(&[("tau_thr", tau_thr), ("dthr", dthr), ("V_th", v_th)]);
        let steps = (tau_thr * ln(-dthr / v_th) / DT_MS).ceil() as u64;
        let force = |cells: &mut Cells<If<f64>>| cells.set("V_m", 0, 50.0);
        assert_eq!(intervals(forced, force), [steps; 3], "{tau_thr} {dthr} {v_th}");
    }
}

/// `>`, not `>=`.
#[test]
fn the_threshold_itself_does_not_fire() {
    let mut at = one::<Tif<f64>>(&[("E_L", -55.0), ("bg_current", 5.0)]);
    at.set("V_m", 0, -50.0);
    assert!((0..100).all(|_| at.step().is_empty()) && at.get("V_m", 0) == -50.0);
    let mut on = one::<If<f64>>(&[("V_th", 0.0)]);
    on.set("V_m", 0, 10.0);
    assert!(on.step().is_empty() && on.get("V_m", 0) == 0.0);
    let mut above = one::<If<f64>>(&[("V_th", -0.001)]);
    above.set("V_m", 0, 10.0);
    assert_eq!(above.step(), [0]);
    assert_eq!((above.get("V_m", 0), above.get("thr", 0)), (-70.0, 100.0));
}
