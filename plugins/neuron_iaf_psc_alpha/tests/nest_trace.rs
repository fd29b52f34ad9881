//! A neuron under 300 spikes and a constant current follows the trace that NEST 3.10.0 gives.
#![cfg(test)]

use neuropil_core::{Column, InputBuffer, NeuronModel, Real, Slice, SliceSetup, TimeGrid};
use neuropil_neuron_iaf_psc_alpha::{DECLARATION, Neurons};

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

fn parameters() -> Vec<Column> {
    let given = [
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
    let value = |name| given.iter().find(|g| g.0 == name).map(|g| g.1);
    DECLARATION.parameters.iter().map(|p| Column::Shared(value(p.name).unwrap_or(p.default))).collect()
}

/// The stamps of spikes, and the largest deviations of the potential and the currents up to `until`.
fn deviations<R: Real>(until: u64) -> (Vec<u64>, f64, f64) {
    let slice = Slice { population: 0, start: 0, len: 1 };
    let grid = TimeGrid::new(0.1).unwrap();
    let mut neuron =
        Neurons::<R>::new(&SliceSetup { slice, grid, seed: 0, parameters: &parameters() }).unwrap();
    // The state at the start is that of a neuron at NEST's default potential.
    neuron.set(0, 0, -70.0);
    let input_spikes: Vec<(u64, f64)> = rows(INPUT).map(|r| (r[0] as u64, r[1])).collect();
    let (mut spikes, mut fired, mut v_off, mut i_off) = (Vec::new(), Vec::new(), 0.0_f64, 0.0_f64);
    for (step, expected) in (0..until).zip(rows(TRACE)) {
        let mut input = InputBuffer::<R>::new(&DECLARATION, 1);
        // A spike with stamp s was fired in step s - 1.
        for (_, weight) in input_spikes.iter().filter(|s| s.0 - 1 + DELAY == step) {
            input.all_mut()[usize::from(*weight < 0.0)] += R::from_f64(*weight);
        }
        fired.clear();
        neuron.step(step, &mut input, &mut fired);
        if !fired.is_empty() {
            spikes.push(step + 1);
        }
        v_off = v_off.max((neuron.get(0, 0) - expected[0]).abs());
        i_off = (1..3).map(|k| (neuron.get(k, 0) - expected[k]).abs()).fold(i_off, f64::max);
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
        let slice = Slice { population: 0, start: 0, len: 1 };
        let grid = TimeGrid::new(0.1).unwrap();
        let mut parameters = parameters();
        parameters[DECLARATION.parameter("I_e").unwrap()] = Column::Shared(0.0);
        let mut neuron =
            Neurons::<R>::new(&SliceSetup { slice, grid, seed: 0, parameters: &parameters }).unwrap();
        let mut input = InputBuffer::<R>::new(&DECLARATION, 1);
        input.all_mut().fill(R::from_f64(50.0));
        for step in 0..steps {
            neuron.step(step, &mut input, &mut Vec::new());
            input.clear();
        }
        assert_eq!((neuron.get(0, 0), neuron.get(1, 0), neuron.get(2, 0)), (-65.0, 0.0, 0.0));
    }
    check::<f32>(20_000);
    check::<f64>(150_000);
}
