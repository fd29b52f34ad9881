//! Conductance-based integrate-and-fire neuron with an absolute refractory period: `auryn_tifgroup`.
//!
//! ## Dynamics
//!
//! ```text
//! tau_m dV_m/dt     = (E_L - V_m) - g_ampa V_m - g_gaba (V_m - E_gaba) + bg_current
//! tau_X dg_X/dt     = -g_X + tau_X sum_k w_k delta(t - t_k)      X = ampa, gaba
//! V_m > V_th  =>  spike,  V_m = E_L for t_ref
//! ```
//!
//! Excitation reverses at 0 mV. Conductances and weights are in units of the leak conductance: a weight is the jump
//! of the conductance. `bg_current` is the displacement of `V_m` by which a background current moves the resting
//! neuron, the current times the membrane resistance.
//!
//! ## Numerics
//!
//! `V_m` takes a forward Euler step on the conductances of the step's beginning, then the conductances decay exactly,
//! then the spikes that arrive are added to them, one at a time. `V_m` is compared with `V_th` (`>`) after its step.
//!
//! After a spike `V_m` is held at `E_L` for `t_ref`, in which conductances go on. The membrane moves again in the
//! step after that, so intervals are at least `t_ref + dt`. There is no reset potential apart from `E_L`. A spike is
//! stamped with the end of its step; Auryn stamps it with the beginning.
//!
//! ## Names
//!
//! | here | Auryn's `TIFGroup` |
//! |------|--------------------|
//! | `tau_m` | `tau_mem`, or `r_mem` times `c_mem` |
//! | `tau_ampa`, `tau_gaba` | the same |
//! | `t_ref` | `set_refractory_period` |
//! | `E_L` | `e_rest` |
//! | `E_gaba` | `e_rev_gaba` |
//! | `V_th` | `thr` |
//! | `bg_current` | the same, in V |
//! | `V_m`, `g_ampa`, `g_gaba` | `mem`, `g_ampa`, `g_gaba` |
//!
//! A `t_ref` off the grid, which Auryn cuts to whole steps, is refused.
//!
//! ## References
//!
//! F. Zenke, W. Gerstner (2014), Front. Neuroinform. 8, 76. doi:10.3389/fninf.2014.00076
//!
//! T. P. Vogels, L. F. Abbott (2005), J. Neurosci. 25, 10786–10795. doi:10.1523/JNEUROSCI.3508-05.2005
//!
//! R. Brette et al. (2007), J. Comput. Neurosci. 23, 349–398. doi:10.1007/s10827-007-0038-6

mod constants;
mod neurons;

use neuropil_core::iaf::{E_L, T_REF, TAU_M, V_M, V_TH};
use neuropil_core::units::{MS, MV, NONE};
use neuropil_core::{Audit, Declaration, Initial, ModelKind, Parameter, Range, StateVariable};

use crate::conductance;

pub use neurons::Neurons;

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "auryn_tifgroup",
    kind: ModelKind::Neuron,
    summary: "Conductance-based integrate-and-fire neuron with an absolute refractory period, as Auryn's TIFGroup.",
    equations: "\
tau_m dV_m/dt = (E_L - V_m) - g_ampa V_m - g_gaba (V_m - E_gaba) + bg_current
tau_X dg_X/dt = -g_X + tau_X sum_k w_k delta(t - t_k)    for X = ampa, gaba
V_m > V_th  =>  spike, V_m = E_L for t_ref",
    numerics: "\
In a step, first V_m takes a forward Euler step on the conductances of the step's beginning and is compared with \
V_th (>), then the conductances decay exactly, then arriving spikes are added to them, one at a time. A spike over d \
steps first moves V_m in step d + 1 after its own. V_m is held at E_L for t_ref while the conductances go on; \
intervals are at least t_ref + dt. A spike is stamped with the end of its step. Weights are >= 0 at both receptors: \
a projection names gaba to inhibit. In single precision, the bits are those of Auryn without fused multiply-add.",
    parameters: &PARAMETERS,
    states: &[
        V_M,
        StateVariable::new("g_ampa", NONE, Initial::Value(0.0), "excitatory conductance").held_in("ampa"),
        StateVariable::new("g_gaba", NONE, Initial::Value(0.0), "inhibitory conductance").held_in("gaba"),
    ],
    receptors: &[
        conductance("ampa", "excitatory conductance in units of the leak, reverses at 0 mV"),
        conductance("gaba", "inhibitory conductance in units of the leak, reverses at E_gaba"),
    ],
    references: &[
        "F. Zenke, W. Gerstner (2014), Front. Neuroinform. 8, 76, doi:10.3389/fninf.2014.00076",
        "T. P. Vogels, L. F. Abbott (2005), J. Neurosci. 25, 10786-10795, doi:10.1523/JNEUROSCI.3508-05.2005",
        "R. Brette et al. (2007), J. Comput. Neurosci. 23, 349-398, doi:10.1007/s10827-007-0038-6",
    ],
    audit: Some(Audit { distance: |p| p[6] - p[4], constant: |p| p[7], receptor: displacement }),
};

/// The channels of the input buffer, in the order of the receptors.
const CHANNELS: usize = 2;
const AMPA: usize = 0;

static PARAMETERS: [Parameter; 8] = [
    TAU_M.default(20.0),
    Parameter::new("tau_ampa", MS, 5.0, "decay time of the excitatory conductance").within(Range::Positive),
    Parameter::new("tau_gaba", MS, 10.0, "decay time of the inhibitory conductance").within(Range::Positive),
    T_REF.default(5.0),
    E_L.default(-60.0),
    Parameter::new("E_gaba", MV, -80.0, "inhibitory reversal potential"),
    V_TH.default(-50.0),
    Parameter::new("bg_current", MV, 0.0, "displacement of V_m by a background current"),
];

/// By how much a mean conductance moves the membrane at rest, for a weight of 1 and a spike per ms.
fn displacement(p: &[f64], channel: usize) -> f64 {
    let [_, tau_ampa, tau_gaba, _, e_l, e_gaba, ..] = *p else { return 0.0 };
    if channel == AMPA { -tau_ampa * e_l } else { tau_gaba * (e_gaba - e_l) }
}
