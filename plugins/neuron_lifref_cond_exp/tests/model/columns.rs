//! A neuron does not depend on how its parameters are given, nor on its neighbours.

use neuropil_core::{Column, Real};

use crate::support::{CURRENT, Cells, EX, IN};

const N: usize = 11;
const DT_MS: f64 = 0.1;

/// The parameters of neuron `i`, in the order of the declaration.
fn values(i: usize) -> [f64; 12] {
    let x = i as f64;
    [
        8.0 + x,
        100.0 - 5.0 * x,
        -60.0 - 0.5 * x,
        -65.0,
        -50.0 - 0.5 * x,
        0.1 * x,
        -80.0 + x,
        3.0 + x,
        10.0,
        140.0 + 20.0 * x,
        0.1 * x,
        f64::from(i as u32 % 2),
    ]
}

/// What arrives at neuron `i` in `step`: a pattern without a common period.
fn drive<R: Real>(cells: &mut Cells<R>, step: usize, i: usize, place: usize) {
    let arrives = |period: usize, w: f64| {
        if step.is_multiple_of(period + i) { w + i as f64 } else { 0.0 }
    };
    cells.arrive(EX, place, arrives(37, 12.0));
    cells.arrive(IN, place, -arrives(53, 9.0));
    cells.arrive(CURRENT, place, arrives(2, 50.0));
}

fn check<R: Real>() {
    let alone = |i: usize| Cells::<R>::try_new(DT_MS, 1, &values(i).map(Column::Shared)).unwrap();
    let mut alone: Vec<_> = (0..N).map(alone).collect();
    let column = |k: usize| Column::Each((0..N).map(|i| values(i)[k]).collect());
    let mut together =
        Cells::<R>::try_new(DT_MS, N as u32, &std::array::from_fn::<_, 12, _>(column)).unwrap();
    let mut spikes = [0; N];
    for step in 0..3000 {
        (0..N).for_each(|i| drive(&mut together, step, i, i));
        let fired = together.step();
        assert!(fired.is_sorted());
        for (i, cell) in alone.iter_mut().enumerate() {
            drive(cell, step, i, 0);
            let fires = !cell.step().is_empty();
            assert_eq!(fires, fired.contains(&(i as u32)), "neuron {i}, step {step}");
            assert_eq!(together.bits(i), cell.bits(0), "neuron {i}, step {step}");
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
