//! New parameters act from the next step on; the state stays, refractoriness included.

use crate::support::{Cells, Declared, Tif, one, parameters};
use neuropil_core::Neurons;
use neuropil_neuron_auryn::{IfGroup, TifGroup};

/// 200 steps under spikes at the first receptor; in which the neuron fired.
fn run<M: Declared<Real = f32>>(cells: &mut Cells<M>) -> Vec<u32> {
    let mut spikes = Vec::new();
    for step in 0..200 {
        if !cells.step().is_empty() {
            spikes.push(step);
        }
        cells.arrive("ampa", 0, 0.04);
    }
    spikes
}

fn others_act<M: Declared<Real = f32>>(changes: &[(&str, f64)]) {
    let (mut cells, mut unchanged) = (one::<M>(&[]), one::<M>(&[]));
    assert_eq!(run(&mut cells), run(&mut unchanged));
    cells.configure(&parameters::<M>(changes)).unwrap();
    assert_eq!(cells.bits(0), unchanged.bits(0));
    assert_ne!(run(&mut cells), run(&mut unchanged));
}

#[test]
fn of_tifgroup() {
    others_act::<Neurons<TifGroup, f32>>(&[("E_L", -58.0), ("bg_current", 30.0), ("tau_m", 10.0)]);
}

#[test]
fn of_ifgroup() {
    others_act::<Neurons<IfGroup, f32>>(&[("E_L", -60.0), ("tau_thr", 1.0), ("tau_m", 5.0)]);
}

/// A period that has begun lasts as long as it was to last, as Auryn's counter does.
#[test]
fn a_refractory_period_goes_on() {
    let mut cells = one::<Tif<f32>>(&[("bg_current", 1e5)]);
    assert_eq!(cells.step(), [0]);
    cells.configure(&parameters::<Tif<f32>>(&[("bg_current", 1e5), ("t_ref", 1.0)])).unwrap();
    assert_eq!((1..).find(|_| !cells.step().is_empty()), Some(51));
    assert_eq!((1..).find(|_| !cells.step().is_empty()), Some(11));
}
