//! Leaky integrate-and-fire neuron with exponential conductances, soft reset and exponential Euler: `lifref_cond_exp`.
//!
//! ## Dynamics
//!
//! ```text
//! tau_m dV_m/dt = -(V_m - E_L) + R_m (g_ex (E_ex - V_m) + g_in (E_in - V_m) + I_e + I_stim)
//! dg_X/dt       = -g_X/tau_syn_X + sum_k |w_k| delta(t - t_k)      X = ex (w >= 0), in (w < 0)
//! V_m >= V_th  =>  spike,  V_m falls by V_th - V_reset and stays for t_ref
//! ```
//!
//! A weight is the conductance that one spike opens at once, in nS. Its sign chooses the receptor, so inhibitory weights
//! are negative, as in all models of conductances here.
//!
//! ## Numerics
//!
//! This is BrainPy's `LIFRef` with two `Expon` synapses and `COBA` outputs, and follows its steps:
//!
//! 1. conductances decay by `exp(-dt/tau_syn)`, exactly, and the spikes that arrive are added to them;
//! 2. a neuron that fired in the step before is reset: by default (`reset: soft`) `V_m` falls by `V_th - V_reset` and
//!    keeps what it had above threshold; with `reset: hard` it becomes `V_reset`;
//! 3. unless it is held, `V_m` moves by exponential Euler: `V_m + dt f (e^z - 1)/z`, where `f` is the right-hand side and
//!    `z` is `dt` times its derivative, `-dt/tau_m (1 + R_m (g_ex + g_in))`. With the conductances of this step, that is the
//!    exact solution;
//! 4. at `V_m >= V_th` the neuron fires.
//!
//! So a spike shows in `V_m` at the end of the step in which it arrives. The current of devices is taken at the end of a
//! step and acts in the next.
//!
//! A spike is stamped with the end of its step; BrainPy reports the beginning. At that stamp `V_m` is still at or above
//! `V_th`: the reset shows one step later. `V_m` is held while less than `t_ref` has passed since the step of the spike: in
//! step `k + i` after a spike in step `k`, for `0 < i < t_ref/dt`. Times are counted in steps; BrainPy compares rounded
//! times, and a few of a thousand of its periods are one step longer for that.
//!
//! A held neuron that is still above threshold, after a soft reset from far above, fires again, as in BrainPy. One that is set
//! at or above threshold fires at the end of the next step.
//!
//! `(e^z - 1)/z` is computed here, to a relative error of 6e-16 and with the same bits on every machine. In single
//! precision, too, it is computed in doubles.
//!
//! | BrainPy | here | | BrainPy | here |
//! |---|---|---|---|---|
//! | `V_rest` | `E_L` | | `E` of `COBA` | `E_ex`, `E_in` |
//! | `V_th` | `V_th` | | `tau` of `Expon` | `tau_syn_ex`, `tau_syn_in` |
//! | `V_reset` | `V_reset` | | `x`, the input | `I_e` |
//! | `tau` | `tau_m` | | `spk_reset` | `reset` |
//! | `tau_ref` | `t_ref` | | `conn_weight` | weight; negative for `in` |
//! | `R` (default 1 Ohm) | `R_m` | | `V_initializer` | initial `V_m` |
//!
//! The defaults are those of BrainPy's tutorial of a balanced network, with a resistance of 100 megaohms: there the tutorial's
//! weights and input, as fractions of the leak, are 6 nS, -67 nS and 200 pA.
//!
//! Parameters, state variables and receptors are declared in [`DECLARATION`]; `neuropil models lifref_cond_exp` prints
//! them.
//!
//! ## References
//!
//! C. Wang, T. Zhang, X. Chen, S. He, S. Li, S. Wu (2023), eLife 12, e86365. doi:10.7554/eLife.86365
//!
//! R. Brette et al. (2007), J. Comput. Neurosci. 23, 349–398. doi:10.1007/s10827-007-0038-6
#![forbid(unsafe_code)]

mod constants;
mod neurons;

