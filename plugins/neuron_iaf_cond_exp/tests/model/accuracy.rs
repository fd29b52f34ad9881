//! How far the potential is from the solution of the equation, below threshold.

use neuropil_core::math::ln;
use neuropil_core::{Neuron, Real, TimeGrid};
use neuropil_neuron_iaf_cond_exp::IafCondExp;

use crate::support::{CURRENT, DOPRI5, EX, G_EX, G_IN, IN, RK4, V_M, one};
use crate::taylor::Exact;

/// Spikes arrive at multiples of this, so that all grids see the same input.
const SLOT_MS: f64 = 0.8;
const SLOTS: usize = 500;

/// A cortical neuron; threshold out of reach.
const CORTICAL: [(&str, f64); 8] = [
    ("C_m", 200.0),
    ("g_L", 10.0),
    ("E_L", -60.0),
    ("E_in", -80.0),
    ("tau_syn_ex", 5.0),
    ("tau_syn_in", 10.0),
    ("V_th", 1000.0),
    ("I_e", 50.0),
];
/// The fast synapses that are the default.
const FAST: [(&str, f64); 3] = [("V_th", 1000.0), ("I_e", 50.0), ("tau_syn_in", 2.0)];

/// What arrives at the end of a slot: conductances of irregular size, some of them several times that of the leak, and
/// a current that changes.
fn input(slot: usize) -> (f64, f64, f64) {
    let scramble = |salt: usize| ((slot * 7919 + salt) * 104_729 % 1009) as f64 / 1009.0;
    let sparse = |x: f64, size: f64| if x > 0.6 { size * x } else { 0.0 };
    (sparse(scramble(1), 12.0), -sparse(scramble(2), 25.0), 40.0 * scramble(3))
}

/// The neuron with the defaults but for `changes`, at rest.
fn exact(changes: &[(&str, f64)]) -> Exact {
    let value = |name| {
        let change = changes.iter().find(|c| c.0 == name).map(|c| c.1);
        change.unwrap_or_else(|| {
            IafCondExp::DECLARATION.parameters[IafCondExp::DECLARATION.parameter(name).unwrap()].default
        })
    };
    Exact {
        c_m: value("C_m"),
        g_l: value("g_L"),
        e_l: value("E_L"),
        current: value("I_e"),
        receptors: [(value("E_ex"), value("tau_syn_ex")), (value("E_in"), value("tau_syn_in"))],
        v: value("E_L"),
        g: [0.0; 2],
    }
}

/// The largest errors of potential and conductances at the ends of slots.
fn errors<R: Real>(dt_ms: f64, changes: &[(&str, f64)], integrator: &[(&str, f64)]) -> (f64, f64) {
    let mut cells = one::<R>(dt_ms, &[changes, integrator, &[("t_ref", 0.0)]].concat());
    let mut exact = exact(changes);
    let own = exact.current;
    let steps = TimeGrid::new(dt_ms).unwrap().steps(SLOT_MS).unwrap();
    let (mut of_v, mut of_g) = (0.0_f64, 0.0_f64);
    for slot in 0..SLOTS {
        let (ex, inh, current) = input(slot);
        for left in (0..steps).rev() {
            if left == 0 {
                cells.arrive(EX, 0, ex);
                cells.arrive(IN, 0, inh);
            }
            // What arrives in a step acts in the next.
            cells.arrive(CURRENT, 0, if left == 0 { current } else { exact.current - own });
            assert!(cells.step().is_empty());
        }
        exact.advance(SLOT_MS);
        exact.current = own + current;
        exact.g[0] += ex;
        exact.g[1] -= inh;
        of_v = of_v.max((cells.get(V_M, 0) - exact.v).abs());
        of_g = of_g.max((cells.get(G_EX, 0) - exact.g[0]).abs()).max((cells.get(G_IN, 0) - exact.g[1]).abs());
    }
    (of_v, of_g)
}

/// The errors of the potential on several grids.
fn errors_of_v<const N: usize>(
    grids: [f64; N],
    changes: &[(&str, f64)],
    integrator: &[(&str, f64)],
) -> [f64; N] {
    grids.map(|dt_ms| errors::<f64>(dt_ms, changes, integrator).0)
}

#[test]
fn rk4_is_exact_to_a_nanovolt_on_the_usual_grid() {
    let (of_v, of_g) = errors::<f64>(0.1, &CORTICAL, &[("integrator", RK4)]);
    assert!(of_v < 1e-6 && of_g < 1e-11, "{of_v:e} mV, {of_g:e} nS");
    let (of_v, of_g) = errors::<f64>(0.1, &FAST, &[("integrator", RK4)]);
    assert!(of_v < 1e-4 && of_g < 1e-11, "{of_v:e} mV, {of_g:e} nS");
}

#[test]
fn rk4_is_of_order_four() {
    for changes in [&CORTICAL[..], &FAST] {
        let of_v = errors_of_v([0.4, 0.2, 0.1, 0.05], changes, &[("integrator", RK4)]);
        for pair in of_v.windows(2) {
            let order = ln(pair[0] / pair[1]) / ln(2.0);
            assert!((order - 4.0).abs() < 0.2, "order {order} in {of_v:?}");
        }
    }
}

/// The tolerance is per step; a membrane forgets errors within its time constant, which here is a few steps to a few
/// hundred.
#[test]
fn dopri5_keeps_its_tolerance() {
    for changes in [&CORTICAL[..], &FAST] {
        for tolerance in [1e-3, 1e-6, 1e-9, 1e-11] {
            let of_v = errors_of_v(
                [0.8, 0.4, 0.1, 0.05],
                changes,
                &[("integrator", DOPRI5), ("tolerance", tolerance)],
            );
            assert!(of_v.iter().all(|&e| e < 10.0 * tolerance), "{tolerance:e}: {of_v:?}");
        }
        let of_v = errors_of_v([0.8, 0.4, 0.1, 0.05], changes, &[("integrator", DOPRI5)]);
        assert!(of_v.iter().all(|&e| e < 1e-8), "by default: {of_v:?}");
    }
}

#[test]
fn single_precision_is_exact_to_a_tenth_of_a_microvolt() {
    for integrator in [RK4, DOPRI5] {
        let (of_v, of_g) = errors::<f32>(0.1, &CORTICAL, &[("integrator", integrator)]);
        assert!(of_v < 1e-4 && of_g < 1e-3, "{of_v:e} mV, {of_g:e} nS");
    }
}
