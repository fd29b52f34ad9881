//! Leaky integrate-and-fire neuron with exponential synaptic conductances: `iaf_cond_exp`.
//!
//! ## Dynamics
//!
//! ```text
//! C_m dV_m/dt = -g_L (V_m - E_L) - g_ex (V_m - E_ex) - g_in (V_m - E_in) + I_e + I_stim
//! g_X(t)      = sum_k |w_k| exp(-(t - t_k)/tau_syn_X)      t >= t_k,  X = ex (w >= 0), in (w < 0)
//! V_m >= V_th  =>  spike,  V_m = V_reset for t_ref
//! ```
//!
//! The size of a weight is the conductance that one spike opens at once, in nS. Its sign chooses the receptor; both
//! conductances are positive.
//!
//! ## Numerics
//!
//! Conductances decay exactly on the grid. `integrator` says how the membrane follows them:
//!
//! - `rk4`: one step of the classic Runge–Kutta method of order four, whose stages take the exact conductances of the
//!   beginning, the middle and the end. It runs on vectors. On a grid of 0.1 ms its error is below 1e-6 mV for time
//!   constants of 5 ms and more, and 5e-5 mV for the default `tau_syn_ex` of 0.2 ms. As any explicit method with a fixed
//!   step, it is unstable where `(g_L + g_ex + g_in) dt/C_m` exceeds 2.78, and inexact well before: at 0.1 ms and 250 pF
//!   that takes 7 µS. Nothing checks it.
//! - `dopri5`: the method of Dormand and Prince with sub-steps of adaptive size, for reference. All errors that one step
//!   adds to `V_m` together stay within `tolerance`. Each neuron keeps the size of its sub-steps, and computes in double
//!   precision. There are at most ten thousand in a step; where they would be unstable, the membrane is as fast as its
//!   conductances drive it, and `V_m` follows these to first order.
//!
//! In a step the membrane moves first, with the conductances of the step's beginning as they decay; then the spikes
//! that arrive are added to the conductances; then `V_m` is compared with `V_th`. So a spike shows in its conductance at
//! once and in `V_m` one step later. The current of devices is taken at the end of a step and acts in the next. Where
//! `V_m` exceeds `V_th` within a step, the currents are those at `V_th`.
//!
//! Refractory neurons are clamped for `t_ref`, while their conductances go on. A spike is stamped with the end of the
//! step in which `V_m` reaches `V_th`.
//!
//! NEST's model of this name follows the same rules, and is integrated with an error of up to 1e-3 mV in each sub-step.
//!
//! ## From PyNN
//!
//! `IF_cond_exp` is this model, in other units. Inhibitory weights are below zero here.
//!
//! | PyNN | here | times |
//! |------|------|------:|
//! | `v_rest`, `v_reset`, `v_thresh` (mV) | `E_L`, `V_reset`, `V_th` (mV) | 1 |
//! | `cm` (nF) | `C_m` (pF) | 1000 |
//! | `tau_m` (ms) | `C_m / g_L`, so `g_L = 1000 cm / tau_m` (nS) | |
//! | `tau_refrac`, `tau_syn_E`, `tau_syn_I` (ms) | `t_ref`, `tau_syn_ex`, `tau_syn_in` (ms) | 1 |
//! | `e_rev_E`, `e_rev_I` (mV) | `E_ex`, `E_in` (mV) | 1 |
//! | `i_offset` (nA) | `I_e` (pA) | 1000 |
//! | excitatory weights (µS) | weights of `ex` (nS) | 1000 |
//! | inhibitory weights (µS) | weights of `in` (nS) | -1000 |
//!
//! Parameters, state variables and receptors are declared in [`DECLARATION`]; `neuropil models iaf_cond_exp` prints
//! them.
//!
//! ## References
//!
//! H. Meffin, A. N. Burkitt, D. B. Grayden (2004), J. Comput. Neurosci. 16, 159–175.
//! doi:10.1023/B:JCNS.0000014108.03012.81
//!
//! J. R. Dormand, P. J. Prince (1980), J. Comput. Appl. Math. 6, 19–26. doi:10.1016/0771-050X(80)90013-3
#![forbid(unsafe_code)]

mod adaptive;
mod cell;
mod dopri5;
mod neurons;
mod rk4;

use neuropil_core::iaf::{self, C_M, E_L, I_E, T_REF, V_M, V_RESET, V_TH};
use neuropil_core::units::{MS, MV, NS};
use neuropil_core::{
    Accepts, Audit, Declaration, Initial, ModelKind, Parameter, Plugin, Range, Receptor, Registry,
    StateVariable,
};

