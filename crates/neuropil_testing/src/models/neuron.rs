//! A neuron.
#![expect(non_snake_case, reason = "names as in the literature")]

use neuropil_core::prelude::*;

/// Leaky integrate-and-fire neuron with an exponential current: for tests that need neurons of some kind.
///
/// # Dynamics
///
/// ```text
/// tau_m dV_m/dt = E_L - V_m + tau_m/C_m (I_syn + I_e + I_stim)
/// V_m >= V_th  =>  spike, V_m = E_L
/// ```
///
/// # Numerics
///
/// First `V_m` moves, then `I_syn` decays and takes what arrives, then `V_m` is compared with `V_th` (>=).
#[derive(Neuron)]
#[model("test_neuron")]
pub struct TestNeuron;

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
    #[parameter(iaf::I_E)]
    I_e: f64,
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
    /// Synaptic current.
    #[receptor(PA, AnyWeight)]
    syn: R,
    #[receptor(iaf::CURRENT, next_step)]
    current: R,
}

/// What a step needs to know, with potentials relative to `E_L`.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    decay: R,
    decay_syn: R,
    from_current: R,
    I_e: R,
    V_th: R,
}

impl Neuron for TestNeuron {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        if p.V_th <= p.E_L {
            return Err(ParameterError::new("V_th", "`V_th` must be above `E_L`"));
        }
        let decay = exp(-grid.dt_ms() / p.tau_m);
        Ok(Constants {
            decay,
            decay_syn: exp(-grid.dt_ms() / p.tau_syn),
            from_current: p.tau_m / p.C_m * (1.0 - decay),
            I_e: p.I_e,
            V_th: p.V_th - p.E_L,
        })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        let V_m = c.decay * s.V_m + c.from_current * (s.I_syn + c.I_e + input.current);
        s.I_syn = (c.decay_syn * s.I_syn + input.syn).flushed();
        let spike = V_m >= c.V_th;
        s.V_m = select(spike, R::ZERO, V_m.flushed());
        spike
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| {
        let R_m = p.tau_m / p.C_m;
        Displacement {
            distance: p.V_th - p.E_L,
            constant: p.I_e * R_m,
            receptors: Input { syn: R_m * p.tau_syn, current: R_m },
        }
    });
}
