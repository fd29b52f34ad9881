//! Leaky integrate-and-fire neuron with an exponential synaptic current: [`my_neuron`](MyNeuron).
#![forbid(unsafe_code)]
#![expect(non_snake_case, reason = "names as in the literature")]

use neuropil_core::prelude::*;

/// Leaky integrate-and-fire neuron with an exponential synaptic current.
///
/// # Dynamics
///
/// ```text
/// C_m dV_m/dt = -C_m/tau_m (V_m - E_L) + I_syn + I_stim
/// dI_syn/dt = -I_syn/tau_syn;  a spike of weight w adds w to I_syn
/// V_m >= V_th  =>  spike, V_m = E_L
/// ```
///
/// # Numerics
///
/// Exact on the grid. In a step, first `V_m` moves, then the current decays, then arriving spikes are added, then `V_m` is
/// compared with `V_th` (>=). A spike shows in `I_syn` at once and in `V_m` one step later. It is stamped with the end of its
/// step. There is no refractory period.
#[derive(Neuron)]
#[model("my_neuron")]
pub struct MyNeuron;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::C_M)]
    C_m: f64,
    #[parameter(iaf::TAU_M)]
    tau_m: f64,
    /// Decay time of the synaptic current.
    #[parameter(MS, default = 2.0, Positive)]
    tau_syn: f64,
    #[parameter(iaf::E_L)]
    E_L: f64,
    #[parameter(iaf::V_TH)]
    V_th: f64,
}

/// What a neuron is in.
#[derive(State)]
pub struct State<R> {
    #[state(iaf::V_M, relative_to = E_L)]
    V_m: R,
    /// Synaptic current.
    #[state(PA)]
    I_syn: R,
}

/// What arrives in a step.
#[derive(Receptors)]
pub struct Input<R> {
    /// Current of time constant `tau_syn`.
    #[receptor(PA, AnyWeight)]
    syn: R,
    #[receptor(iaf::CURRENT, next_step)]
    current: R,
}

/// What a step needs to know. Potentials are relative to `E_L`.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    /// Decay of the potential and of the current in a step.
    decay: R,
    decay_syn: R,
    /// From the currents to the potential.
    from_syn: R,
    from_current: R,
    V_th: R,
}

impl Neuron for MyNeuron {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        if p.V_th <= p.E_L {
            return Err(ParameterError::new("V_th", "`V_th` must be above `E_L`"));
        }
        let dt = grid.dt_ms();
        Ok(Constants {
            decay: exp(-dt / p.tau_m),
            decay_syn: exp(-dt / p.tau_syn),
            from_syn: exponential_to_membrane(dt, p.tau_m, p.tau_syn, p.C_m),
            from_current: -p.tau_m / p.C_m * exp_m1(-dt / p.tau_m),
            V_th: p.V_th - p.E_L,
        })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        let V_m = c.decay * s.V_m + c.from_syn * s.I_syn + c.from_current * input.current;
        s.I_syn = (c.decay_syn * s.I_syn + input.syn).flushed();
        let spike = V_m >= c.V_th;
        s.V_m = select(spike, R::ZERO, V_m.flushed());
        spike
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| {
        let R_m = p.tau_m / p.C_m;
        Displacement {
            distance: p.V_th - p.E_L,
            constant: 0.0,
            receptors: Input { syn: R_m * p.tau_syn, current: R_m },
        }
    });
}
