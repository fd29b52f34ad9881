//! Threshold, reset, and the hold of a refractory neuron.

use neuropil_core::math::exp;

use crate::support::{Cells, EX, G_EX, HARD, SOFT, V_M, one};

const DT_MS: f64 = 0.1;
/// 200 pA, 20 mV: the drive of the tutorial.
const DRIVEN: (&str, f64) = ("I_e", 200.0);

/// The stamps of the first `n` spikes.
fn stamps(cells: &mut Cells<f64>, n: usize) -> Vec<u64> {
    (1..).filter(|_| !cells.step().is_empty()).take(n).collect()
}

/// The stamps of spikes by the solution between them, `-40 + (v + 40) exp(-t/20)`, and the rule of the hold.
fn expected_stamps(soft: bool, n: usize) -> Vec<u64> {
    let (mut v, mut stamp, mut stamps) = (-60.0, 0, Vec::new());
    while stamps.len() < n {
        stamp += 1;
        v = -40.0 + (v + 40.0) * exp(-DT_MS / 20.0);
        if v >= -50.0 {
            stamps.push(stamp);
            v = if soft { v - 10.0 } else { -60.0 };
            stamp += 49;
        }
    }
    stamps
}

/// Continuous time has intervals of 5 + 20 ln 2 = 18.863 ms. Here the step of the spike is the first of 50 in the period,
/// and 139 steps of the way to threshold end the interval: 18.8 ms, 53.19 Hz, whatever the reset leaves of the overshoot.
#[test]
fn intervals_of_an_uncoupled_neuron() {
    for reset in [SOFT, HARD] {
        let stamps = stamps(&mut one(DT_MS, &[DRIVEN, ("reset", reset)]), 1000);
        assert_eq!(stamps, expected_stamps(reset == SOFT, 1000));
        assert!(stamps.windows(2).all(|pair| pair[1] - pair[0] == 188));
    }
}

/// With another drive the overshoot decides: a soft reset fires earlier.
#[test]
fn a_soft_reset_shortens_intervals() {
    let last = |reset| stamps(&mut one(DT_MS, &[("I_e", 450.0), ("reset", reset)]), 1000)[999];
    assert!(last(SOFT) + 200 < last(HARD), "{} {}", last(SOFT), last(HARD));
}

/// In the step of the spike `V_m` is above threshold; then it stays where the reset put it.
#[test]
fn a_soft_reset_keeps_the_overshoot() {
    for (reset, kept) in [(SOFT, 1.0), (HARD, 0.0)] {
        let mut cells = one::<f64>(DT_MS, &[("reset", reset), ("V_reset", -62.0)]);
        cells.set(G_EX, 0, 400.0);
        stamps(&mut cells, 1);
        let overshoot = cells.get(V_M, 0) + 50.0;
        assert!(overshoot > 0.1);
        for _ in 0..49 {
            assert!(cells.step().is_empty());
            assert!((cells.get(V_M, 0) - (-62.0 + kept * overshoot)).abs() < 1e-12);
        }
        cells.step();
        assert!(cells.get(V_M, 0) > -62.0 + kept * overshoot + 0.1);
    }
}

#[test]
fn the_hold_is_shorter_than_the_period_by_the_step_of_the_spike() {
    for (t_ref, held) in [(0.0, 0), (0.1, 0), (0.2, 1), (1.7, 16), (5.0, 49)] {
        let mut cells = one::<f64>(DT_MS, &[DRIVEN, ("t_ref", t_ref), ("reset", HARD)]);
        for _ in 0..3 {
            stamps(&mut cells, 1);
            let n = (0..).take_while(|_| cells.step().is_empty() && cells.get(V_M, 0) == -60.0).count();
            assert_eq!(n, held, "t_ref {t_ref}");
        }
    }
}

/// To reach the threshold is to cross it.
#[test]
fn the_threshold_itself_fires() {
    let at_rest = |v_th| one::<f64>(DT_MS, &[("E_L", -50.0), ("V_th", v_th), ("reset", HARD)]).step();
    assert_eq!((at_rest(-49.999_999), at_rest(-50.000_001)), (vec![], vec![0]));
    let mut rising = one::<f64>(DT_MS, &[DRIVEN]);
    let before = (1..).find(|_| !rising.step().is_empty()).unwrap();
    let reached = rising.get(V_M, 0);
    // With the potential that it reaches as threshold it fires in the same step.
    let mut exact = one::<f64>(DT_MS, &[DRIVEN, ("V_th", reached)]);
    assert_eq!(stamps(&mut exact, 1), [before]);
}

/// One that is set above threshold moves on from there, and fires if it is still above.
#[test]
fn a_start_above_threshold_fires() {
    let mut cells = one::<f64>(DT_MS, &[]);
    cells.set(V_M, 0, -45.0);
    assert_eq!(cells.step(), [0]);
    let reached = -60.0 + 15.0 * exp(-DT_MS / 20.0);
    assert!((cells.get(V_M, 0) - reached).abs() < 1e-12);
    assert!(cells.step().is_empty());
    assert!((cells.get(V_M, 0) - (reached - 10.0)).abs() < 1e-12);
}

/// A held neuron that is still above threshold after its reset fires again, and is held anew.
#[test]
fn a_neuron_far_above_threshold_fires_until_it_is_below() {
    let mut cells = one::<f64>(DT_MS, &[("V_reset", -52.0)]);
    cells.set(G_EX, 0, 20_000.0);
    assert_eq!(cells.step(), [0]);
    let above = cells.get(V_M, 0) + 50.0;
    let more = (0..).take_while(|_| !cells.step().is_empty()).count();
    assert_eq!(more, (above / 2.0).floor() as usize);
    assert!(more > 2);
    assert!((1..49).all(|_| cells.step().is_empty()));
}

/// Conductances go on in a held neuron.
#[test]
fn spikes_are_not_lost_during_the_hold() {
    let mut cells = one::<f64>(DT_MS, &[DRIVEN]);
    stamps(&mut cells, 1);
    cells.arrive(EX, 0, 10.0);
    for n in 0..49 {
        cells.step();
        assert!((cells.get(G_EX, 0) - 10.0 * exp(-f64::from(n) * DT_MS / 5.0)).abs() < 1e-12);
    }
}
