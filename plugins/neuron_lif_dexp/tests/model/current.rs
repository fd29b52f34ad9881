//! Spikes and their current.

use neuropil_core::Neuron;
use neuropil_core::math::exp;

use crate::support::{CURRENT, Cells, DT_MS, H, I_SYN, SYN, V_M, one};

/// A neuron that moves from the first step on, without the bias.
const PASSIVE: [(&str, f64); 3] = [("I_e", 0.0), ("t_ref", 0.0), ("V_th", 1000.0)];

/// At rest at 0 mV and past step 0, in which `t > t_last + t_ref` holds for nobody.
fn passive() -> Cells<f64> {
    let mut cells = one(&PASSIVE);
    cells.set(V_M, 0, 0.0);
    cells.step();
    cells
}

/// What a weight of 1 mV s adds to the current after `n` decays of `h`: the sum that the scheme makes of the integral.
fn sum_of_decays(n: i32) -> f64 {
    let dt = DT_MS / 1000.0;
    let (rise, decay) = (-dt / 2e-3, -dt / 2e-2);
    let terms = (0..n).map(|k| exp(decay * f64::from(k) + rise * f64::from(n - 1 - k)));
    dt / (2e-3 * 2e-2) * terms.sum::<f64>()
}

#[test]
fn a_spike_moves_h_then_the_current_then_the_potential() {
    let mut cells = passive();
    cells.arrive(SYN, 0, 0.01);
    cells.step();
    let dt = DT_MS / 1000.0;
    assert_eq!(cells.get(V_M, 0), 0.0);
    assert_eq!(cells.get(I_SYN, 0), 0.01 / (2e-3 * 2e-2) * dt);
    assert_eq!(cells.get(H, 0), 0.01 / (2e-3 * 2e-2) * exp(-dt / 2e-2));
    cells.step();
    assert_eq!(cells.get(V_M, 0), dt * (0.01 / (2e-3 * 2e-2) * dt / 1e-2));
}

/// Up to the first order of the step the current is the double exponential, and its integral the weight.
#[test]
fn the_weight_is_the_integral_of_the_current() {
    for weight in [0.02, -0.02] {
        let mut cells = passive();
        cells.arrive(SYN, 0, weight);
        let mut integral = 0.0;
        for n in 1..=20_000 {
            cells.step();
            if n % 100 == 0 && n <= 1000 {
                let expected = weight * sum_of_decays(n);
                assert!((cells.get(I_SYN, 0) / expected - 1.0).abs() < 1e-12);
                let t = f64::from(n) * DT_MS / 1000.0;
                let continuous = weight / 18e-3 * (exp(-t / 2e-2) - exp(-t / 2e-3));
                assert!((cells.get(I_SYN, 0) / continuous - 1.0).abs() < 0.02);
            }
            integral += cells.get(I_SYN, 0) * DT_MS / 1000.0;
        }
        assert!((integral / weight - 1.0).abs() < 0.015, "{integral}");
        // What decays for ever ends at zero, and not among the subnormal numbers.
        (0..300_000).for_each(|_| drop(cells.step()));
        assert_eq!((cells.get(I_SYN, 0), cells.get(H, 0)), (0.0, 0.0));
    }
}

/// The mean potential under regular spikes is what the audit says: rate times weight.
#[test]
fn the_mean_potential_is_rate_times_weight() {
    let mut cells = passive();
    let (period_steps, weight, mut sum) = (100, 0.03, 0.0);
    for step in 0..20_000 {
        if step % period_steps == 0 {
            cells.arrive(SYN, 0, weight);
        }
        cells.step();
        sum += if step >= 10_000 { cells.get(V_M, 0) } else { 0.0 };
    }
    let declaration = neuropil_neuron_lif_dexp::LifDexp::DECLARATION;
    let defaults: Vec<f64> = declaration.parameters.iter().map(|p| p.default).collect();
    let audit = declaration.audit.unwrap();
    let spikes_per_ms = 1.0 / (f64::from(period_steps) * DT_MS);
    let expected = (audit.receptor)(&defaults, 0) * weight * spikes_per_ms;
    assert!((sum / 1e4 / expected - 1.0).abs() < 0.015, "{} {expected}", sum / 1e4);
}

/// The current of a stimulus acts as the bias does, one step after it arrives.
#[test]
fn a_device_acts_as_the_bias_one_step_later() {
    let mut biased = one::<f64>(&[("I_e", 12.5), ("V_th", 1000.0)]);
    let mut driven = one::<f64>(&[("I_e", 0.0), ("V_th", 1000.0)]);
    driven.arrive(CURRENT, 0, 12.5);
    driven.step();
    biased.step();
    for _ in 0..1000 {
        driven.arrive(CURRENT, 0, 12.5);
        driven.step();
        biased.step();
        assert_eq!(driven.bits(0), biased.bits(0));
    }
    assert!(driven.get(V_M, 0) > 11.0);
}
