//! New parameters leave the state as it is.

use crate::support::{CURRENT, Cells, EX, HARD, IN, V_M, one, parameters};

const BUSY: [(&str, f64); 1] = [("I_e", 150.0)];

/// A neuron in the middle of everything: it is held after a spike, has conductances, and a stimulus drives it.
fn busy() -> Cells<f64> {
    let mut cells = one(0.1, &BUSY);
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
fn other_parameters_act_from_the_next_step() {
    let mut cells = busy();
    let before = cells.bits(0);
    let changes = [("V_th", -75.0), ("V_reset", -80.0), ("E_L", -70.0), ("reset", HARD)];
    cells.configure(&parameters(&changes)).unwrap();
    assert_eq!(cells.bits(0), before);
    // It is still held, and now above threshold: it fires, and is reset a step later.
    assert_eq!(cells.step(), [0]);
    cells.step();
    assert_eq!(cells.get(V_M, 0), -80.0);
}
