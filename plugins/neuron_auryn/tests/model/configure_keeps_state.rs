//! New parameters act from the next step on; the state stays, refractoriness included.

use crate::support::{Cells, Declared, If, Tif};
use neuropil_neuron_auryn::{ifgroup, tifgroup};

/// 200 steps under spikes at the first receptor; in which the neuron fired.
fn run<M: Declared<Real = f32>>(cells: &mut Cells<M>) -> Vec<u32> {
    let mut spikes = Vec::new();
    for step in 0..200 {
        if !cells.step().is_empty() {
            spikes.push(step);
        }
        cells.arrive(0, 0, 0.04);
    }
    spikes
}

fn same_parameters_change_nothing<M: Declared<Real = f32>>() {
    let (mut plain, mut configured): (Cells<M>, Cells<M>) = (Cells::one(&[]), Cells::one(&[]));
    let mut fired = 0;
    for _ in 0..20 {
        assert_eq!(run(&mut plain), run(&mut configured));
        fired += run(&mut plain).len();
        run(&mut configured);
        configured.configure(1, &[]).unwrap();
        assert_eq!(plain.state(0), configured.state(0));
    }
    assert!(fired > 0);
}

fn others_leave_the_state<M: Declared<Real = f32>>(changes: &[(&str, f64)], refused: &[(&str, f64)]) {
    let mut cells: Cells<M> = Cells::one(&[]);
    run(&mut cells);
    let state = cells.state(0);
    cells.configure(1, changes).unwrap();
    assert_eq!(cells.state(0), state);
    let mut before = Vec::new();
    let mut other: Cells<M> = Cells::one(&[]);
    run(&mut other);
    assert!(other.configure(1, refused).is_err());
    for cells in [&mut cells, &mut other] {
        before.push(run(cells));
    }
    let mut unchanged: Cells<M> = Cells::one(&[]);
    run(&mut unchanged);
    assert_eq!(run(&mut unchanged), before[1]);
    assert_ne!(before[0], before[1]);
}

#[test]
fn of_tifgroup() {
    same_parameters_change_nothing::<tifgroup::Neurons<f32>>();
    others_leave_the_state::<tifgroup::Neurons<f32>>(
        &[("E_L", -58.0), ("bg_current", 30.0), ("tau_m", 10.0)],
        &[("E_L", -40.0)],
    );
}

#[test]
fn of_ifgroup() {
    same_parameters_change_nothing::<ifgroup::Neurons<f32>>();
    others_leave_the_state::<ifgroup::Neurons<f32>>(
        &[("E_L", -60.0), ("tau_thr", 1.0), ("tau_m", 5.0)],
        &[("V_reset", -40.0)],
    );
}

/// A period that has begun lasts as long as it was to last, as Auryn's counter does.
#[test]
fn a_refractory_period_goes_on() {
    let mut cells = Tif::<f32>::one(&[("bg_current", 1e5)]);
    assert_eq!(cells.step(), [0]);
    cells.configure(1, &[("bg_current", 1e5), ("t_ref", 1.0)]).unwrap();
    assert_eq!((1..).find(|_| !cells.step().is_empty()), Some(51));
    assert_eq!((1..).find(|_| !cells.step().is_empty()), Some(11));
}

/// What is read can be set: the bits come back.
#[test]
fn state_is_read_and_set_in_full() {
    let (mut from, mut to) = (If::<f32>::one(&[]), If::<f32>::one(&[]));
    run(&mut from);
    for state in ifgroup::DECLARATION.states {
        to.set(state.name, 0, from.get(state.name, 0));
    }
    assert_eq!(from.state(0), to.state(0));
    assert_eq!(run(&mut from), run(&mut to));
    assert_eq!(from.state(0), to.state(0));
}
