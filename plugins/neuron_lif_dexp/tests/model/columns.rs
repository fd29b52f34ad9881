//! A neuron does not depend on how its parameters are given, nor on its neighbours.

use neuropil_core::{Column, Real};

use crate::support::{CURRENT, Cells, SYN};

const N: usize = 7;

/// The parameters of neuron `i`, in the order of the declaration.
fn values(i: usize) -> [f64; 7] {
    let x = i as f64;
    // Neuron 2 has equal time constants of the current.
    [8.0 + x, 2.0 + x, 4.0 - (x - 2.0).abs() / 1.5, 0.1 * x, -65.0 - x, -40.0 - 0.5 * x, -38.0 + x]
}

/// What arrives at neuron `i` in `step`: a pattern without a common period.
fn drive<R: Real>(cells: &mut Cells<R>, step: usize, i: usize, place: usize) {
    let arrives = |period: usize, w: f64| if step.is_multiple_of(period + i) { w } else { 0.0 };
    cells.arrive(SYN, place, arrives(37, 0.02) - arrives(101, 0.03));
    cells.arrive(CURRENT, place, arrives(2, 5.0));
}

fn check<R: Real>() {
    let alone = |i: usize| Cells::<R>::try_new(1, &values(i).map(Column::Shared)).unwrap();
    let mut alone: Vec<_> = (0..N).map(alone).collect();
    let column = |k: usize| Column::Each((0..N).map(|i| values(i)[k]).collect());
    let mut together = Cells::<R>::try_new(N as u32, &std::array::from_fn::<_, 7, _>(column)).unwrap();
    let mut spikes = [0; N];
    for step in 0..5000 {
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
