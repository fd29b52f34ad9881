//! Leaky integrate-and-fire neuron with double-exponential synaptic current: `lif_dexp`.
//!
//! ## Dynamics
//!
//! ```text
//! tau_m dV_m/dt = -V_m + I_syn + I_e + I_stim
//! dI_syn/dt     = -I_syn/tau_rise + h
//! dh/dt         = -h/tau_decay + sum_k w_k/(tau_rise tau_decay) delta(t - t_k)
//! V_m >= V_th  =>  spike,  V_m = V_reset for t_ref
//! ```
//!
//! The leak goes to 0 mV, and currents are given in mV, as the potential to which they lead: `I_e` is where the membrane
//! rests without input. A weight is the integral of the current that one spike causes, in mV s, positive or negative; the
//! current is `w/(tau_decay - tau_rise) (exp(-t/tau_decay) - exp(-t/tau_rise))`.
//!
//! ## Numerics
//!
//! This is the neuron of the network of Nicola & Clopath (2017), in the arithmetic of a NumPy script of that network: in
//! double precision, a network with delays of one step gives the potentials of the script to the last bit. In a step
//!
//! 1. the spikes that arrive are added to `h`;
//! 2. `V_m` moves by forward Euler, on the current of the step's beginning, if `t > t_last + t_ref`;
//! 3. `V_m` is compared with `V_th`: at or above it the neuron fires, `t_last = t`, and `V_m` is reset;
//! 4. `I_syn` decays by `exp(-dt/tau_rise)` and grows by `h dt`; then `h` decays by `exp(-dt/tau_decay)`.
//!
//! Here `t` is the time at the step's beginning. Currents of devices are taken at the end of a step and act in the next.
//! A spike is stamped with the end of its step. One that is fired in step `i` with a delay of one step reaches `h` at the
//! beginning of step `i + 1`, `I_syn` at its end, and `V_m` in step `i + 2`, as in the script, which has no delays.
//!
//! Three conventions of the script are kept. `t_last` starts at 0, so no neuron moves in the first `t_ref`. A refractory
//! neuron is frozen, not clamped, and fires if its potential is at or above threshold, as it can be at the start.
//! `t > t_last + t_ref` is a strict comparison of times in s with the rounding of their sums: where `t_ref` is a whole number of
//! steps, the step that begins `t_ref` after that of the spike may be frozen or not. A `t_ref` half a step off the
//! grid is free of that. Times are double in single precision, too.
//!
//! At the stamp of a spike `V_m` is `V_reset`. The script shows +30 mV there, which is paint: it sets the potential for the
//! record, and resets it then.
//!
//! | script | here | | script | here |
//! |---|---|---|---|---|
//! | `tm` | `tau_m` | | `offset` | `I_e` |
//! | `tr` | `tau_rise` | | `w` | weight |
//! | `td` | `tau_decay` | | `v` | `V_m` |
//! | `tref` | `t_ref` | | `ipsc` | `I_syn` |
//! | `vreset` | `V_reset` | | `hm` | `h` |
//! | `vpeak` | `V_th` | | `tlast` | `t_last` |
//!
//! `hm` contains the spikes of its own step; `h` at the end of that step does not yet.
//!
//! Parameters, state variables and receptors are declared in [`DECLARATION`]; `neuropil models lif_dexp` prints them.
//!
//! ## References
//!
//! W. Nicola, C. Clopath (2017), Nat. Commun. 8, 2208. doi:10.1038/s41467-017-01827-3
#![forbid(unsafe_code)]

mod constants;
mod neurons;

use neuropil_core::iaf::{TAU_M, V_RESET, V_TH};
use neuropil_core::units::{Dimension, MS, MV, Unit};
use neuropil_core::{
    Accepts, Audit, Declaration, Initial, ModelKind, Parameter, Plugin, Range, Receptor, Registry,
    StateVariable,
};

pub use neurons::Neurons;

/// Millivolt times second, the unit of weights: that of the numbers in the script, which so keep their bits.
const MV_S: Unit = Unit { symbol: "mV s", dimension: Dimension::new(1, 1, 0, 0), scale: 1e3 };

/// Millivolt per second.
const MV_PER_S: Unit = Unit { symbol: "mV/s", dimension: Dimension::new(1, -1, 0, 0), scale: 1e-3 };

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "lif_dexp",
    kind: ModelKind::Neuron,
    summary: "Leaky integrate-and-fire neuron with double-exponential synaptic current.",
    equations: "\
tau_m dV_m/dt = -V_m + I_syn + I_e + I_stim
I_syn(t)      = sum_k w_k (exp(-(t - t_k)/tau_decay) - exp(-(t - t_k)/tau_rise))/(tau_decay - tau_rise)    for t > t_k
V_m >= V_th  =>  spike, V_m = V_reset for t_ref",
    numerics: "\
Forward Euler for V_m, in the arithmetic of a NumPy script, whose bits double precision reproduces. In a step, first \
arriving spikes are added to h, then V_m moves if t > t_last + t_ref, then it is compared with V_th (>=) and reset, then \
I_syn and h decay. A spike shows in V_m one step after that in which it arrives; a weight is the integral of its current. \
V_m is frozen for t_ref and in the first t_ref of the simulation; a frozen neuron at threshold fires. The current of \
devices acts one step after it arrives. A spike is stamped with the end of its step, at which V_m is V_reset.",
    parameters: &PARAMETERS,
    states: &[
        StateVariable::new("V_m", MV, Initial::Parameter("V_reset"), "membrane potential"),
        StateVariable::new("I_syn", MV, Initial::Value(0.0), "synaptic current"),
        StateVariable::new("h", MV_PER_S, Initial::Value(0.0), "growth of the synaptic current"),
    ],
    receptors: &[
        Receptor {
            name: "syn",
            unit: MV_S,
            accepts: Accepts::AnyWeight,
            meaning: "synaptic current; a weight is its integral",
        },
        Receptor {
            name: "current",
            unit: MV,
            accepts: Accepts::Current,
            meaning: "current of devices, I_stim, as the potential to which it leads",
        },
    ],
    references: &["W. Nicola, C. Clopath (2017), Nat. Commun. 8, 2208, doi:10.1038/s41467-017-01827-3"],
    audit: Some(Audit {
        // The constant input sets the rest.
        distance: |p| p[5] - p[6],
        constant: |_| 0.0,
        receptor: |_, channel| if channel == SYN { MV_S.scale } else { 1.0 },
    }),
};

/// The channels of the input buffer, in the order of the receptors.
const SYN: usize = 0;
const CHANNELS: usize = 2;

static PARAMETERS: [Parameter; 7] = [
    TAU_M,
    Parameter::new("tau_rise", MS, 2.0, "rise time of the synaptic current").within(Range::Positive),
    Parameter::new("tau_decay", MS, 20.0, "decay time of the synaptic current").within(Range::Positive),
    Parameter::new("t_ref", MS, 2.0, "refractory period").within(Range::NonNegative),
    V_RESET.default(-65.0),
    V_TH.default(-40.0),
    Parameter::new("I_e", MV, -40.0, "constant input, as the potential to which it leads"),
];

/// Registers `lif_dexp`.
#[derive(Clone, Copy, Debug, Default)]
pub struct LifDexpPlugin;

impl Plugin for LifDexpPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_neuron_model::<Neurons<f32>, Neurons<f64>>(&DECLARATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
