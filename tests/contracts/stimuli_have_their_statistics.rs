//! Poisson input and Poisson populations: means, variances, independence and windows, on fixed seeds.

use neuropil_tests::{scene, simulate};

fn mean_and_variance(x: &[f64]) -> (f64, f64) {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    (mean, x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / x.len() as f64)
}

/// Campbell's theorem, with the network of NEST's `test_poisson_generator_campbell_alpha.py`: 1000 neurons whose mean
/// potential the input brings to 20 mV, to 0.05.
#[test]
fn campbells_theorem_holds() {
    let text = r#"(
        duration: "200 ms", seed: 3,
        constants: (
            tau_m: "5 ms", tau_syn: "0.5 ms", C_m: "1 pF", J: "0.01 mV",
            w: "J / psp_max_alpha(tau_m, tau_syn, C_m)",
            // mean = rate w e tau_syn tau_m / C_m
            rate: "20 mV * C_m / (w * exp(1) * tau_syn * tau_m)",
        ),
        populations: (n: (n: 1000, model: iaf_psc_alpha(
            C_m: "C_m", tau_m: "tau_m", tau_syn_ex: "tau_syn", E_L: 0.0, V_reset: 0.0, V_th: 1000.0,
        ))),
        stimuli: (noise: poisson_generator(rate: "rate")),
        projections: [(from: "noise", to: "n", synapse: static(weight: "w", delay: "0.1 ms"))],
        recorders: (v: traces(of: "n", variables: ["V_m"], interval: "200 ms")),
    )"#;
    let outcome = simulate(&scene(text, &[]));
    let v: Vec<f64> = outcome.traces.values().map(|samples| samples[0].1[0]).collect();
    let (mean, variance) = mean_and_variance(&v);
    assert_eq!(v.len(), 1000);
    assert!((mean - 20.0).abs() < 0.05, "mean {mean}");
    // Var = rate times the integral of the squared PSP; the PSP is close to a decay of tau_m with a peak of J.
    assert!(variance > 0.0 && variance < 20.0 * 0.01, "variance {variance}");
}

/// Rates of the members of a Poisson population within 5 standard errors; counts in disjoint windows uncorrelated.
#[test]
fn a_poisson_population_fires_at_its_rate() {
    let text = r#"(
        duration: "2 s", seed: 5,
        populations: (
            X: (n: 500, model: poisson(rate: "20 Hz")),
            Y: (n: 100, model: poisson(rate: "100 Hz", start: "500 ms", stop: "1500 ms")),
            Z: (n: 2, model: poisson(rate: "10 kHz", start: "1 ms", stop: "2 ms")),
        ),
    )"#;
    let outcome = simulate(&scene(text, &[]));
    let counts = |population, n: u32| -> Vec<f64> {
        (0..n).map(|i| outcome.spikes_of(population, i).len() as f64).collect()
    };
    for (population, n, expected) in [(0, 500, 40.0), (1, 100, 100.0)] {
        let (mean, variance) = mean_and_variance(&counts(population, n));
        let n = f64::from(n);
        assert!((mean - expected).abs() < 5.0 * (expected / n).sqrt(), "mean {mean}");
        assert!((variance / expected - 1.0).abs() < 5.0 * (2.0 / n).sqrt(), "variance {variance}");
    }
    let stamps = outcome.spikes.iter().filter(|s| s.1 == 1).map(|s| s.0);
    let (first, last) = stamps.fold((u64::MAX, 0), |(a, b), s| (a.min(s), b.max(s)));
    assert!(first > 5_000 && last <= 15_000, "start < t <= stop: {first} {last}");
    assert_eq!(outcome.spikes_of(2, 0), (11..=20).collect::<Vec<u64>>(), "certain spikes in every step");
}

/// Each target of a `poisson_generator` has a train of its own: the correlation of two is below 5 standard errors.
#[test]
fn targets_of_a_generator_are_independent() {
    let text = r#"(
        duration: "500 ms", seed: 9,
        populations: (
            a: (n: 20, model: iaf_psc_alpha(V_th: "1 V", tau_syn_ex: "0.1 ms")),
            b: (n: 20, model: iaf_psc_alpha(V_th: "1 V", tau_syn_ex: "0.1 ms")),
        ),
        stimuli: (noise: poisson_generator(rate: "2 kHz")),
        projections: [(from: "noise", to: ["a", "b"], synapse: static(weight: "1 pA", delay: "0.1 ms"))],
        recorders: (i: traces(of: ["a", "b"], variables: ["I_syn_ex"], interval: "1 ms")),
    )"#;
    let outcome = simulate(&scene(text, &[]));
    let of = |population, neuron| -> Vec<f64> {
        outcome.traces[&(0, population, neuron)].iter().map(|s| s.1[0]).collect()
    };
    let correlation = |x: &[f64], y: &[f64]| {
        let ((mx, vx), (my, vy)) = (mean_and_variance(x), mean_and_variance(y));
        x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum::<f64>() / (x.len() as f64 * (vx * vy).sqrt())
    };
    let reference = of(0, 0);
    for (population, neuron) in [(0, 1), (0, 4), (0, 19), (1, 0), (1, 1), (1, 19)] {
        let r = correlation(&reference, &of(population, neuron));
        assert!(r.abs() < 5.0 / (500.0_f64).sqrt(), "{population} {neuron}: {r}");
    }
}
