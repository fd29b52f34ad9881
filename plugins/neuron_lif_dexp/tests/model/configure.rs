//! New parameters leave the state as it is.

use neuropil_core::NeuronModel;

use crate::support::{CURRENT, Cells, H, I_SYN, SYN, V_M, parameters};

/// A neuron in the middle of everything: it has fired, has a current, and a device drives it.
fn busy() -> Cells<f64> {
    let mut cells = Cells::one(&[("I_e", -20.0)]);
    for step in 0..700 {
        if step % 50 == 0 {
            cells.arrive(SYN, 0, 0.02);
        }
        cells.arrive(CURRENT, 0, 3.0);
        cells.step();
    }
    cells
}

#[test]
fn the_same_parameters_change_nothing() {
    let (mut touched, mut untouched) = (busy(), busy());
    touched.configure(1, &parameters(&[("I_e", -20.0)])).unwrap();
    for _ in 0..1000 {
        assert_eq!(touched.step(), untouched.step());
        assert_eq!(touched.bits(0), untouched.bits(0));
    }
}

#[test]
fn other_parameters_act_from_the_next_step() {
    let mut cells = busy();
    let before = cells.bits(0);
    cells.configure(1, &parameters(&[("V_reset", -80.0), ("V_th", -79.0), ("tau_rise", 5.0)])).unwrap();
    assert_eq!(cells.bits(0), before);
    assert_eq!(cells.step(), [0]);
    assert_eq!(cells.get(V_M), -80.0);
}

#[test]
fn refused_parameters_leave_the_neurons_as_they_were() {
    let (mut touched, mut untouched) = (busy(), busy());
    assert!(touched.configure(1, &parameters(&[("V_reset", 0.0)])).is_err());
    for _ in 0..200 {
        assert_eq!((touched.step(), touched.bits(0)), (untouched.step(), untouched.bits(0)));
    }
}

#[test]
fn state_that_is_set_is_read_back() {
    let mut cells = Cells::<f64>::one(&[]);
    assert_eq!([V_M, I_SYN, H].map(|v| cells.get(v)), [-65.0, 0.0, 0.0]);
    for (variable, value) in [(V_M, -51.25), (I_SYN, 7.1), (H, -300.3)] {
        cells.neurons.set(variable, 0, value);
        assert_eq!(cells.get(variable), value);
    }
}
