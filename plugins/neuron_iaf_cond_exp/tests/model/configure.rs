//! Other parameters leave the state as it is.

use neuropil_core::Column;

use crate::support::{CURRENT, Cells, DOPRI5, EX, G_EX, G_IN, IN, RK4, V_M, many, one, parameters};

const DT_MS: f64 = 0.1;

/// A neuron with input, after some steps; it fires now and then.
fn running(integrator: f64) -> Cells<f64> {
    let mut cells = one(DT_MS, &given(integrator));
    go_on(&mut cells, 200);
    cells
}

fn given(integrator: f64) -> [(&'static str, f64); 3] {
    [("integrator", integrator), ("I_e", 400.0), ("tau_syn_in", 5.0)]
}

/// The state after each of `n` steps with a fixed pattern of input, and the steps in which the neuron fired.
fn go_on(cells: &mut Cells<f64>, n: usize) -> (Vec<[u64; 3]>, Vec<usize>) {
    let mut spikes = Vec::new();
    let states = (0..n).map(|step| {
        cells.arrive(EX, 0, if step % 7 == 0 { 20.0 } else { 0.0 });
        cells.arrive(IN, 0, if step % 13 == 0 { -2.0 } else { 0.0 });
        cells.arrive(CURRENT, 0, (step % 3) as f64 * 40.0);
        if !cells.step().is_empty() {
            spikes.push(step);
        }
        state(cells).map(f64::to_bits)
    });
    (states.collect(), spikes)
}

fn state(cells: &Cells<f64>) -> [f64; 3] {
    [V_M, G_EX, G_IN].map(|variable| cells.get(variable, 0))
}

#[test]
fn the_same_parameters_change_no_bit() {
    for integrator in [RK4, DOPRI5] {
        let (mut changed, mut left) = (running(integrator), running(integrator));
        changed.configure(&parameters(&given(integrator))).unwrap();
        let (states, spikes) = go_on(&mut changed, 1000);
        assert!(spikes.len() > 5, "{spikes:?}");
        assert!((states, spikes) == go_on(&mut left, 1000));
    }
}

#[test]
fn refused_parameters_change_nothing() {
    for integrator in [RK4, DOPRI5] {
        let (mut changed, mut left) = (running(integrator), running(integrator));
        let tight = [("integrator", DOPRI5), ("tolerance", 1e-20), ("E_L", -80.0)];
        assert!(changed.configure(&parameters(&tight)).is_err());
        assert!(changed.configure(&parameters(&[("V_reset", 0.0), ("E_L", -80.0)])).is_err());
        assert!(go_on(&mut changed, 1000) == go_on(&mut left, 1000));
    }
}

/// Potentials are absolute, though `E_L` is what they are kept relative to.
#[test]
fn potential_and_conductances_stay() {
    for (from, to) in [(RK4, RK4), (RK4, DOPRI5), (DOPRI5, RK4), (DOPRI5, DOPRI5)] {
        let mut cells = running(from);
        let before = state(&cells);
        cells.configure(&parameters(&[("integrator", to), ("E_L", -64.0), ("g_L", 30.0)])).unwrap();
        assert_eq!(state(&cells)[1..], before[1..]);
        assert!((state(&cells)[0] - before[0]).abs() < 1e-13, "{:?} {before:?}", state(&cells));
    }
}

/// Nor do the integrators differ in what they go on from.
#[test]
fn the_integrator_can_change_within_a_run() {
    let (mut changed, mut left) = (running(RK4), running(RK4));
    changed.configure(&parameters(&given(DOPRI5))).unwrap();
    let (spikes, expected) = (go_on(&mut changed, 1000).1, go_on(&mut left, 1000).1);
    assert_eq!(spikes, expected);
    assert!((changed.get(V_M, 0) - left.get(V_M, 0)).abs() < 1e-3);
}

/// The current that arrived goes on into the next step, and a refractory neuron stays so.
#[test]
fn current_and_clamp_stay() {
    let mut cells = one::<f64>(DT_MS, &[]);
    cells.arrive(CURRENT, 0, 250.0);
    cells.step();
    cells.configure(&parameters(&[("g_L", 1e-9)])).unwrap();
    cells.step();
    assert!((cells.get(V_M, 0) + 69.9).abs() < 1e-9, "{}", cells.get(V_M, 0));

    let mut cells = one::<f64>(DT_MS, &[("t_ref", 2.0)]);
    cells.set(V_M, 0, -30.0);
    assert_eq!(cells.step(), [0]);
    cells.configure(&parameters(&[("I_e", 1e4), ("t_ref", 5.0)])).unwrap();
    for _ in 0..20 {
        assert!(cells.step().is_empty());
        assert_eq!(cells.get(V_M, 0), -60.0);
    }
    cells.step();
    assert!(cells.get(V_M, 0) > -60.0);
}

#[test]
fn own_parameters_can_follow_shared_ones() {
    let mut cells = many::<f64>(DT_MS, 3, &parameters(&[("I_e", 300.0)])).unwrap();
    (0..30).for_each(|_| drop(cells.step()));
    let before = cells.get(V_M, 0);
    let mut columns = parameters(&[("I_e", 300.0)]);
    columns[7] = Column::Each(vec![-70.0, -65.0, -60.0]);
    cells.configure(&columns).unwrap();
    for i in 0..3 {
        assert!((cells.get(V_M, i) - before).abs() < 1e-13);
    }
    cells.step();
    assert!(cells.get(V_M, 0) < cells.get(V_M, 1));
}
