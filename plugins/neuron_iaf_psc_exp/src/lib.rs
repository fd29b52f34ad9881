//! Leaky integrate-and-fire neuron with exponential synaptic currents: [`iaf_psc_exp`](IafPscExp).
#![forbid(unsafe_code)]
#![expect(non_snake_case, reason = "names as in the literature")]

use neuropil_core::prelude::*;

/// Leaky integrate-and-fire neuron with exponential synaptic currents.
///
/// # Dynamics
///
/// ```text
/// C_m dV_m/dt = -C_m/tau_m (V_m - E_L) + I_syn_ex + I_syn_in + I_e + I_stim
/// I_syn_X(t)  = sum_k w_k exp(-(t - t_k)/tau_syn_X)    for t >= t_k, X = ex (w >= 0) or in (w < 0)
/// V_m >= V_th  =>  spike, V_m = V_reset for t_ref
/// ```
///
/// # Numerics
///
/// Exact on the grid, also where `tau_syn` is close or equal to `tau_m`. In a step, first `V_m` moves, then the currents
/// decay, then arriving spikes are added, then `V_m` is compared with `V_th` (>=). A spike shows in its current at once
/// and in `V_m` one step later; a weight is the jump of the current. While `V_m` is clamped for `t_ref` the currents go on.
/// A spike is stamped with the end of its step.
///
/// # References
///
/// - S. Rotter, M. Diesmann (1999), Biol. Cybern. 81, 381-402, doi:10.1007/s004220050570
/// - M. Tsodyks, A. Uziel, H. Markram (2000), J. Neurosci. 20, RC50
///
/// # Compared with NEST
///
/// NEST's model with its threshold sharp (`delta` = 0), without the stimulus input that it filters through the excitatory
/// current.
#[derive(Neuron)]
#[model("iaf_psc_exp")]
pub struct IafPscExp;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::C_M)]
    C_m: f64,
    #[parameter(iaf::TAU_M)]
    tau_m: f64,
    /// Decay time of the excitatory current.
    #[parameter(MS, default = 2.0, Positive)]
    tau_syn_ex: f64,
    /// Decay time of the inhibitory current.
    #[parameter(MS, default = 2.0, Positive)]
    tau_syn_in: f64,
    #[parameter(iaf::T_REF)]
    t_ref: f64,
    #[parameter(iaf::E_L)]
    E_L: f64,
    #[parameter(iaf::V_RESET)]
    V_reset: f64,
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
    /// Excitatory synaptic current.
    #[state(PA)]
    I_syn_ex: R,
    /// Inhibitory synaptic current.
    #[state(PA)]
    I_syn_in: R,
    refractory: i32,
}

/// What arrives in a step.
#[derive(Receptors)]
pub struct Input<R> {
    /// Excitatory current of time constant `tau_syn_ex`.
    #[receptor(PA, PositiveWeights)]
    ex: R,
    /// Inhibitory current of time constant `tau_syn_in`.
    #[receptor(PA, NegativeWeights)]
    r#in: R,
    #[receptor(iaf::CURRENT, next_step)]
    current: R,
}

/// What a step needs to know: the propagator, with potentials relative to `E_L`.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    /// exp(-dt/tau_m) - 1, and from a constant current to the membrane.
    p22_m1: R,
    p20: R,
    /// Decay of each current, and from there to the membrane.
    p11_ex: R,
    p21_ex: R,
    p11_in: R,
    p21_in: R,
    I_e: R,
    threshold: Threshold<R>,
}

impl Neuron for IafPscExp {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        let h = grid.dt_ms();
        let p22_m1 = exp_m1(-h / p.tau_m);
        Ok(Constants {
            p22_m1,
            p20: -p.tau_m / p.C_m * p22_m1,
            p11_ex: exp(-h / p.tau_syn_ex),
            p21_ex: exponential_to_membrane(h, p.tau_m, p.tau_syn_ex, p.C_m),
            p11_in: exp(-h / p.tau_syn_in),
            p21_in: exponential_to_membrane(h, p.tau_m, p.tau_syn_in, p.C_m),
            I_e: p.I_e,
            threshold: Threshold::new((p.E_L, p.V_reset, p.V_th), p.t_ref, grid)?,
        })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        let moved = c.p20 * (input.current + c.I_e)
            + c.p21_ex * s.I_syn_ex
            + c.p21_in * s.I_syn_in
            + c.p22_m1 * s.V_m
            + s.V_m;
        let V_m = select(s.refractory == 0, moved.flushed(), s.V_m);
        s.I_syn_ex = (c.p11_ex * s.I_syn_ex + input.ex).flushed();
        s.I_syn_in = (c.p11_in * s.I_syn_in + input.r#in).flushed();
        c.threshold.fire(V_m, &mut s.V_m, &mut s.refractory)
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| {
        let R_m = p.tau_m / p.C_m;
        Displacement {
            distance: p.V_th - p.E_L,
            constant: p.I_e * R_m,
            receptors: Input { ex: R_m * p.tau_syn_ex, r#in: R_m * p.tau_syn_in, current: R_m },
        }
    });
}
