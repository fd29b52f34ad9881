//! A run of BrainPy 2.8.2 in double precision: 250 ms with irregular spikes on both receptors, soft and hard reset.
//!
//! `data/brainpy_trace.csv`, written by `data/brainpy_trace.py`, has one row for each step: what arrives in it, and the
//! state at its end. Steps of 0.125 ms make BrainPy's comparison of times exact.

use neuropil_core::Real;

use crate::support::{EX, G_EX, G_IN, HARD, IN, SOFT, V_M, one};

const TRACE: &str = include_str!("../data/brainpy_trace.csv");

/// 2 Ohm and 4 mA.
const PARAMETERS: [(&str, f64); 10] = [
    ("R_m", 2e-6),
    ("E_L", -60.0),
    ("V_th", -50.0),
    ("V_reset", -58.0),
    ("tau_m", 20.0),
    ("t_ref", 3.0),
    ("tau_syn_ex", 5.0),
    ("tau_syn_in", 10.0),
    ("E_in", -80.0),
    ("I_e", 4e9),
];

/// Nanosiemens per millisiemens, the unit of the trace.
const MS: f64 = 1e6;

/// One step: arrivals and conductances in mS, potentials in mV.
struct Row {
    ex: f64,
    inh: f64,
    g_ex: f64,
    g_in: f64,
    v_soft: f64,
    v_hard: f64,
}

fn trace() -> Vec<Row> {
    let row = |line: &str| {
        let mut numbers = line.split(',').map(|x| x.parse().unwrap());
        let mut next = || numbers.next().unwrap();
        Row { ex: next(), inh: next(), g_ex: next(), g_in: next(), v_soft: next(), v_hard: next() }
    };
    TRACE.lines().skip(1).map(row).collect()
}

/// The largest deviations of potential (mV) and conductance (relative) in the first `n` steps, and the number of spikes.
fn replay<R: Real>(n: usize, reset: f64) -> (f64, f64, usize) {
    let mut cells = one::<R>(0.125, &[&PARAMETERS[..], &[("reset", reset)]].concat());
    cells.set(V_M, 0, -55.0);
    let (mut of_v, mut of_g, mut spikes) = (0.0_f64, 0.0_f64, 0);
    for (step, row) in trace().iter().take(n).enumerate() {
        cells.arrive(EX, 0, row.ex * MS);
        cells.arrive(IN, 0, -row.inh * MS);
        let fires = !cells.step().is_empty();
        let expected = if reset == HARD { row.v_hard } else { row.v_soft };
        assert_eq!(fires, expected >= -50.0, "step {step}");
        spikes += usize::from(fires);
        of_v = of_v.max((cells.get(V_M, 0) - expected).abs());
        for (variable, expected) in [(G_EX, row.g_ex * MS), (G_IN, row.g_in * MS)] {
            of_g = of_g.max((cells.get(variable, 0) - expected).abs() / expected.max(1.0));
        }
    }
    (of_v, of_g, spikes)
}

#[test]
fn double_precision_follows_brainpy() {
    assert_eq!(trace().len(), 2000);
    for reset in [SOFT, HARD] {
        let (of_v, of_g, spikes) = replay::<f64>(2000, reset);
        assert!(of_v < 1e-12 && of_g < 1e-13, "{of_v:e} mV, {of_g:e}");
        assert_eq!(spikes, 27);
    }
}

#[test]
fn single_precision_follows_brainpy_closely() {
    for reset in [SOFT, HARD] {
        let (of_v, of_g, spikes) = replay::<f32>(2000, reset);
        assert!(of_v < 1e-3 && of_g < 1e-5, "{of_v:e} mV, {of_g:e}");
        assert_eq!(spikes, 27);
    }
}

/// The trace tells what it should: potentials far above threshold, and spikes right after the hold.
#[test]
fn the_trace_has_overshoot_and_shortest_intervals() {
    let rows = trace();
    let spikes: Vec<_> = (0..rows.len()).filter(|&i| rows[i].v_soft >= -50.0).collect();
    assert!(spikes.iter().any(|&i| rows[i].v_soft > -48.0 && rows[i + 1].v_soft > -56.0));
    assert!(spikes.windows(2).any(|pair| pair[1] - pair[0] <= 25));
}
