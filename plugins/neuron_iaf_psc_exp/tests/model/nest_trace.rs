//! A run of NEST 3.10.0: 399 ms with irregular spikes on both receptors.
//!
//! `data/nest_trace.csv` has one row for each step: what arrives in it, and the state at its end.

use neuropil_core::Real;

use crate::support::{EX, I_SYN_EX, I_SYN_IN, IN, V_M, one};

const TRACE: &str = include_str!("../data/nest_trace.csv");

const PARAMETERS: [(&str, f64); 9] = [
    ("C_m", 250.0),
    ("tau_m", 10.0),
    ("tau_syn_ex", 0.5),
    ("tau_syn_in", 0.7),
    ("t_ref", 2.0),
    ("E_L", -65.0),
    ("V_reset", -65.0),
    ("V_th", -50.0),
    ("I_e", 365.0),
];

/// Stamps of the spikes, in steps of 0.1 ms.
const SPIKES: [usize; 11] = [583, 848, 1134, 1400, 1732, 2065, 2325, 2734, 3005, 3303, 3636];

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

/// The largest deviation of each state variable over the first `n` steps, and the stamps of the spikes.
fn replay<R: Real>(n: usize) -> ([f64; 3], Vec<usize>) {
    let mut cells = one::<R>(0.1, &PARAMETERS);
    cells.set(V_M, 0, -70.0);
    let (mut deviation, mut spikes) = ([0.0_f64; 3], Vec::new());
    for (step, row) in trace().iter().take(n).enumerate() {
        cells.arrive(EX, 0, row.ex);
        cells.arrive(IN, 0, row.inh);
        if !cells.step().is_empty() {
            spikes.push(step + 1);
        }
        for (i, variable) in [V_M, I_SYN_EX, I_SYN_IN].into_iter().enumerate() {
            let error = (cells.get(variable, 0) - row.state[i]).abs();
            deviation[i] = deviation[i].max(error);
        }
    }
    (deviation, spikes)
}

#[test]
fn double_precision_follows_nest_to_the_end() {
    assert_eq!(trace().len(), 3990);
    let (deviation, spikes) = replay::<f64>(3990);
    assert!(deviation.iter().all(|&x| x < 1e-9), "{deviation:?}");
    assert_eq!(spikes, SPIKES);
}

#[test]
fn single_precision_follows_nest_to_the_first_spike() {
    let (deviation, spikes) = replay::<f32>(SPIKES[0]);
    assert!(deviation.iter().all(|&x| x < 1e-3), "{deviation:?}");
    assert_eq!(spikes, SPIKES[..1]);
}
