//! Below threshold, the state on the grid is the solution of the differential equation.

use neuropil_core::math::{exp, exp_m1};
use neuropil_core::{Column, TimeGrid};

use crate::support::{CURRENT, Cells, EX, I_SYN_EX, I_SYN_IN, IN, V_M, many, one, parameters};

const STEPS: [f64; 3] = [0.1, 0.5, 1.0];
const C_M: f64 = 250.0;
const TAU_M: f64 = 15.0;
/// At rest at zero, so that `V_m` is its own displacement, and never firing.
const PASSIVE: [(&str, f64); 4] = [("tau_m", TAU_M), ("E_L", 0.0), ("V_reset", -10.0), ("V_th", 1500.0)];

/// Time constant (ms), delay (ms) and weight (pA) of each kind of synapse: those of NEST's test of
/// `iaf_psc_exp_multisynapse`, and time constants at and next to that of the membrane.
const SYNAPSES: [(f64, f64, f64); 9] = [
    (2.0, 7.0, 30.0),
    (20.0, 5.0, 50.0),
    (60.0, 2.0, 20.0),
    (100.0, 1.0, 10.0),
    (TAU_M, 3.0, 40.0),
    (TAU_M * (1.0 + 1e-9), 3.0, 40.0),
    (TAU_M * (1.0 - 1e-9), 3.0, 40.0),
    (TAU_M * (1.0 + 1e-12), 3.0, 40.0),
    (TAU_M * (1.0 - 1e-12), 3.0, 40.0),
];
/// How many of them are NEST's.
const OF_NEST: usize = 4;

/// When the spike is sent, in ms.
const SENT_MS: f64 = 1.0;

fn assert_close(value: f64, expected: f64, place: &str) {
    assert!((value - expected).abs() <= 1e-12 * expected.abs(), "{value:e} for {expected:e} {place}");
}

/// The potential `t` after the arrival of a spike of weight one.
fn psp(t: f64, tau_syn: f64) -> f64 {
    let rate = 1.0 / tau_syn - 1.0 / TAU_M;
    if (tau_syn / TAU_M - 1.0).abs() > 1e-3 {
        return (exp(-t / TAU_M) - exp(-t / tau_syn)) / (C_M * rate);
    }
    // The series around equal time constants, whose next term is below 1e-17 here.
    let x = -t * (TAU_M - tau_syn) / (TAU_M * tau_syn);
    t / C_M * exp(-t / TAU_M) * (1.0 + 0.5 * x)
}

/// One neuron for each kind of synapse, as both its excitatory and its inhibitory one.
fn one_neuron_per_synapse(dt_ms: f64) -> Cells<f64> {
    let mut columns = parameters(&PASSIVE);
    let taus = Column::Each(SYNAPSES.iter().map(|&(tau, ..)| tau).collect());
    columns[2] = taus.clone();
    columns[3] = taus;
    many(dt_ms, SYNAPSES.len(), &columns).unwrap()
}

/// Checks currents and potentials of all neurons at `time_ms`, after a spike on `receptor` of weight `sign w`.
fn check_responses(cells: &Cells<f64>, time_ms: f64, receptor: &str, sign: f64) {
    let (on, off) = if receptor == EX { (I_SYN_EX, I_SYN_IN) } else { (I_SYN_IN, I_SYN_EX) };
    let (mut sum, mut expected_sum) = (0.0, 0.0);
    for (i, &(tau, delay, weight)) in SYNAPSES.iter().enumerate() {
        let t = time_ms - SENT_MS - delay;
        let (psc, psp) = if t >= 0.0 { (exp(-t / tau), psp(t, tau)) } else { (0.0, 0.0) };
        let place = format!("at {time_ms} ms of tau {tau:.15}");
        assert_close(cells.get(on, i), sign * weight * psc, &place);
        assert_close(cells.get(V_M, i), sign * weight * psp, &place);
        assert_eq!(cells.get(off, i), 0.0);
        if i < OF_NEST {
            sum += cells.get(V_M, i);
            expected_sum += sign * weight * psp;
        }
    }
    assert_close(sum, expected_sum, &format!("at {time_ms} ms, summed"));
}

#[test]
fn single_spikes() {
    for (dt_ms, (receptor, sign)) in STEPS.into_iter().flat_map(|dt| [(dt, (EX, 1.0)), (dt, (IN, -1.0))]) {
        let grid = TimeGrid::new(dt_ms).unwrap();
        let mut cells = one_neuron_per_synapse(dt_ms);
        for step in 0..grid.steps(100.0).unwrap() {
            for (i, &(_, delay, weight)) in SYNAPSES.iter().enumerate() {
                if step + 1 == grid.steps(SENT_MS + delay).unwrap() {
                    cells.arrive(receptor, i, sign * weight);
                }
            }
            assert!(cells.step().is_empty());
            check_responses(&cells, grid.time_ms(step + 1), receptor, sign);
        }
    }
}

/// The current of the parameter acts from the start, that of a stimulus one step after it arrives.
#[test]
fn constant_currents() {
    for (dt_ms, e_l) in STEPS.into_iter().flat_map(|dt| [(dt, 0.0), (dt, -70.0)]) {
        let grid = TimeGrid::new(dt_ms).unwrap();
        let current = 300.0;
        let changes = [("tau_m", TAU_M), ("E_L", e_l), ("V_reset", -90.0), ("V_th", 1500.0)];
        let mut own = one::<f64>(dt_ms, &[&changes[..], &[("I_e", current)]].concat());
        let mut stimulus = one::<f64>(dt_ms, &changes);
        let expected = |stamp| e_l - current * TAU_M / C_M * exp_m1(-grid.time_ms(stamp) / TAU_M);
        for step in 0..grid.steps(200.0).unwrap() {
            stimulus.arrive(CURRENT, 0, current);
            assert!(own.step().is_empty() && stimulus.step().is_empty());
            let place = format!("after step {step} of {dt_ms} ms");
            assert_close(own.get(V_M, 0), expected(step + 1), &place);
            assert_close(stimulus.get(V_M, 0), expected(step), &place);
        }
    }
}
