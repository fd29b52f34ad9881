//! Spikes, conductances and the potential.

use neuropil_core::Neuron;
use neuropil_core::math::{exp, exp_m1};
use neuropil_neuron_lifref_cond_exp::LifrefCondExp;

use crate::support::{CURRENT, EX, G_EX, G_IN, IN, V_M, one};

const DT_MS: f64 = 0.1;

/// With its conductances the membrane is linear: the potential after a step from `v`.
fn solution(v: f64, g_ex: f64, g_in: f64, current: f64) -> f64 {
    let (leak, tau) = (10.0, 20.0);
    let total = leak + g_ex + g_in;
    let rest = (leak * -60.0 + g_in * -80.0 + current) / total;
    v + (v - rest) * exp_m1(-DT_MS / tau * total / leak)
}

#[test]
fn a_step_is_the_solution_for_its_conductances() {
    for (ex, inh, current) in [(0.0, 0.0, 0.0), (6.0, 67.0, 200.0), (1e3, 0.0, -50.0), (5.0, 3e5, 1e4)] {
        let mut cells = one::<f64>(DT_MS, &[("I_e", current), ("V_th", 1e6)]);
        cells.arrive(EX, 0, ex);
        cells.arrive(IN, 0, -inh);
        let mut v = -60.0;
        for n in 0..500 {
            cells.step();
            let decayed = |g: f64, tau: f64| g * exp(-f64::from(n) * DT_MS / tau);
            let (g_ex, g_in) = (decayed(ex, 5.0), decayed(inh, 10.0));
            assert!((cells.get(G_EX, 0) - g_ex).abs() <= 1e-12 * g_ex);
            assert!((cells.get(G_IN, 0) - g_in).abs() <= 1e-12 * g_in);
            v = solution(v, g_ex, g_in, current);
            assert!((cells.get(V_M, 0) - v).abs() < 1e-10, "{} {v} in step {n}", cells.get(V_M, 0));
        }
    }
}

/// The sign of a weight chooses the receptor; conductances are positive.
#[test]
fn a_negative_weight_opens_an_inhibitory_conductance() {
    assert_eq!(LifrefCondExp::DECLARATION.receptor_for_weight(6.0), Some(0));
    assert_eq!(LifrefCondExp::DECLARATION.receptor_for_weight(-67.0), Some(1));
    let mut cells = one::<f64>(DT_MS, &[]);
    cells.arrive(IN, 0, -67.0);
    cells.step();
    assert_eq!((cells.get(G_EX, 0), cells.get(G_IN, 0)), (0.0, 67.0));
    assert!((-80.0..-60.5).contains(&cells.get(V_M, 0)));
}

/// The current of a stimulus acts as the constant one does, one step after it arrives.
#[test]
fn a_device_acts_one_step_later() {
    let mut constant = one::<f64>(DT_MS, &[("I_e", 100.0)]);
    let mut driven = one::<f64>(DT_MS, &[]);
    driven.arrive(CURRENT, 0, 100.0);
    driven.step();
    assert_eq!(driven.get(V_M, 0), -60.0);
    for _ in 0..300 {
        driven.arrive(CURRENT, 0, 100.0);
        driven.step();
        constant.step();
        assert!((driven.get(V_M, 0) - constant.get(V_M, 0)).abs() < 1e-12);
    }
}

/// The numbers of BrainPy's tutorial, in its units: 1 Ohm, 20 mA and millisiemens.
#[test]
fn the_scale_of_the_resistance_does_not_matter() {
    let mut small = one::<f64>(DT_MS, &[("I_e", 200.0)]);
    let mut large = one::<f64>(DT_MS, &[("R_m", 1e-6), ("I_e", 2e10)]);
    for step in 0..2000 {
        if step % 40 == 0 {
            small.arrive(EX, 0, 6.0);
            large.arrive(EX, 0, 6e8);
        }
        assert_eq!(small.step(), large.step());
        assert!((small.get(V_M, 0) - large.get(V_M, 0)).abs() < 1e-11);
    }
}

/// Weak regular input moves the mean potential by what the audit says.
#[test]
fn the_audit_is_the_linear_response() {
    let audit = LifrefCondExp::DECLARATION.audit.unwrap();
    let defaults: Vec<f64> = LifrefCondExp::DECLARATION.parameters.iter().map(|p| p.default).collect();
    assert_eq!((audit.distance)(&defaults), 10.0);
    for (channel, (receptor, weight)) in [(EX, 0.01), (IN, -0.01), (CURRENT, 0.5)].into_iter().enumerate() {
        let mut cells = one::<f64>(DT_MS, &[]);
        let (period, mut sum) = (if receptor == CURRENT { 1 } else { 10 }, 0.0);
        for step in 0..20_000 {
            if step % period == 0 {
                cells.arrive(receptor, 0, weight);
            }
            cells.step();
            sum += if step >= 10_000 { cells.get(V_M, 0) + 60.0 } else { 0.0 };
        }
        // One spike per ms, or a constant current.
        let expected = (audit.receptor)(&defaults, channel) * weight;
        assert!((sum / 1e4 / expected - 1.0).abs() < 0.02, "{receptor}: {} {expected}", sum / 1e4);
    }
    let mut driven = defaults.clone();
    driven[LifrefCondExp::DECLARATION.parameter("I_e").unwrap()] = 200.0;
    assert!(((audit.constant)(&driven) - 20.0).abs() < 1e-12);
}

/// What decays for ever ends at zero, and not among the subnormal numbers.
#[test]
fn conductances_end_at_zero() {
    let mut cells = one::<f64>(DT_MS, &[]);
    cells.arrive(EX, 0, 10.0);
    cells.arrive(IN, 0, -10.0);
    (0..80_000).for_each(|_| drop(cells.step()));
    assert_eq!((cells.get(G_EX, 0), cells.get(G_IN, 0)), (0.0, 0.0));
}
