//! The audit says how input moves the potential, to first order.

use neuropil_core::Neuron;
use neuropil_neuron_iaf_cond_exp::IafCondExp;

use crate::support::{CURRENT, Cells, EX, IN, V_M, one};

/// The values of the parameters, and a neuron with them.
fn neuron(changes: &[(&str, f64)]) -> (Vec<f64>, Cells<f64>) {
    let mut values: Vec<f64> = IafCondExp::DECLARATION.parameters.iter().map(|p| p.default).collect();
    for &(name, value) in changes {
        values[IafCondExp::DECLARATION.parameter(name).unwrap()] = value;
    }
    (values, one(0.1, changes))
}

/// The mean displacement from rest once input has acted for long: `value` arrives every `period` steps.
fn displacement(cells: &mut Cells<f64>, receptor: &str, value: f64, period: usize) -> f64 {
    let mut sum = 0.0;
    for step in 0..5000 {
        if step % period == 0 {
            cells.arrive(receptor, 0, value);
        }
        assert!(cells.step().is_empty());
        sum += if step < 4000 { 0.0 } else { cells.get(V_M, 0) + 65.0 };
    }
    sum / 1000.0
}

#[test]
fn small_inputs_move_the_potential_as_it_says() {
    let audit = IafCondExp::DECLARATION.audit.unwrap();
    // Once per ms, and a current all the time.
    let inputs = [(EX, 1e-3, 10), (IN, -1e-3, 10), (CURRENT, 0.1, 1)];
    for (channel, (receptor, value, period)) in inputs.into_iter().enumerate() {
        let (values, mut cells) = neuron(&[("E_L", -65.0), ("tau_syn_ex", 3.0), ("tau_syn_in", 7.0)]);
        let expected = value * (audit.receptor)(&values, channel);
        let found = displacement(&mut cells, receptor, value, period);
        assert!((found / expected - 1.0).abs() < 2e-3, "{receptor}: {found:e} for {expected:e}");
        assert_eq!(found < 0.0, receptor == IN);
    }
}

#[test]
fn constant_input_and_distance() {
    let audit = IafCondExp::DECLARATION.audit.unwrap();
    let (values, mut cells) = neuron(&[("E_L", -65.0), ("I_e", 50.0), ("V_th", -51.0)]);
    let found = displacement(&mut cells, EX, 0.0, 1);
    assert!((found / (audit.constant)(&values) - 1.0).abs() < 1e-9, "{found}");
    assert_eq!((audit.distance)(&values), 14.0);
}
