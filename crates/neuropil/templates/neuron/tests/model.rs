//! What the neuron promises.
#![expect(non_snake_case, reason = "names as in the literature")]

use neuropil_core::math::exp;
use neuropil_core::{Neuron, Neurons};
use neuropil_neuron_my_neuron::MyNeuron;
use neuropil_testing::{Cells, conformance};

#[test]
fn it_keeps_the_contracts_of_the_engine() {
    conformance::<Neurons<MyNeuron, f32>, Neurons<MyNeuron, f64>>(MyNeuron::DECLARATION);
}

/// The current after one spike is an exponential, the potential a difference of two.
#[test]
fn the_response_to_a_spike_has_the_closed_form() {
    let (C_m, tau_m, tau_syn, w) = (250.0, 10.0, 2.0, 100.0);
    let mut cells = Cells::<Neurons<MyNeuron, f64>>::one(MyNeuron::DECLARATION, 0.1, &[("tau_syn", tau_syn)]);
    cells.arrive("syn", 0, w);
    for step in 0..500 {
        assert!(cells.step().is_empty());
        let t = 0.1 * f64::from(step);
        let I_syn = w * exp(-t / tau_syn);
        let V_m = w / C_m / (1.0 / tau_syn - 1.0 / tau_m) * (exp(-t / tau_m) - exp(-t / tau_syn)) - 70.0;
        assert!((cells.get("I_syn", 0) - I_syn).abs() < 1e-11, "after {t} ms");
        assert!((cells.get("V_m", 0) - V_m).abs() < 1e-11, "after {t} ms");
    }
}

#[test]
fn it_fires_at_threshold_and_starts_again_at_rest() {
    let mut cells = Cells::<Neurons<MyNeuron, f64>>::one(MyNeuron::DECLARATION, 0.1, &[]);
    cells.set("V_m", 0, -54.0);
    assert_eq!(cells.step(), [0]);
    assert_eq!(cells.get("V_m", 0), -70.0);
    assert!(cells.step().is_empty());
}
