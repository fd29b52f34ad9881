//! A neuron under 263 spikes and a constant current follows the trace that NEST 3.10.0 gives.
#![cfg(test)]

use neuropil_core::{Neuron, Neurons, Real};
use neuropil_neuron_iaf_psc_delta::IafPscDelta;
use neuropil_testing::Cells;

/// What arrives in each step, and the potential at its end.
const TRACE: &str = include_str!("data/nest_trace.csv");
/// The stamps of NEST's spikes.
const SPIKES: [u64; 17] =
    [230, 453, 623, 726, 890, 1105, 1303, 1417, 1705, 1869, 2088, 2425, 2844, 3107, 3300, 3484, 3639];

/// The stamps of spikes, and the largest deviation of the potential up to `until`.
fn deviation<R: Real>(until: usize) -> (Vec<u64>, f64) {
    let changes = [("E_L", -65.0), ("V_reset", -65.0), ("V_th", -50.0), ("I_e", 330.0)];
    let mut neuron = Cells::<Neurons<IafPscDelta, R>>::one(IafPscDelta::DECLARATION, 0.1, &changes);
    // The state at the start is that of a neuron at NEST's default potential.
    neuron.set("V_m", 0, -70.0);
    let rows = TRACE.lines().skip(2).map(|line| line.split_once(',').unwrap());
    let (mut spikes, mut off) = (Vec::new(), 0.0_f64);
    for (step, (jump, v)) in (0..).zip(rows).take(until) {
        neuron.arrive("delta", 0, jump.parse().unwrap());
        spikes.extend(neuron.step().iter().map(|_| step + 1));
        off = off.max((neuron.get("V_m", 0) - v.parse::<f64>().unwrap()).abs());
    }
    (spikes, off)
}

#[test]
fn in_double_precision_to_a_billionth_of_a_millivolt() {
    let (spikes, off) = deviation::<f64>(usize::MAX);
    assert_eq!(spikes, SPIKES);
    assert!(off < 1e-9, "{off:e} mV");
}

#[test]
fn in_single_precision_to_a_microvolt_up_to_the_first_spike() {
    let (_, off) = deviation::<f32>(229);
    assert!(off < 1e-3, "{off:e} mV");
}

/// The jump is the weight, decays with `tau_m`, stops at `V_min`, and is lost while the neuron is refractory.
#[test]
fn a_spike_is_a_jump() {
    let mut neuron =
        Cells::<Neurons<IafPscDelta, f64>>::one(IafPscDelta::DECLARATION, 0.1, &[("V_min", -72.0)]);
    let mut step = |jump: f64| {
        neuron.arrive("delta", 0, jump);
        let fired = neuron.step().len();
        (neuron.get("V_m", 0), fired)
    };
    assert_eq!(step(5.0), (-65.0, 0));
    let decayed = -70.0 + 5.0 * neuropil_core::math::exp(-0.01);
    assert!((step(0.0).0 / decayed - 1.0).abs() < 1e-15);
    assert_eq!(step(-100.0), (-72.0, 0));
    assert_eq!(step(20.0), (-70.0, 1));
    for _ in 0..20 {
        assert_eq!(step(10.0), (-70.0, 0));
    }
    assert_eq!(step(10.0), (-60.0, 0));
}