pub use neurons::Neurons;

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "iaf_cond_exp",
    kind: ModelKind::Neuron,
    summary: "Leaky integrate-and-fire neuron with exponential synaptic conductances; PyNN's IF_cond_exp.",
    equations: "\
C_m dV_m/dt = -g_L (V_m - E_L) - g_ex (V_m - E_ex) - g_in (V_m - E_in) + I_e + I_stim
g_X(t)      = sum_k |w_k| exp(-(t - t_k)/tau_syn_X)    for t >= t_k, X = ex (w >= 0) or in (w < 0)
V_m >= V_th  =>  spike, V_m = V_reset for t_ref",
    numerics: "\
Conductances decay exactly. V_m takes one Runge-Kutta step of order 4 (rk4: unstable where (g_L + g_ex + g_in) dt/C_m \
exceeds 2.78), or adaptive steps of Dormand and Prince that add at most `tolerance` to its error in a step of the grid \
(dopri5). In a step, first V_m moves, then arriving spikes are added to the conductances, then V_m is compared with \
V_th (>=). A spike shows in its conductance at once and in V_m one step later. Where V_m exceeds V_th within a step, \
the currents are those at V_th. While V_m is clamped for t_ref the conductances go on. A spike is stamped with the end \
of its step. PyNN's v_rest is E_L, v_thresh V_th, cm C_m, tau_m C_m/g_L, tau_refrac t_ref, e_rev_E E_ex, e_rev_I E_in, \
tau_syn_E tau_syn_ex, tau_syn_I tau_syn_in, i_offset I_e; its inhibitory weights are above zero.",
    parameters: &PARAMETERS,
    states: &[
        V_M,
        StateVariable::new("g_ex", NS, Initial::Value(0.0), "excitatory conductance"),
        StateVariable::new("g_in", NS, Initial::Value(0.0), "inhibitory conductance"),
    ],
    receptors: &[
        Receptor {
            name: "ex",
            unit: NS,
            accepts: Accepts::PositiveWeights,
            meaning: "conductance of time constant tau_syn_ex that pulls to E_ex",
        },
        Receptor {
            name: "in",
            unit: NS,
            accepts: Accepts::NegativeWeights,
            meaning: "conductance of time constant tau_syn_in that pulls to E_in",
        },
        iaf::CURRENT,
    ],
    references: &[
        "H. Meffin, A. N. Burkitt, D. B. Grayden (2004), J. Comput. Neurosci. 16, 159-175, \
         doi:10.1023/B:JCNS.0000014108.03012.81",
        "J. R. Dormand, P. J. Prince (1980), J. Comput. Appl. Math. 6, 19-26, doi:10.1016/0771-050X(80)90013-3",
    ],
    audit: Some(Audit {
        distance: |p| p[9] - p[7],
        constant: |p| p[10] / p[1],
        receptor: |p, channel| per_unit(p, channel) / p[1],
    }),
};

/// The channels of the input buffer, in the order of the receptors.
const EX: usize = 0;
const IN: usize = 1;
const CHANNELS: usize = 3;

/// The position of `integrator` among the parameters.
const INTEGRATOR: usize = 11;
/// Its value for the adaptive method.
const DOPRI5: f64 = 1.0;

static PARAMETERS: [Parameter; 13] = [
    C_M,
    Parameter::new("g_L", NS, 16.6667, "leak conductance").within(Range::Positive),
    Parameter::new("E_ex", MV, 0.0, "reversal potential of excitation"),
    Parameter::new("E_in", MV, -85.0, "reversal potential of inhibition"),
    Parameter::new("tau_syn_ex", MS, 0.2, "decay time of the excitatory conductance").within(Range::Positive),
    Parameter::new("tau_syn_in", MS, 2.0, "decay time of the inhibitory conductance").within(Range::Positive),
    T_REF,
    E_L,
    V_RESET.default(-60.0),
    V_TH,
    I_E,
    Parameter::choice("integrator", &["rk4", "dopri5"], "how V_m is integrated"),
    Parameter::new("tolerance", MV, 1e-9, "error of V_m that a step may add, for dopri5")
        .within(Range::Positive),
];

/// The current at rest, in pA, that a weight of 1 nS at one spike per ms makes on average; for the current of devices, 1.
/// Weights of the inhibitory receptor are below zero, hence its sign.
fn per_unit(p: &[f64], channel: usize) -> f64 {
    let rest = p[7];
    match channel {
        EX => p[4] * (p[2] - rest),
        IN => -p[5] * (p[3] - rest),
        _ => 1.0,
    }
}

/// Registers `iaf_cond_exp`.
#[derive(Clone, Copy, Debug, Default)]
pub struct IafCondExpPlugin;

impl Plugin for IafCondExpPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_neuron_model::<Neurons<f32>, Neurons<f64>>(&DECLARATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
