//! Leaky integrate-and-fire neuron whose potential jumps with every spike: [`iaf_psc_delta`](IafPscDelta).
#![forbid(unsafe_code)]
#![expect(non_snake_case, reason = "names as in the literature")]

use neuropil_core::prelude::*;

/// Leaky integrate-and-fire neuron whose potential jumps with every spike.
///
/// # Dynamics
///
/// ```text
/// C_m dV_m/dt = -C_m/tau_m (V_m - E_L) + I_e + I_stim + C_m sum_k w_k delta(t - t_k)
/// V_m >= V_th  =>  spike, V_m = V_reset for t_ref
/// ```
///
/// # Numerics
///
/// Exact on the grid. In a step, first `V_m` moves, then arriving spikes are added to it, then it is bounded by `V_min` and
/// compared with `V_th` (>=). A spike shows in `V_m` at the end of the step in which it arrives; a weight is the jump that it
/// causes. While `V_m` is clamped for `t_ref`, arriving spikes are lost. A spike is stamped with the end of its step.
///
/// # References
///
/// - S. Rotter, M. Diesmann (1999), Biol. Cybern. 81, 381-402, doi:10.1007/s004220050570
///
/// # Compared with NEST
///
/// NEST's option to save the input of the refractory period (`refractory_input`) is left out.
#[derive(Neuron)]
#[model("iaf_psc_delta")]
pub struct IafPscDelta;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::C_M)]
    C_m: f64,
    #[parameter(iaf::TAU_M)]
    tau_m: f64,
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
    refractory: i32,
}

/// What arrives in a step.
#[derive(Receptors)]
pub struct Input<R> {
    /// Jumps of the potential.
    #[receptor(MV, AnyWeight)]
    delta: R,
    #[receptor(iaf::CURRENT, next_step)]
    current: R,
}

/// What a step needs to know: the propagator, with potentials relative to `E_L`.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    /// exp(-dt/tau_m) - 1, and from a constant current to the membrane.
    p11_m1: R,
    p10: R,
    I_e: R,
    V_min: R,
    threshold: Threshold<R>,
}

impl Neuron for IafPscDelta {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        let p11_m1 = exp_m1(-grid.dt_ms() / p.tau_m);
        let threshold = Threshold::new((p.E_L, p.V_reset, p.V_th), p.t_ref, grid)?;
        iaf::check_v_min(p.V_min, p.V_reset)?;
        Ok(Constants {
            p11_m1,
            p10: -p.tau_m / p.C_m * p11_m1,
            I_e: p.I_e,
            V_min: p.V_min - p.E_L,
            threshold,
        })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        let moved = c.p10 * (input.current + c.I_e) + c.p11_m1 * s.V_m + s.V_m + input.delta;
        let moved = moved.flushed().at_least(c.V_min);
        let V_m = select(s.refractory == 0, moved, s.V_m);
        c.threshold.fire(V_m, &mut s.V_m, &mut s.refractory)
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| {
        let R_m = p.tau_m / p.C_m;
        Displacement {
            distance: p.V_th - p.E_L,
            constant: p.I_e * R_m,
            receptors: Input { delta: p.tau_m, current: R_m },
        }
    });
}
