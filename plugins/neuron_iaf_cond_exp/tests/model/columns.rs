//! A neuron does not depend on how its parameters are given, nor on its neighbours.

use neuropil_core::{Column, NeuronModel, Real};

use crate::support::{CURRENT, Cells, DOPRI5, EX, G_EX, G_IN, IN, RK4, V_M};

const N: usize = 19;
const DT_MS: f64 = 0.1;

/// The parameters of neuron `i`, in the order of the declaration.
fn values(i: usize, integrator: f64) -> [f64; 13] {
    let x = i as f64;
    [
        250.0 - 5.0 * x,
        16.0 + 0.5 * x,
        0.5 * x,
        -85.0 + 0.3 * x,
        0.3 + 0.2 * x,
        2.0 + x,
        0.1 * x,
        -70.0 + 0.1 * x,
        -71.0,
        -55.0 - 0.2 * x,
        400.0 + 10.0 * x,
        integrator,
        1e-7 / (1.0 + x),
    ]
}

/// What arrives at neuron `i` in `step`: a pattern without a common period.
fn drive<R: Real>(cells: &mut Cells<R>, step: usize, i: usize, place: usize) {
    let arrives = |period: usize, w: f64| {
        if step.is_multiple_of(period + i) { w + i as f64 } else { 0.0 }
    };
    cells.arrive(EX, place, arrives(7, 12.0));
    cells.arrive(IN, place, -arrives(11, 2.0));
    cells.arrive(CURRENT, place, arrives(2, 50.0));
}

fn state<R: Real>(cells: &Cells<R>, place: usize) -> [u64; 3] {
    [V_M, G_EX, G_IN].map(|variable| cells.neurons.get(variable, place).to_bits())
}

fn check<R: Real>(integrator: fn(usize) -> f64) {
    let alone =
        |i: usize| Cells::<R>::try_new(DT_MS, 1, &values(i, integrator(i)).map(Column::Shared)).unwrap();
    let mut alone: Vec<_> = (0..N).map(alone).collect();
    let column = |k: usize| Column::Each((0..N).map(|i| values(i, integrator(i))[k]).collect());
    let mut together =
        Cells::<R>::try_new(DT_MS, N as u32, &std::array::from_fn::<_, 13, _>(column)).unwrap();
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
    let alternating = |i: usize| if i.is_multiple_of(3) { DOPRI5 } else { RK4 };
    for integrator in [|_| RK4, |_| DOPRI5, alternating] {
        check::<f64>(integrator);
        check::<f32>(integrator);
    }
}
