//! A neuron does not depend on how its parameters are given, nor on its neighbours.

use neuropil_core::{Column, NeuronModel, Real};

use crate::support::{CURRENT, Cells, EX, I_SYN_EX, I_SYN_IN, IN, V_M};

const N: usize = 7;
const DT_MS: f64 = 0.1;

/// The parameters of neuron `i`, in the order of the declaration.
fn values(i: usize) -> [f64; 9] {
    let x = i as f64;
    // Neuron 2 has all time constants equal.
    let tau_syn = 4.0 + 3.0 * x;
    [250.0 - 10.0 * x, 8.0 + x, tau_syn, 10.0, 0.1 * x, -70.0 + x, -71.0, -55.0 - 0.5 * x, 600.0 + 60.0 * x]
}

/// What arrives at neuron `i` in `step`: a pattern without a common period.
fn drive<R: Real>(cells: &mut Cells<R>, step: usize, i: usize, place: usize) {
    let arrives = |period: usize, w: f64| {
        if step.is_multiple_of(period + i) { w + i as f64 } else { 0.0 }
    };
    cells.arrive(EX, place, arrives(7, 120.0));
    cells.arrive(IN, place, -arrives(11, 90.0));
    cells.arrive(CURRENT, place, arrives(2, 50.0));
}

fn state<R: Real>(cells: &Cells<R>, place: usize) -> [u64; 3] {
    [V_M, I_SYN_EX, I_SYN_IN].map(|variable| cells.neurons.get(variable, place).to_bits())
}

fn check<R: Real>() {
    let alone = |i: usize| Cells::<R>::try_new(DT_MS, 1, &values(i).map(Column::Shared)).unwrap();
    let mut alone: Vec<_> = (0..N).map(alone).collect();
    let column = |k: usize| Column::Each((0..N).map(|i| values(i)[k]).collect());
    let mut together = Cells::<R>::try_new(DT_MS, N as u32, &std::array::from_fn::<_, 9, _>(column)).unwrap();
    let mut spikes = [0; N];
    for step in 0..3000 {
        (0..N).for_each(|i| drive(&mut together, step, i, i));
        let fired = together.step();
        assert!(fired.is_sorted());
        for (i, cell) in alone.iter_mut().enumerate() {
            drive(cell, step, i, 0);
            let fires = !cell.step().is_empty();
            assert_eq!(fires, fired.contains(&(i as u32)), "neuron {i}, step {step}");
            assert_eq!(state(&together, i), state(cell, 0), "neuron {i}, step {step}");
            spikes[i] += usize::from(fires);
        }
    }
    assert!(spikes.iter().all(|&n| n > 0), "{spikes:?}");
}

#[test]
fn own_parameters_give_the_bits_of_shared_ones() {
    check::<f64>();
    check::<f32>();
}
