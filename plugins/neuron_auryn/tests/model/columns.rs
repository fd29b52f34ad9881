//! A neuron does not depend on how its parameters are given, nor on its neighbours.

use neuropil_core::{Column, Real};

use crate::support::{Cells, Declared, channel};
use neuropil_neuron_auryn::{ifgroup, tifgroup};

/// More than a vector of 16 numbers, so that loops have a rest.
const N: usize = 19;

/// Spikes at neuron `i` in `step`: a pattern without a common period.
fn drive<M: Declared>(cells: &mut Cells<M>, step: usize, i: usize, place: usize) {
    let mut arrive = |receptor: &str, period: usize, weight: f64| {
        if step.is_multiple_of(period + i) {
            let weight = M::Real::from_f64(weight * (1.0 + 0.1 * i as f64));
            cells.arrive(channel::<M>(receptor), place, weight);
        }
    };
    arrive("ampa", 7, 0.6);
    arrive("gaba", 31, 0.4);
}

/// Compares neurons of their own with a slice of all, bit by bit.
fn check<M: Declared, const P: usize>(values: fn(usize) -> [f64; P]) {
    let mut alone: Vec<Cells<M>> =
        (0..N).map(|i| Cells::try_new(1, &values(i).map(Column::Shared)).unwrap()).collect();
    let columns: [Column; P] = std::array::from_fn(|k| Column::Each((0..N).map(|i| values(i)[k]).collect()));
    let mut together: Cells<M> = Cells::try_new(N as u32, &columns).unwrap();
    let mut spikes = [0; N];
    for step in 0..3000 {
        let fired = together.step();
        assert!(fired.is_sorted());
        (0..N).for_each(|i| drive(&mut together, step, i, i));
        for (i, cell) in alone.iter_mut().enumerate() {
            let fires = !cell.step().is_empty();
            drive(cell, step, i, 0);
            assert_eq!(fires, fired.contains(&(i as u32)), "neuron {i}, step {step}");
            assert_eq!(together.state(i), cell.state(0), "neuron {i}, step {step}");
            spikes[i] += usize::from(fires);
        }
    }
    assert!(spikes.iter().all(|&n| n > 0), "{spikes:?}");
}

fn tif_values(i: usize) -> [f64; 8] {
    let x = i as f64;
    [20.0 - 0.5 * x, 5.0 + x, 10.0 + 0.3 * x, 0.1 * x, -60.0 + 0.2 * x, -80.0, -50.0 - 0.2 * x, 12.0 + x]
}

fn if_values(i: usize) -> [f64; 11] {
    let x = i as f64;
    let taus = [20.0 - 0.5 * x, 5.0 + x, 100.0 - x, 10.0 + 0.3 * x, 5.0 + 0.2 * x];
    let rest = [0.2 * x, -70.0 + 0.4 * x, -80.0 + x, -70.0 + 0.3 * x, -50.0 - 0.2 * x, 100.0 - 2.0 * x];
    std::array::from_fn(|k| if k < 5 { taus[k] } else { rest[k - 5] })
}

#[test]
fn own_parameters_give_the_bits_of_shared_ones() {
    check::<tifgroup::Neurons<f32>, 8>(tif_values);
    check::<tifgroup::Neurons<f64>, 8>(tif_values);
    check::<ifgroup::Neurons<f32>, 11>(if_values);
    check::<ifgroup::Neurons<f64>, 11>(if_values);
}
