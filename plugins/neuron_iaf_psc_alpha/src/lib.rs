//! Leaky integrate-and-fire neuron with alpha-shaped synaptic currents: [`iaf_psc_alpha`](IafPscAlpha).
#![forbid(unsafe_code)]
#![expect(non_snake_case, reason = "names as in the literature")]

use std::f64::consts::E;

use neuropil_core::prelude::*;

/// Leaky integrate-and-fire neuron with alpha-shaped synaptic currents.
///
/// # Dynamics
///
/// ```text
/// C_m dV_m/dt = -C_m/tau_m (V_m - E_L) + I_syn_ex + I_syn_in + I_e + I_stim
/// I_syn_X(t)  = sum_k w_k e/tau_syn_X (t - t_k) exp(-(t - t_k)/tau_syn_X)    for t > t_k, X = ex (w >= 0) or in (w < 0)
/// V_m >= V_th  =>  spike, V_m = V_reset for t_ref
/// ```
///
/// # Numerics
///
/// Exact on the grid, also where `tau_syn` is or comes close to `tau_m`. In a step, first `V_m` moves, then the currents, then
/// arriving spikes are added, then `V_m` is compared with `V_th` (>=). A spike shows in `V_m` one step after it arrives; a
/// weight is the peak of its current. While `V_m` is clamped for `t_ref` the currents go on. A spike is stamped with the end of
/// its step.
///
/// # References
///
/// - S. Rotter, M. Diesmann (1999), Biol. Cybern. 81, 381-402, doi:10.1007/s004220050570
#[derive(Neuron)]
#[model("iaf_psc_alpha")]
pub struct IafPscAlpha;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::C_M)]
    C_m: f64,
    #[parameter(iaf::TAU_M)]
    tau_m: f64,
    /// Rise time of the excitatory current.
    #[parameter(MS, default = 2.0, Positive)]
    tau_syn_ex: f64,
    /// Rise time of the inhibitory current.
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
    #[parameter(iaf::V_MIN)]
    V_min: f64,
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
    /// The derivative of each current, scaled.
    d_ex: R,
    d_in: R,
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
    p33_m1: R,
    p30: R,
    ex: Alpha<R>,
    r#in: Alpha<R>,
    I_e: R,
    V_min: R,
    threshold: Threshold<R>,
}

/// The propagator of an alpha-shaped current.
#[derive(Clone, Copy, Constants)]
pub struct Alpha<R> {
    /// Decay of the current and its derivative, and from the one to the other.
    p11: R,
    p21: R,
    /// From the derivative and from the current to the membrane.
    p31: R,
    p32: R,
    /// The jump of the derivative that gives a current with a peak of one.
    jump: R,
}

impl Alpha<f64> {
    fn new(p: &Parameters, tau_syn: f64, h: f64) -> Self {
        let p11 = exp(-h / tau_syn);
        Self {
            p11,
            p21: h * p11,
            p31: ramp_to_membrane(h, p.tau_m, tau_syn, p.C_m),
            p32: exponential_to_membrane(h, p.tau_m, tau_syn, p.C_m),
            jump: E / tau_syn,
        }
    }
}

impl<R: Real> Alpha<R> {
    #[inline(always)]
    fn advance(&self, d: &mut R, I_syn: &mut R, input: R) {
        *I_syn = (self.p21 * *d + self.p11 * *I_syn).flushed();
        *d = (self.p11 * *d + self.jump * input).flushed();
    }
}

impl Neuron for IafPscAlpha {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        let h = grid.dt_ms();
        let p33_m1 = exp_m1(-h / p.tau_m);
        let threshold = Threshold::new((p.E_L, p.V_reset, p.V_th), p.t_ref, grid)?;
        iaf::check_v_min(p.V_min, p.V_reset)?;
        Ok(Constants {
            p33_m1,
            p30: -p.tau_m / p.C_m * p33_m1,
            ex: Alpha::new(p, p.tau_syn_ex, h),
            r#in: Alpha::new(p, p.tau_syn_in, h),
            I_e: p.I_e,
            V_min: p.V_min - p.E_L,
            threshold,
        })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        let moved = c.p30 * (input.current + c.I_e)
            + c.ex.p31 * s.d_ex
            + c.ex.p32 * s.I_syn_ex
            + c.r#in.p31 * s.d_in
            + c.r#in.p32 * s.I_syn_in
            + c.p33_m1 * s.V_m
            + s.V_m;
        let V_m = select(s.refractory == 0, moved.flushed().at_least(c.V_min), s.V_m);
        c.ex.advance(&mut s.d_ex, &mut s.I_syn_ex, input.ex);
        c.r#in.advance(&mut s.d_in, &mut s.I_syn_in, input.r#in);
        c.threshold.fire(V_m, &mut s.V_m, &mut s.refractory)
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| {
        let R_m = p.tau_m / p.C_m;
        Displacement {
            distance: p.V_th - p.E_L,
            constant: p.I_e * R_m,
            receptors: Input { ex: R_m * E * p.tau_syn_ex, r#in: R_m * E * p.tau_syn_in, current: R_m },
        }
    });
}
