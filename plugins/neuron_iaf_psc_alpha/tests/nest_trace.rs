//! A neuron under 300 spikes and a constant current follows the trace that NEST 3.10.0 gives.
#![cfg(test)]

use neuropil_core::{Neuron, Neurons, Real};
use neuropil_neuron_iaf_psc_alpha::IafPscAlpha;
use neuropil_testing::Cells;

const TRACE: &str = include_str!("data/nest_trace.csv");
const INPUT: &str = include_str!("data/nest_input.csv");
/// The delay of the input, in steps.
const DELAY: u64 = 15;
/// The stamps of NEST's spikes.
const SPIKES: [u64; 5] = [1014, 1653, 2127, 2894, 3323];

/// The numbers of a table, without comments and its head.
fn rows(table: &str) -> impl Iterator<Item = Vec<f64>> {
    let lines = table.lines().filter(|l| !l.starts_with('#')).skip(1);
    lines.map(|l| l.split(',').map(|x| x.parse().unwrap()).collect())
}

const PARAMETERS: [(&str, f64); 9] = [
    ("C_m", 250.0),
    ("tau_m", 20.0),
    ("tau_syn_ex", 0.5),
    ("tau_syn_in", 2.0),
    ("t_ref", 2.0),
    ("E_L", -65.0),
    ("V_reset", -65.0),
    ("V_th", -50.0),
    ("I_e", 185.0),
];

const STATES: [&str; 3] = ["V_m", "I_syn_ex", "I_syn_in"];

/// The stamps of spikes, and the largest deviations of the potential and the currents up to `until`.
fn deviations<R: Real>(until: u64) -> (Vec<u64>, f64, f64) {
    let mut neuron = Cells::<Neurons<IafPscAlpha, R>>::one(IafPscAlpha::DECLARATION, 0.1, &PARAMETERS);
    // The state at the start is that of a neuron at NEST's default potential.
    neuron.set("V_m", 0, -70.0);
    let input: Vec<(u64, f64)> = rows(INPUT).map(|r| (r[0] as u64, r[1])).collect();
    let (mut spikes, mut v_off, mut i_off) = (Vec::new(), 0.0_f64, 0.0_f64);
    for (step, expected) in (0..until).zip(rows(TRACE)) {
        // A spike with stamp s was fired in step s - 1.
        for (_, weight) in input.iter().filter(|s| s.0 - 1 + DELAY == step) {
            neuron.arrive(if *weight < 0.0 { "in" } else { "ex" }, 0, *weight);
        }
        spikes.extend(neuron.step().iter().map(|_| step + 1));
        let [v, ex, inh] = std::array::from_fn(|k| (neuron.get(STATES[k], 0) - expected[k]).abs());
        (v_off, i_off) = (v_off.max(v), i_off.max(ex).max(inh));
    }
    (spikes, v_off, i_off)
}

#[test]
fn in_double_precision_to_a_billionth_of_a_millivolt() {
    let (spikes, v, i) = deviations::<f64>(4000);
    assert_eq!(spikes, SPIKES);
    assert!(v < 1e-9 && i < 1e-9, "V_m {v:e}, currents {i:e}");
}

#[test]
fn in_single_precision_to_a_microvolt_up_to_the_first_spike() {
    let (_, v, _) = deviations::<f32>(SPIKES[0] - 1);
    assert!(v < 1e-3, "V_m {v:e}");
}

/// After a long silence the state is exactly at rest, and not a subnormal number, which would be slow for ever.
#[test]
fn a_neuron_that_is_left_alone_comes_to_rest() {
    fn check<R: Real>(steps: u64) {
        let changes = [&PARAMETERS[..8], &[("I_e", 0.0)]].concat();
        let mut neuron = Cells::<Neurons<IafPscAlpha, R>>::one(IafPscAlpha::DECLARATION, 0.1, &changes);
        for receptor in ["ex", "in", "current"] {
            neuron.arrive(receptor, 0, 50.0);
        }
        (0..steps).for_each(|_| drop(neuron.step()));
        assert_eq!(STATES.map(|name| neuron.get(name, 0)), [-65.0, 0.0, 0.0]);
    }
    check::<f32>(20_000);
    check::<f64>(150_000);
}
