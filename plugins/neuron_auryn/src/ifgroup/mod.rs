//! Conductance-based integrate-and-fire neuron with NMDA and a threshold that decays: `auryn_ifgroup`.
//!
//! ## Dynamics
//!
//! ```text
//! tau_m dV_m/dt       = (E_L - V_m) - (A_ampa g_ampa + A_nmda g_nmda) V_m - g_gaba (V_m - E_gaba)
//! tau_X dg_X/dt       = -g_X + tau_X sum_k w_k delta(t - t_k)      X = ampa, gaba
//! tau_nmda dg_nmda/dt = -g_nmda + g_ampa + tau_nmda sum_k w_k delta(t - t_k)
//! tau_thr dthr/dt     = -thr
//! A_ampa = r/(r + 1),  A_nmda = 1/(r + 1)                          r = ampa_nmda_ratio
//! V_m > V_th + thr  =>  spike,  V_m = V_reset,  thr = dthr
//! ```
//!
//! Excitation reverses at 0 mV. Conductances and weights are in units of the leak conductance: a weight is the jump
//! of the conductance. NMDA follows AMPA, so a spike at `ampa` drives both, in the ratio `r` of their integrals; a
//! spike at `nmda` raises `g_nmda` at once. NMDA does not depend on the potential.
//!
//! ## Numerics
//!
//! A step takes the excitatory and inhibitory drive from the potential and the conductances of its beginning. Then
//! `g_nmda` follows `g_ampa` and decays, `g_nmda ← (1 - m)(g_nmda + m g_ampa)` with `m = 1 - exp(-dt/tau_nmda)`; then
//! `g_ampa`, `g_gaba` and `thr` decay exactly; then `V_m` takes a forward Euler step and is clipped to `E_gaba` … 0 mV,
//! and compared with `V_th + thr` (`>`). At the end the spikes that arrive are added to the conductances, one at a
//! time.
//!
//! There is no clamp. As `V_m` is at most 0 mV, no spike is possible while `thr` is above `-V_th`: for
//! `tau_thr ln(-dthr/V_th)` after a spike, which is 3.47 ms with the defaults. A spike is stamped with the end of its
//! step; Auryn stamps it with the beginning.
//!
//! No variable is kept positive: `g_nmda` may start below zero, as in Auryn's tutorials, where it is drawn from a
//! normal distribution.
//!
//! ## Names
//!
//! | here | Auryn's `IFGroup` |
//! |------|-------------------|
//! | `tau_m` | `tau_mem` |
//! | `tau_ampa`, `tau_nmda`, `tau_gaba`, `tau_thr` | the same |
//! | `ampa_nmda_ratio` | `set_ampa_nmda_ratio` |
//! | `E_L` | `u_rest` |
//! | `E_gaba` | `u_inh_rev` |
//! | `V_reset` | `u_reset` |
//! | `V_th` | `thr_rest` |
//! | `dthr` | the same |
//! | `V_m`, `g_ampa`, `g_nmda`, `g_gaba`, `thr` | `mem`, `g_ampa`, `g_nmda`, `g_gaba`, `thr` |
//!
//! ## References
//!
//! F. Zenke, W. Gerstner (2014), Front. Neuroinform. 8, 76. doi:10.3389/fninf.2014.00076
//!
//! F. Zenke, E. J. Agnes, W. Gerstner (2015), Nat. Commun. 6, 6922. doi:10.1038/ncomms7922

mod constants;
mod neurons;

use neuropil_core::iaf::{E_L, TAU_M, V_M, V_RESET, V_TH};
use neuropil_core::units::{MS, MV, NONE};
use neuropil_core::{Audit, Declaration, Initial, ModelKind, Parameter, Range, StateVariable};

use crate::conductance;

