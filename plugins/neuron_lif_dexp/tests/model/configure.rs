//! New parameters leave the state as it is.

use crate::support::{CURRENT, Cells, SYN, V_M, one, parameters};

/// A neuron in the middle of everything: it has fired, has a current, and a stimulus drives it.
fn busy() -> Cells<f64> {
    let mut cells = one(&[("I_e", -20.0)]);
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
fn other_parameters_act_from_the_next_step() {
    let mut cells = busy();
    let before = cells.bits(0);
    cells.configure(&parameters(&[("V_reset", -80.0), ("V_th", -79.0), ("tau_rise", 5.0)])).unwrap();
    assert_eq!(cells.bits(0), before);
    assert_eq!(cells.step(), [0]);
    assert_eq!(cells.get(V_M, 0), -80.0);
}
