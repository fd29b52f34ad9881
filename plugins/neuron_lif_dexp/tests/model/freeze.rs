//! Threshold, reset, and the refractory period.

use crate::support::{I_SYN, SYN, V_M, one};

/// Driven far above threshold, so that it fires in the first step in which it moves far enough.
const DRIVEN: (&str, f64) = ("I_e", 1e5);

/// The steps in which a neuron fires.
fn spikes(changes: &[(&str, f64)], n: usize) -> Vec<u64> {
    let mut cells = one::<f64>(changes);
    (0..).filter(|_| !cells.step().is_empty()).take(n).collect()
}

/// The steps that a NumPy script finds, from `0.00005 * i > last + t_ref` in doubles: 41 or 40 after the last.
#[test]
fn the_period_ends_where_rounded_times_say() {
    let (dt, t_ref, mut last, mut expected) = (5e-5, 2e-3, 0.0, Vec::new());
    for i in 0..2000 {
        let now = dt * f64::from(i);
        if now > last + t_ref {
            last += now - last;
            expected.push(i as u64);
        }
    }
    assert_eq!(spikes(&[DRIVEN], expected.len()), expected);
    let intervals: Vec<_> = expected.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(intervals.contains(&40) && intervals.contains(&41), "{intervals:?}");
}

#[test]
fn a_period_off_the_grid_is_free_of_rounding() {
    let steps = spikes(&[DRIVEN, ("t_ref", 1.975)], 500);
    assert!(steps.iter().zip(1..).all(|(&step, n)| step == 40 * n));
    let steps = spikes(&[DRIVEN, ("t_ref", 0.0)], 500);
    assert!(steps.iter().zip(1..).all(|(&step, n)| step == n));
}

/// Single precision has the same times.
#[test]
fn precision_changes_no_time() {
    let mut cells = one::<f32>(&[DRIVEN]);
    let single: Vec<u64> = (0..100_000).filter(|_| !cells.step().is_empty()).collect();
    assert_eq!(single, spikes(&[DRIVEN], single.len()));
    assert!(single.len() > 2400);
}

/// Nobody moves in the first `t_ref`, and spikes are not lost meanwhile.
#[test]
fn the_start_counts_as_a_spike() {
    let mut cells = one::<f64>(&[("I_e", -45.0)]);
    cells.set(V_M, 0, -52.0);
    cells.arrive(SYN, 0, 0.01);
    for _ in 0..=40 {
        assert!(cells.step().is_empty());
        assert_eq!(cells.get(V_M, 0), -52.0);
    }
    assert!(cells.get(I_SYN, 0) > 0.1);
    cells.step();
    assert!(cells.get(V_M, 0) > -52.0);
}

/// A frozen neuron at threshold fires: at the start, whoever is set there.
#[test]
fn the_threshold_itself_fires_even_when_frozen() {
    let mut cells = one::<f64>(&[]);
    cells.set(V_M, 0, -40.000_000_000_001);
    assert!(cells.step().is_empty());
    for v in [-40.0, 30.0] {
        cells.set(V_M, 0, v);
        assert_eq!(cells.step(), [0]);
        assert_eq!(cells.get(V_M, 0), -65.0);
    }
}
