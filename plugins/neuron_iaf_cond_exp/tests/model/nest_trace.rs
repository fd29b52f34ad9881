//! A run of NEST 3.10.0: 399 ms with irregular spikes on both receptors.
//!
//! `data/nest_trace.csv` has one row for each step: what arrives in it, and the state at its end.

use neuropil_core::Real;

use crate::support::{DOPRI5, EX, G_EX, G_IN, IN, RK4, V_M, one};

const TRACE: &str = include_str!("../data/nest_trace.csv");

const PARAMETERS: [(&str, f64); 10] = [
    ("C_m", 200.0),
    ("g_L", 10.0),
    ("E_ex", 0.0),
    ("E_in", -80.0),
    ("tau_syn_ex", 5.0),
    ("tau_syn_in", 10.0),
    ("t_ref", 5.0),
    ("E_L", -60.0),
    ("V_reset", -60.0),
    ("V_th", -50.0),
];

/// Stamps of the spikes, in steps of 0.1 ms.
const SPIKES: [usize; 24] = [
    143, 257, 556, 689, 1045, 1182, 1254, 1330, 1416, 1637, 1845, 2380, 2470, 2605, 2675, 2744, 2812, 2888,
    3045, 3140, 3396, 3468, 3561, 3700,
];

struct Row {
    ex: f64,
    inh: f64,
    state: [f64; 3],
}

fn trace() -> Vec<Row> {
    let row = |line: &str| {
        let mut numbers = line.split(',').map(|x| x.parse().unwrap());
        let mut next = || numbers.next().unwrap();
        Row { ex: next(), inh: next(), state: [next(), next(), next()] }
    };
    TRACE.lines().skip(1).map(row).collect()
}

/// The largest deviation of each state variable, and the stamps of the spikes.
fn replay<R: Real>(integrator: f64) -> ([f64; 3], Vec<usize>) {
    let changes = [&PARAMETERS[..], &[("integrator", integrator)]].concat();
    let mut cells = one::<R>(0.1, &changes);
    // The state at the start is that of a neuron at NEST's default potential.
    cells.set(V_M, 0, -70.0);
    let (mut deviation, mut spikes) = ([0.0_f64; 3], Vec::new());
    for (step, row) in trace().iter().enumerate() {
        cells.arrive(EX, 0, row.ex);
        cells.arrive(IN, 0, row.inh);
        if !cells.step().is_empty() {
            spikes.push(step + 1);
        }
        for (i, variable) in [V_M, G_EX, G_IN].into_iter().enumerate() {
            let error = (cells.get(variable, 0) - row.state[i]).abs();
            deviation[i] = deviation[i].max(error);
        }
    }
    (deviation, spikes)
}

/// NEST may err by 1e-3 mV in a sub-step, but here the whole step is one sub-step, and far better than that.
#[test]
fn double_precision_follows_nest_to_the_end() {
    assert_eq!(trace().len(), 3990);
    for (integrator, bound) in [(RK4, 1e-7), (DOPRI5, 1e-9)] {
        let ([v, g_ex, g_in], spikes) = replay::<f64>(integrator);
        assert!(v < bound && g_ex < 1e-9 && g_in < 1e-9, "{v:e} {g_ex:e} {g_in:e}");
        assert_eq!(spikes, SPIKES);
    }
}

#[test]
fn single_precision_follows_nest_to_the_end() {
    for integrator in [RK4, DOPRI5] {
        let (deviation, spikes) = replay::<f32>(integrator);
        assert!(deviation.iter().all(|&x| x < 1e-4), "{deviation:?}");
        assert_eq!(spikes, SPIKES);
    }
}
