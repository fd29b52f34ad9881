//! New parameters leave the state as it is.

use neuropil_core::NeuronModel;

use crate::support::{CURRENT, Cells, EX, G_EX, G_IN, HARD, IN, V_M};

const BUSY: [(&str, f64); 1] = [("I_e", 150.0)];

/// A neuron in the middle of everything: it is held after a spike, has conductances, and a device drives it.
fn busy() -> Cells<f64> {
    let mut cells = Cells::one(0.1, &BUSY);
    let mut step = 0;
    loop {
        cells.arrive(CURRENT, 0, 30.0);
        if step % 30 == 0 {
            cells.arrive(EX, 0, 3.0);
            cells.arrive(IN, 0, -1.0);
        }
        step += 1;
        if !cells.step().is_empty() {
            cells.arrive(CURRENT, 0, 30.0);
            cells.step();
            return cells;
        }
    }
}

#[test]
fn the_same_parameters_change_nothing() {
    let (mut touched, mut untouched) = (busy(), busy());
    touched.configure(&BUSY).unwrap();
    for _ in 0..1000 {
        assert_eq!(touched.step(), untouched.step());
        assert_eq!(touched.bits(0), untouched.bits(0));
    }
}

#[test]
fn other_parameters_act_from_the_next_step() {
    let mut cells = busy();
    let before = cells.bits(0);
    let changes = [("V_th", -75.0), ("V_reset", -80.0), ("E_L", -70.0), ("reset", HARD)];
    cells.configure(&changes).unwrap();
    assert_eq!(cells.bits(0), before);
    // It is still held, and now above threshold: it fires, and is reset a step later.
    assert_eq!(cells.step(), [0]);
    cells.step();
    assert_eq!(cells.get(V_M), -80.0);
}

#[test]
fn refused_parameters_leave_the_neurons_as_they_were() {
    let (mut touched, mut untouched) = (busy(), busy());
    assert!(touched.configure(&[("V_reset", 0.0)]).is_err());
    for _ in 0..200 {
        assert_eq!((touched.step(), touched.bits(0)), (untouched.step(), untouched.bits(0)));
    }
}

#[test]
fn state_that_is_set_is_read_back() {
    let mut cells = Cells::<f64>::one(0.1, &[("E_L", -61.5)]);
    assert_eq!([V_M, G_EX, G_IN].map(|v| cells.get(v)), [-61.5, 0.0, 0.0]);
    for (variable, value) in [(V_M, -51.25), (G_EX, 7.1), (G_IN, 3.3)] {
        cells.neurons.set(variable, 0, value);
        assert_eq!(cells.get(variable), value);
    }
}
