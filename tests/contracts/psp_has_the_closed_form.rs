//! One spike over a synapse of `iaf_psc_alpha`: the closed form of the postsynaptic potential, at every step.

use std::f64::consts::E;

use neuropil::core::math::exp;
use neuropil_tests::{scene, simulate};

const TAU_M: f64 = 10.0;
const C_M: f64 = 250.0;

fn psp(t: f64, weight: f64, tau_syn: f64) -> f64 {
    let b = 1.0 / tau_syn - 1.0 / TAU_M;
    if t <= 0.0 {
        return 0.0;
    }
    let decays = (exp(-t / TAU_M) - exp(-t / tau_syn)) / (b * b);
    weight * E / (tau_syn * C_M) * (decays - t * exp(-t / tau_syn) / b)
}

fn one_to_two(dt: f64, tau_syn: f64, weight: f64) -> neuropil_tests::Outcome {
    let text = format!(
        r#"(
            dt: {dt}, duration: "8 ms",
            populations: (
                one: (n: 1, model: iaf_psc_alpha(I_e: "1450 pA")),
                two: (n: 1, model: iaf_psc_alpha(tau_syn_ex: {tau_syn}, tau_syn_in: {tau_syn})),
            ),
            projections: [(from: "one", to: "two", synapse: static(weight: {weight}, delay: 1.0))],
            recorders: (v: traces(of: "two", variables: ["V_m", "I_syn_ex", "I_syn_in"])),
        )"#
    );
    simulate(&scene(&text, &[]))
}

/// NEST's `test_iaf_psc_alpha_1to2.py`: a spike at 3 ms arrives at 4 ms.
#[test]
fn at_every_step_and_for_every_dt() {
    for dt in [0.1, 0.2, 0.5, 1.0] {
        for (tau_syn, weight) in [(2.0, 100.0), (0.5, 100.0), (15.0, 100.0), (2.0, -100.0)] {
            let outcome = one_to_two(dt, tau_syn, weight);
            assert_eq!(outcome.spikes_of(0, 0)[0] as f64 * dt, 3.0);
            for (k, v) in outcome.trace(1, 0, 0).into_iter().enumerate() {
                let t = (k + 1) as f64 * dt;
                let expected = -70.0 + psp(t - 4.0, weight, tau_syn);
                if t <= 4.0 {
                    assert_eq!(v, -70.0, "before the spike arrives, at {t} ms");
                }
                assert!(
                    (v / expected - 1.0).abs() < 1e-12,
                    "dt {dt} tau_syn {tau_syn} t {t}: {v} {expected}"
                );
            }
        }
    }
}

#[test]
fn the_values_that_nest_prints() {
    let v = one_to_two(0.1, 2.0, 100.0).trace(1, 0, 0);
    for (k, expected) in [(41, -69.9974), (42, -69.9899), (45, -69.9434), (50, -69.8108), (55, -69.6435)] {
        assert!((v[k - 1] / expected - 1.0_f64).abs() < 1e-6, "{k}: {}", v[k - 1]);
    }
}

/// Where `tau_syn` is `tau_m`, or all but, the potential is `w e / (2 tau C) t² e^(-t/tau)`.
#[test]
fn in_the_singular_limit() {
    // The closed form of equal time constants is off by as much as they differ.
    for (tau_syn, tolerance) in
        [(10.0, 1e-12), (10.000_000_000_001, 1e-11), (9.999_999_9, 1e-7), (10.000_001, 1e-6)]
    {
        let v = one_to_two(0.1, tau_syn, 100.0).trace(1, 0, 0);
        for (k, v) in v.into_iter().enumerate() {
            let t = ((k + 1) as f64 * 0.1 - 4.0).max(0.0);
            let expected = 100.0 * E / (2.0 * TAU_M * C_M) * t * t * exp(-t / TAU_M);
            assert!((v / (expected - 70.0) - 1.0).abs() < tolerance, "tau_syn {tau_syn} t {t}: {v}");
        }
    }
}

/// The current of one spike peaks at the weight, `tau_syn` after it arrives.
#[test]
fn the_weight_is_the_peak_of_the_current() {
    let current = one_to_two(0.1, 2.0, 100.0).trace(1, 0, 1);
    let peak = current.iter().copied().fold(0.0, f64::max);
    assert!((peak - 100.0).abs() < 1e-9 && current[59] == peak, "{peak}");
    let current = one_to_two(0.1, 2.0, -100.0).trace(1, 0, 2);
    assert!((current[59] + 100.0).abs() < 1e-9);
}

/// NEST's `test_iaf_psp_normalized.py` and `test_iaf_psp_peak.py`: the calibration by Lambert W gives a peak of
/// 1 mV, at the time that it says.
#[test]
fn the_calibration_gives_a_peak_of_one_millivolt() {
    for (dt, tolerance) in [(0.1, 1e-4), (0.001, 1e-6)] {
        let text = format!(
            r#"(
                dt: {dt}, duration: "20 ms",
                constants: (w: "1 mV / psp_max_alpha(10 ms, 2 ms, 250 pF)"),
                populations: (
                    one: (n: 1, model: iaf_psc_alpha(I_e: "1450 pA", t_ref: "100 ms")),
                    two: (n: 1, model: iaf_psc_alpha()),
                ),
                projections: [(from: "one", to: "two", synapse: static(weight: "w", delay: 1.0))],
                recorders: (v: traces(of: "two", variables: ["V_m"])),
            )"#
        );
        let outcome = simulate(&scene(&text, &[]));
        let v = outcome.trace(1, 0, 0);
        let (k, peak) =
            v.iter().enumerate().fold((0, f64::MIN), |best, (k, &v)| if v > best.1 { (k, v) } else { best });
        assert!((peak + 69.0).abs() < tolerance, "dt {dt}: {peak}");
        let arrival = outcome.spikes_of(0, 0)[0] as f64 * dt + 1.0;
        let (t_max, _) = neuropil::core::math::psp_max_alpha(10.0, 2.0, 250.0);
        assert!(((k + 1) as f64 * dt - arrival - t_max).abs() <= dt, "dt {dt}");
    }
}
