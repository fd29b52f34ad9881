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

use neuropil_core::units::{MS, MV, PA, PF};
use neuropil_core::{
    Accepts, Declaration, Initial, ModelKind, Parameter, Plugin, Range, Receptor, Registry, StateVariable,
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
        StateVariable {
            name: "V_m",
            unit: MV,
            initial: Initial::Parameter("E_L"),
            meaning: "membrane potential",
        },
        StateVariable {
            name: "I_syn_ex",
            unit: PA,
            initial: Initial::Value(0.0),
            meaning: "excitatory synaptic current",
        },
        StateVariable {
            name: "I_syn_in",
            unit: PA,
            initial: Initial::Value(0.0),
            meaning: "inhibitory synaptic current",
        },
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
        Receptor {
            name: "current",
            unit: PA,
            accepts: Accepts::Current,
            meaning: "current of devices, I_stim",
        },
    ],
    references: &[
        "S. Rotter, M. Diesmann (1999), Biol. Cybern. 81, 381-402, doi:10.1007/s004220050570",
        "M. Tsodyks, A. Uziel, H. Markram (2000), J. Neurosci. 20, RC50",
    ],
};

/// The channels of the input buffer, in the order of the receptors.
const EX: usize = 0;
const IN: usize = 1;
const CURRENT: usize = 2;

static PARAMETERS: [Parameter; 9] = [
    Parameter::new("C_m", PF, 250.0, "membrane capacitance").within(Range::Positive),
    Parameter::new("tau_m", MS, 10.0, "membrane time constant").within(Range::Positive),
    Parameter::new("tau_syn_ex", MS, 2.0, "decay time of the excitatory current").within(Range::Positive),
    Parameter::new("tau_syn_in", MS, 2.0, "decay time of the inhibitory current").within(Range::Positive),
    Parameter::new("t_ref", MS, 2.0, "refractory period").within(Range::NonNegative).on_grid(),
    Parameter::new("E_L", MV, -70.0, "resting potential"),
    Parameter::new("V_reset", MV, -70.0, "reset potential, below V_th"),
    Parameter::new("V_th", MV, -55.0, "threshold"),
    Parameter::new("I_e", PA, 0.0, "constant input current"),
];

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