pub use neurons::Neurons;

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "auryn_ifgroup",
    kind: ModelKind::Neuron,
    summary: "Conductance-based integrate-and-fire neuron with NMDA and a decaying threshold, as Auryn's IFGroup.",
    equations: "\
tau_m dV_m/dt       = (E_L - V_m) - (A_ampa g_ampa + A_nmda g_nmda) V_m - g_gaba (V_m - E_gaba)
tau_X dg_X/dt       = -g_X + tau_X sum_k w_k delta(t - t_k)    for X = ampa, gaba
tau_nmda dg_nmda/dt = -g_nmda + g_ampa + tau_nmda sum_k w_k delta(t - t_k)
tau_thr dthr/dt     = -thr
A_ampa = r/(r + 1), A_nmda = 1/(r + 1)    with r = ampa_nmda_ratio
V_m > V_th + thr  =>  spike, V_m = V_reset, thr = dthr",
    numerics: "\
In a step, first the excitatory and inhibitory drive are taken from V_m and the conductances of the step's beginning; \
then g_nmda follows g_ampa, and conductances and thr decay exactly; then V_m takes a forward Euler step, is clipped \
to E_gaba .. 0 mV and compared with V_th + thr (>); then arriving spikes are added to the conductances, one at a \
time. A spike over d steps first moves V_m in step d + 1 after its own. V_m is not clamped after a spike, but can't \
reach the threshold for tau_thr ln(-dthr/V_th). A spike is stamped with the end of its step. Weights are >= 0 at all \
receptors: a projection names gaba to inhibit. In single precision, the bits are those of \
Auryn without fused multiply-add.",
    parameters: &PARAMETERS,
    states: &[
        V_M,
        StateVariable::new("g_ampa", NONE, Initial::Value(0.0), "fast excitatory conductance")
            .held_in("ampa"),
        StateVariable::new("g_nmda", NONE, Initial::Value(0.0), "slow excitatory conductance")
            .held_in("nmda"),
        StateVariable::new("g_gaba", NONE, Initial::Value(0.0), "inhibitory conductance").held_in("gaba"),
        StateVariable::new("thr", MV, Initial::Value(0.0), "threshold above V_th"),
    ],
    receptors: &[
        conductance(
            "ampa",
            "excitatory conductance in units of the leak, which g_nmda follows; reverses at 0 mV",
        ),
        conductance("nmda", "slow excitatory conductance in units of the leak, reverses at 0 mV"),
        conductance("gaba", "inhibitory conductance in units of the leak, reverses at E_gaba"),
    ],
    references: &[
        "F. Zenke, W. Gerstner (2014), Front. Neuroinform. 8, 76, doi:10.3389/fninf.2014.00076",
        "F. Zenke, E. J. Agnes, W. Gerstner (2015), Nat. Commun. 6, 6922, doi:10.1038/ncomms7922",
    ],
    audit: Some(Audit { distance: |p| p[9] - p[6], constant: |_| 0.0, receptor: displacement }),
};

/// The channels of the input buffer, in the order of the receptors.
const CHANNELS: usize = 3;
const AMPA: usize = 0;
const NMDA: usize = 1;

static PARAMETERS: [Parameter; 11] = [
    TAU_M.default(20.0),
    Parameter::new("tau_ampa", MS, 5.0, "decay time of the fast excitatory conductance")
        .within(Range::Positive),
    Parameter::new("tau_nmda", MS, 100.0, "decay time of the slow excitatory conductance, at least tau_ampa")
        .within(Range::Positive),
    Parameter::new("tau_gaba", MS, 10.0, "decay time of the inhibitory conductance").within(Range::Positive),
    Parameter::new("tau_thr", MS, 5.0, "decay time of the threshold").within(Range::Positive),
    Parameter::new("ampa_nmda_ratio", NONE, 1.0, "ratio of the integrals of fast and slow excitation")
        .within(Range::NonNegative),
    E_L,
    Parameter::new("E_gaba", MV, -80.0, "inhibitory reversal potential, and lower bound of V_m"),
    V_RESET,
    V_TH.default(-50.0),
    Parameter::new("dthr", MV, 100.0, "threshold above V_th after a spike").within(Range::NonNegative),
];

/// By how much a mean conductance moves the membrane at rest, for a weight of 1 and a spike per ms.
///
/// A spike at `ampa` drives both excitatory conductances, with the same integral `w tau_ampa`; `A_ampa + A_nmda` is 1.
fn displacement(p: &[f64], channel: usize) -> f64 {
    let [_, tau_ampa, tau_nmda, tau_gaba, _, ratio, e_l, e_gaba, ..] = *p else { return 0.0 };
    match channel {
        AMPA => -tau_ampa * e_l,
        NMDA => -tau_nmda / (ratio + 1.0) * e_l,
        _ => tau_gaba * (e_gaba - e_l),
    }
}
