//! Conductances far beyond those of neurons.

use neuropil_core::Real;

use crate::support::{Cells, DOPRI5, G_EX, G_IN, RK4, V_M, one};
use crate::taylor::Exact;

const DT_MS: f64 = 0.1;

/// A neuron that cannot fire, with both conductances set.
fn cells<R: Real>(integrator: f64, tau_syn: f64, [g_ex, g_in]: [f64; 2]) -> Cells<R> {
    let changes =
        [("integrator", integrator), ("V_th", 1e3), ("tau_syn_ex", tau_syn), ("tau_syn_in", 2.0 * tau_syn)];
    let mut cells = one(DT_MS, &changes);
    cells.set(G_EX, 0, g_ex);
    cells.set(G_IN, 0, g_in);
    cells
}

/// The largest error of `V_m` over some steps. A step of the fastest membrane here is 6e4 of its time constants.
fn error<R: Real>(tau_syn: f64, g: [f64; 2], steps: usize) -> f64 {
    let mut cells = cells::<R>(DOPRI5, tau_syn, g);
    let mut exact = Exact {
        c_m: 250.0,
        g_l: 16.6667,
        e_l: -70.0,
        current: 0.0,
        receptors: [(0.0, tau_syn), (-85.0, 2.0 * tau_syn)],
        v: -70.0,
        g,
    };
    let mut most = 0.0_f64;
    for _ in 0..steps {
        cells.step();
        exact.advance(DT_MS);
        most = most.max((cells.get(V_M, 0) - exact.v).abs());
    }
    most
}

#[test]
fn dopri5_is_exact_where_the_membrane_is_fast() {
    for g in [1e3, 1e4, 1e5, 1e6] {
        for tau_syn in [0.02, 0.2, 5.0] {
            let error = error::<f64>(tau_syn, [g, 2.0 * g], 5);
            assert!(error < 1e-8, "{error:e} mV at {g:e} nS, {tau_syn} ms");
        }
    }
}

/// Beyond what sub-steps can follow, the membrane is where its conductances drive it, until they are small enough.
#[test]
fn dopri5_is_close_where_the_membrane_is_too_fast() {
    for (g, tau_syn) in [(5e7, 0.02), (5e7, 5.0), (5e7, 0.004)] {
        let error = error::<f64>(tau_syn, [g, 2.0 * g], 2);
        assert!(error < 1e-6, "{error:e} mV at {g:e} nS, {tau_syn} ms");
    }
}

/// Potentials lie between the reversal potentials, for any size of conductance and any time constant.
#[test]
fn dopri5_stays_between_the_reversal_potentials() {
    fn check<R: Real>() {
        for exponent in (-6..36).step_by(3) {
            for tau_syn in [1e-9, 1e-4, 0.1, 10.0, 1e9] {
                let g = 10_f64.powi(exponent);
                let mut cells = cells::<R>(DOPRI5, tau_syn, [g, 2.0 * g]);
                for _ in 0..3 {
                    assert!(cells.step().is_empty());
                    let v = cells.get(V_M, 0);
                    assert!((-85.001..=0.001).contains(&v), "{v} mV at {g:e} nS, {tau_syn} ms");
                }
            }
        }
    }
    check::<f64>();
    check::<f32>();
}

/// The limit that the documentation states: `(g_L + g_ex + g_in) dt/C_m` of 2.78.
#[test]
fn rk4_is_stable_up_to_its_limit() {
    let off_rest = |rate: f64| {
        let g = rate * 250.0 / DT_MS - 16.6667;
        let mut cells = cells::<f64>(RK4, 1e9, [0.0, g]);
        let rest = (-70.0 * 16.6667 - 85.0 * g) / (16.6667 + g);
        cells.set(V_M, 0, rest + 1.0);
        (0..200).for_each(|_| drop(cells.step()));
        (cells.get(V_M, 0) - rest).abs()
    };
    assert!(off_rest(2.7) < 1e-3, "{}", off_rest(2.7));
    assert!(off_rest(2.9) > 1e2, "{}", off_rest(2.9));
}
