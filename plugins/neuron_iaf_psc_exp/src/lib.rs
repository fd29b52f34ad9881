//! Leaky integrate-and-fire neuron with exponential synaptic currents: `iaf_psc_exp`.
//!
//! ## Dynamics
//!
//! ```text
//! C_m dV_m/dt = -C_m/tau_m (V_m - E_L) + I_syn_ex + I_syn_in + I_e + I_stim
//! I_syn_X(t)  = sum_k w_k exp(-(t - t_k)/tau_syn_X)      t >= t_k,  X = ex (w >= 0), in (w < 0)
//! V_m >= V_th  =>  spike,  V_m = V_reset for t_ref
//! ```
//!
//! A weight is the current that one spike causes at once, in pA; its charge is `w tau_syn`.
//!
//! ## Numerics
//!
//! Integrated exactly on the grid (Rotter & Diesmann 1999), also where `tau_syn` is close or equal to `tau_m`. In a
//! step the membrane moves first, on the currents of the step's beginning; then the currents decay; then the spikes
//! that arrive are added; then `V_m` is compared with `V_th`. So a spike shows in its current at once and in `V_m` one
//! step later. The current of devices is taken at the end of a step and acts in the next.
//!
//! Refractory neurons are clamped for `t_ref`, while their currents go on. A spike is stamped with the end of the
//! step in which `V_m` reaches `V_th`.
//!
//! This is NEST's model with its threshold sharp (`delta` = 0) and without the device input that it filters through
//! the excitatory current.
//!
//! Parameters, state variables and receptors are declared in [`DECLARATION`]; `neuropil models iaf_psc_exp` prints
//! them.
//!
//! ## References
//!
//! S. Rotter, M. Diesmann (1999), Biol. Cybern. 81, 381–402. doi:10.1007/s004220050570
//!
//! M. Tsodyks, A. Uziel, H. Markram (2000), J. Neurosci. 20, RC50.
#![forbid(unsafe_code)]

mod neurons;
mod propagator;

use neuropil_core::iaf::{self, C_M, E_L, I_E, T_REF, TAU_M, V_M, V_RESET, V_TH};
use neuropil_core::units::{MS, PA};
use neuropil_core::{
    Accepts, Audit, Declaration, Initial, ModelKind, Parameter, Plugin, Range, Receptor, Registry,
    StateVariable,
};

pub use neurons::Neurons;

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "iaf_psc_exp",
    kind: ModelKind::Neuron,
    summary: "Leaky integrate-and-fire neuron with exponential synaptic currents.",
    equations: "\
C_m dV_m/dt = -C_m/tau_m (V_m - E_L) + I_syn_ex + I_syn_in + I_e + I_stim
I_syn_X(t)  = sum_k w_k exp(-(t - t_k)/tau_syn_X)    for t >= t_k, X = ex (w >= 0) or in (w < 0)
V_m >= V_th  =>  spike, V_m = V_reset for t_ref",
    numerics: "\
Exact on the grid, also where tau_syn is close or equal to tau_m. In a step, first V_m moves, then the currents \
decay, then arriving spikes are added, then V_m is compared with V_th (>=). A spike shows in its current at once \
and in V_m one step later; a weight is the jump of the current. While V_m is clamped for t_ref the currents go on. \
A spike is stamped with the end of its step.",
    parameters: &PARAMETERS,
    states: &[
        V_M,
        StateVariable::new("I_syn_ex", PA, Initial::Value(0.0), "excitatory synaptic current"),
        StateVariable::new("I_syn_in", PA, Initial::Value(0.0), "inhibitory synaptic current"),
    ],
    receptors: &[
        Receptor {
            name: "ex",
            unit: PA,
            accepts: Accepts::PositiveWeights,
            meaning: "excitatory current of time constant tau_syn_ex",
        },
        Receptor {
            name: "in",
            unit: PA,
            accepts: Accepts::NegativeWeights,
            meaning: "inhibitory current of time constant tau_syn_in",
        },
        iaf::CURRENT,
    ],
    references: &[
        "S. Rotter, M. Diesmann (1999), Biol. Cybern. 81, 381-402, doi:10.1007/s004220050570",
        "M. Tsodyks, A. Uziel, H. Markram (2000), J. Neurosci. 20, RC50",
    ],
    audit: Some(Audit {
        distance: |p| p[7] - p[5],
        constant: |p| p[8] * p[1] / p[0],
        receptor: |p, channel| p[1] / p[0] * charge(p, channel),
    }),
};

/// The channels of the input buffer, in the order of the receptors.
const EX: usize = 0;
const IN: usize = 1;
const CHANNELS: usize = 3;

static PARAMETERS: [Parameter; 9] = [
    C_M,
    TAU_M,
    Parameter::new("tau_syn_ex", MS, 2.0, "decay time of the excitatory current").within(Range::Positive),
    Parameter::new("tau_syn_in", MS, 2.0, "decay time of the inhibitory current").within(Range::Positive),
    T_REF,
    E_L,
    V_RESET,
    V_TH,
    I_E,
];

/// The charge that a weight of 1 pA moves, in fC; for the current of devices, 1.
fn charge(p: &[f64], channel: usize) -> f64 {
    match channel {
        EX => p[2],
        IN => p[3],
        _ => 1.0,
    }
}

/// Registers `iaf_psc_exp`.
#[derive(Clone, Copy, Debug, Default)]
pub struct IafPscExpPlugin;

impl Plugin for IafPscExpPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_neuron::<Neurons<f32>, Neurons<f64>>(&DECLARATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
