//! Constant currents: the values that NEST's `test_iaf_psc_alpha.py` and `test_iaf_psc_alpha_mindelay.py` expect, to
//! the six or seven digits that they print.

use neuropil_tests::{scene, simulate, simulate_in_pieces};

fn close(value: f64, expected: f64, rtol: f64) {
    assert!((value / expected - 1.0).abs() <= rtol, "{value} is not {expected}");
}

/// A neuron under a current of 1000 pA from a stimulus.
fn stimulus(delay_ms: f64, other_delay_ms: f64) -> String {
    format!(
        r#"(
            dt: "0.1 ms", duration: "11 ms",
            populations: (
                n: (n: 1, model: iaf_psc_alpha()),
                other: (n: 2, model: iaf_psc_alpha()),
            ),
            stimuli: (dc: dc_generator(amplitude: "1000 pA")),
            projections: [
                (from: "dc", to: "n", synapse: static(delay: {delay_ms})),
                (from: "other", to: "other", synapse: static(weight: 1.0, delay: {other_delay_ms})),
            ],
            recorders: (v: traces(of: "n", variables: ["V_m"])),
        )"#
    )
}

#[test]
fn current_of_a_device() {
    let v = simulate(&scene(&stimulus(0.1, 1.0), &[])).trace(0, 0, 0);
    let expected = [
        (0.1, -70.0),
        (0.2, -70.0),
        (0.3, -69.602),
        (0.4, -69.2079),
        (0.5, -68.8178),
        (0.6, -68.4316),
        (0.7, -68.0492),
        (0.8, -67.6706),
        (0.9, -67.2958),
        (1.0, -66.9247),
        (4.5, -56.0204),
        (4.9, -55.0001),
        (5.0, -70.0),
        (6.0, -70.0),
        (7.0, -70.0),
        (7.1, -69.602),
        (7.9, -66.5572),
    ];
    for (t, expected) in expected {
        close(v[(t * 10.0_f64).round() as usize - 1], expected, 1e-6);
    }
}

/// The steps in which NEST 3.10.0's membrane rises under `dc_generator` windows over a delay of 0.1 ms.
#[test]
fn windows_of_a_device() {
    for (start, stop, first, last) in [("1.0", "2.0", 12, 21), ("0.0", "1.0", 3, 11), ("0.1", "1.0", 3, 11)] {
        let set = [format!("stimuli.dc.start={start}"), format!("stimuli.dc.stop={stop}")];
        let v = simulate(&scene(&stimulus(0.1, 1.0), &[&set[0], &set[1]])).trace(0, 0, 0);
        let rises: Vec<usize> = (1..v.len()).filter(|&k| v[k] > v[k - 1] + 1e-9).map(|k| k + 1).collect();
        assert_eq!(rises, (first..=last).collect::<Vec<_>>(), "from {start} to {stop} ms");
    }
}

#[test]
fn current_as_a_parameter() {
    let text = r#"(
        duration: "8 ms",
        populations: (n: (n: 1, model: iaf_psc_alpha(I_e: "1000 pA"))),
        recorders: (v: traces(of: "n", variables: ["V_m"])),
    )"#;
    let outcome = simulate(&scene(text, &[]));
    let v = outcome.trace(0, 0, 0);
    close(v[0], -69.602, 1e-6);
    close(v[46], -55.0001, 1e-6);
    assert_eq!(outcome.spikes_of(0, 0), [48]);
}

#[test]
fn the_step_makes_no_difference() {
    for (dt, per_ms) in [(0.1, 10), (0.2, 5), (0.5, 2), (1.0, 1)] {
        let text = format!(
            r#"(
                dt: {dt}, duration: "8 ms",
                populations: (n: (n: 1, model: iaf_psc_alpha(I_e: "1450 pA"))),
                recorders: (v: traces(of: "n", variables: ["V_m"])),
            )"#
        );
        let outcome = simulate(&scene(&text, &[]));
        let v = outcome.trace(0, 0, 0);
        for (tenths, expected) in
            [(1, -69.4229), (10, -64.4806), (20, -59.4864), (29, -55.3993), (51, -69.4229)]
        {
            if tenths * per_ms % 10 == 0 {
                close(v[tenths * per_ms / 10 - 1], expected, 1e-6);
            }
        }
        assert_eq!(outcome.spikes_of(0, 0)[0] as usize, 3 * per_ms, "dt {dt}");
        assert!(
            v[3 * per_ms - 1..5 * per_ms].iter().all(|&v| v == -70.0),
            "clamped from 3 to 5 ms at dt {dt}"
        );
    }
}

/// Neither the smallest delay of the network, which sets the epoch of two partitions, nor stops in between change anything.
#[test]
fn the_smallest_delay_makes_no_difference() {
    let expected = [
        (3, -66.55725),
        (4, -63.07837),
        (5, -59.93054),
        (6, -57.08227),
        (7, -70.0),
        (9, -69.60199),
        (10, -65.83337),
    ];
    for other_delay in [0.1, 0.2, 0.5, 1.0, 2.0] {
        let experiment = scene(&stimulus(2.0, other_delay), &[]);
        for pieces in [&[][..], &[5; 21][..], &[1, 17, 2]] {
            let v = simulate_in_pieces(&experiment, experiment.precision, 2, pieces).trace(0, 0, 0);
            for (ms, expected) in expected {
                close(v[10 * ms - 1], expected, 1e-7);
            }
        }
    }
}

/// Closed form: the first spike after `tau_m ln(I R / (I R - (V_th - E_L)))`, then every `t_ref` plus that.
#[test]
fn intervals_have_the_closed_form() {
    let text = r#"(
        duration: "100 ms",
        populations: (n: (n: 1, model: iaf_psc_alpha(I_e: "1000 pA"))),
    )"#;
    let spikes = simulate(&scene(text, &[])).spikes_of(0, 0);
    let first = (10.0 * neuropil::core::math::ln(40.0 / 25.0) * 10.0).ceil() as u64;
    let expected: Vec<u64> = (0..).map(|k| first + k * (first + 20)).take_while(|&s| s <= 1000).collect();
    assert_eq!((first, spikes), (48, expected));
}