use neuropil_core::iaf::{self, E_L, I_E, T_REF, TAU_M, V_M, V_RESET, V_TH};
use neuropil_core::units::{Dimension, MS, MV, NS, Unit};
use neuropil_core::{
    Accepts, Audit, Declaration, Initial, ModelKind, Parameter, Plugin, Range, Receptor, Registry,
    StateVariable,
};

pub use neurons::Neurons;

/// Megaohm.
const MOHM: Unit = Unit { symbol: "MOhm", dimension: Dimension::new(1, 0, -1, 0), scale: 1e-3 };

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "lifref_cond_exp",
    kind: ModelKind::Neuron,
    summary: "Leaky integrate-and-fire neuron with exponential conductances, as BrainPy's LIFRef.",
    equations: "\
tau_m dV_m/dt = -(V_m - E_L) + R_m (g_ex (E_ex - V_m) + g_in (E_in - V_m) + I_e + I_stim)
g_X(t)        = sum_k |w_k| exp(-(t - t_k)/tau_syn_X)    for t >= t_k, X = ex (w >= 0) or in (w < 0)
V_m >= V_th  =>  spike, V_m falls by V_th - V_reset (reset: soft) or to V_reset (reset: hard), and stays for t_ref",
    numerics: "\
Exponential Euler for V_m, exact decay of conductances. In a step, first conductances decay, then arriving spikes are \
added, then a neuron that fired in the step before is reset, then V_m moves with the new conductances, then it is compared \
with V_th (>=). A spike shows in V_m at the end of the step in which it arrives; a weight is the jump of the conductance. \
V_m is held while less than t_ref has passed since the step of the spike; a held neuron that is still above V_th after a \
soft reset fires again. The current of devices acts one step after it \
arrives. A spike is stamped with the end of its step, at which V_m is still above V_th: the reset shows one step later.",
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
            meaning: "excitatory conductance of time constant tau_syn_ex",
        },
        Receptor {
            name: "in",
            unit: NS,
            accepts: Accepts::NegativeWeights,
            meaning: "inhibitory conductance of time constant tau_syn_in, with the sign flipped",
        },
        iaf::CURRENT,
    ],
    references: &[
        "C. Wang et al. (2023), eLife 12, e86365, doi:10.7554/eLife.86365",
        "R. Brette et al. (2007), J. Comput. Neurosci. 23, 349-398, doi:10.1007/s10827-007-0038-6",
    ],
    audit: Some(Audit {
        distance: |p| p[4] - p[2],
        constant: |p| gigaohm(p[1]) * p[9],
        receptor: |p, channel| match channel {
            EX => gigaohm(p[1]) * p[7] * (p[5] - p[2]),
            IN => -gigaohm(p[1]) * p[8] * (p[6] - p[2]),
            _ => gigaohm(p[1]),
        },
    }),
};

/// The channels of the input buffer, in the order of the receptors.
const EX: usize = 0;
const IN: usize = 1;
const CHANNELS: usize = 3;

static PARAMETERS: [Parameter; 12] = [
    TAU_M.default(20.0),
    Parameter::new("R_m", MOHM, 100.0, "membrane resistance").within(Range::Positive),
    E_L.default(-60.0),
    V_RESET.default(-60.0),
    V_TH.default(-50.0),
    Parameter::new("E_ex", MV, 0.0, "reversal potential of excitation"),
    Parameter::new("E_in", MV, -80.0, "reversal potential of inhibition"),
    Parameter::new("tau_syn_ex", MS, 5.0, "decay time of the excitatory conductance").within(Range::Positive),
    Parameter::new("tau_syn_in", MS, 10.0, "decay time of the inhibitory conductance")
        .within(Range::Positive),
    I_E,
    T_REF.default(5.0),
    Parameter::choice("reset", &["soft", "hard"], "whether V_m falls by V_th - V_reset, or to V_reset"),
];

/// A resistance in the unit that makes mV of pA, from one in megaohms.
fn gigaohm(r_m: f64) -> f64 {
    r_m / 1000.0
}

/// Registers `lifref_cond_exp`.
#[derive(Clone, Copy, Debug, Default)]
pub struct LifrefCondExpPlugin;

impl Plugin for LifrefCondExpPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_neuron_model::<Neurons<f32>, Neurons<f64>>(&DECLARATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
