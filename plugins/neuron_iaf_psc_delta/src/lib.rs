//! Leaky integrate-and-fire neuron whose potential jumps with every spike: `iaf_psc_delta`.
//!
//! ## Dynamics
//!
//! ```text
//! C_m dV_m/dt = -C_m/tau_m (V_m - E_L) + I_e + I_stim + C_m sum_k w_k delta(t - t_k)
//! V_m >= V_th  =>  spike,  V_m = V_reset for t_ref
//! ```
//!
//! A weight is the jump of the potential that one spike causes, in mV, positive or negative.
//!
//! ## Numerics
//!
//! Integrated exactly on the grid (Rotter & Diesmann 1999). In a step the membrane moves first; then the spikes that arrive
//! are added to `V_m`, which is bounded by `V_min` and compared with `V_th`. So a spike shows in `V_m` at the end of the step in
//! which it arrives. The current of devices is taken at the end of a step and acts in the next.
//!
//! Refractory neurons are clamped for `t_ref`; spikes that arrive meanwhile are lost. A spike is stamped with the end of the
//! step in which `V_m` reaches `V_th`. NEST's option to save the input of the refractory period (`refractory_input`) is left
//! out.
//!
//! Parameters, state variables and receptors are declared in [`DECLARATION`]; `neuropil models iaf_psc_delta` prints them.
//!
//! ## References
//!
//! S. Rotter, M. Diesmann (1999), Biol. Cybern. 81, 381–402. doi:10.1007/s004220050570
#![forbid(unsafe_code)]

mod neurons;
mod propagator;

use neuropil_core::iaf::{self, C_M, E_L, I_E, T_REF, TAU_M, V_M, V_MIN, V_RESET, V_TH};
use neuropil_core::units::MV;
use neuropil_core::{Accepts, Audit, Declaration, ModelKind, Parameter, Plugin, Receptor, Registry};

pub use neurons::Neurons;

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "iaf_psc_delta",
    kind: ModelKind::Neuron,
    summary: "Leaky integrate-and-fire neuron whose potential jumps with every spike.",
    equations: "\
C_m dV_m/dt = -C_m/tau_m (V_m - E_L) + I_e + I_stim + C_m sum_k w_k delta(t - t_k)
V_m >= V_th  =>  spike, V_m = V_reset for t_ref",
    numerics: "\
Exact on the grid. In a step, first V_m moves, then arriving spikes are added to it, then it is bounded by V_min and compared \
with V_th (>=). A spike shows in V_m at the end of the step in which it arrives; a weight is the jump that it causes. While \
V_m is clamped for t_ref, arriving spikes are lost. A spike is stamped with the end of its step.",
    parameters: &PARAMETERS,
    states: &[V_M],
    receptors: &[
        Receptor { name: "delta", unit: MV, accepts: Accepts::AnyWeight, meaning: "jumps of the potential" },
        iaf::CURRENT,
    ],
    references: &["S. Rotter, M. Diesmann (1999), Biol. Cybern. 81, 381-402, doi:10.1007/s004220050570"],
    audit: Some(Audit {
        distance: |p| p[5] - p[3],
        constant: |p| p[6] * p[1] / p[0],
        receptor: |p, channel| if channel == CURRENT { p[1] / p[0] } else { p[1] },
    }),
};

/// The channels of the input buffer, in the order of the receptors.
const CURRENT: usize = 1;
const CHANNELS: usize = 2;

static PARAMETERS: [Parameter; 8] = [C_M, TAU_M, T_REF, E_L, V_RESET, V_TH, I_E, V_MIN];

/// Registers `iaf_psc_delta`.
#[derive(Clone, Copy, Debug, Default)]
pub struct IafPscDeltaPlugin;

impl Plugin for IafPscDeltaPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_neuron::<Neurons<f32>, Neurons<f64>>(&DECLARATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
