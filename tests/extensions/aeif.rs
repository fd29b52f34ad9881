//! An adaptive exponential neuron with conductances, outside of the program's own list: one file.
#![expect(non_snake_case, reason = "names as in the literature")]

use neuropil_core::prelude::*;

/// Adaptive exponential integrate-and-fire neuron with exponential conductances, NEST's `aeif_cond_exp`.
///
/// # Dynamics
///
/// ```text
/// C_m dV_m/dt = g_L (E_L - V_m) + g_L Delta_T exp((V_m - V_th) / Delta_T)
///               + g_ex (E_ex - V_m) + g_in (E_in - V_m) - w + I_e + I_stim
/// tau_w dw/dt = a (V_m - E_L) - w
/// dg_ex/dt    = -g_ex/tau_syn_ex,    dg_in/dt = -g_in/tau_syn_in
/// V_m >= V_peak  =>  spike, V_m = V_reset, w += b
/// ```
///
/// # Numerics
///
/// Four Runge–Kutta sub-steps of order 4 for `z = exp((V_0 - V_m) / Delta_T)`, where `V_0` is the potential at the start of a sub-step,
/// and for `w`; the conductances are exact. `V_m` runs away as a spike begins, while `z` falls to zero on a straight line: so
/// the time within the step at which `V_m` reaches `V_peak` is known, from which on `V_m` rests at `V_reset`, and `w` relaxes.
/// It rests for the remainder of the step, and for `t_ref`. The spike is stamped with the end of the step, and input acts from the
/// next step on. Against NEST 3.10, at 0.1 ms: 3e-4 mV, most of it in the steps before spikes, and 2e-4 pA. `V_m` must not move by
/// much more than `Delta_T` in a sub-step.
///
/// # References
///
/// - R. Brette, W. Gerstner (2005), J. Neurophysiol. 94, 3637-3642, doi:10.1152/jn.00686.2005
#[derive(Neuron)]
#[model("aeif_cond_exp")]
pub(crate) struct Aeif;

const SUB_STEPS: u32 = 4;

#[derive(Clone, Copy, Parameters, Constants)]
pub(crate) struct Parameters<R = f64> {
    #[parameter(iaf::C_M, default = 281.0)]
    C_m: R,
    /// Leak conductance.
    #[parameter(NS, default = 30.0, Positive)]
    g_L: R,
    #[parameter(iaf::E_L, default = -70.6)]
    E_L: R,
    /// Reversal potential of excitation.
    #[parameter(MV, default = 0.0)]
    E_ex: R,
    /// Reversal potential of inhibition.
    #[parameter(MV, default = -85.0)]
    E_in: R,
    /// Potential at which a spike begins.
    #[parameter(MV, default = -50.4)]
    V_th: R,
    /// Potential at which a spike is cut off.
    #[parameter(MV, default = 0.0)]
    V_peak: R,
    #[parameter(iaf::V_RESET, default = -60.0)]
    V_reset: R,
    /// Sharpness of the start of a spike.
    #[parameter(MV, default = 2.0, Positive)]
    Delta_T: R,
    /// Adaptation below threshold.
    #[parameter(NS, default = 4.0)]
    a: R,
    /// Adaptation by a spike.
    #[parameter(PA, default = 80.5)]
    b: R,
    /// Time constant of adaptation.
    #[parameter(MS, default = 144.0, Positive)]
    tau_w: R,
    /// Decay time of the excitatory conductance.
    #[parameter(MS, default = 0.2, Positive)]
    tau_syn_ex: R,
    /// Decay time of the inhibitory conductance.
    #[parameter(MS, default = 2.0, Positive)]
    tau_syn_in: R,
    #[parameter(iaf::T_REF, default = 0.0)]
    t_ref: R,
    #[parameter(iaf::I_E)]
    I_e: R,
}

#[derive(State)]
pub(crate) struct State<R> {
    #[state(iaf::V_M)]
    V_m: R,
    /// Adaptation current.
    #[state(PA, initial = 0.0)]
    w: R,
    /// Excitatory conductance.
    #[state(NS, initial = 0.0)]
    g_ex: R,
    /// Inhibitory conductance.
    #[state(NS, initial = 0.0)]
    g_in: R,
    refractory: i32,
}

#[derive(Receptors)]
pub(crate) struct Input<R> {
    /// Conductance that pulls to `E_ex`.
    #[receptor(NS, PositiveWeights)]
    ex: R,
    /// Conductance that pulls to `E_in`.
    #[receptor(NS, NegativeWeights)]
    r#in: R,
    #[receptor(iaf::CURRENT, next_step)]
    current: R,
}

#[derive(Clone, Copy, Constants)]
pub(crate) struct Constants<R> {
    p: Parameters<R>,
    /// A sub-step, in ms.
    h: R,
    /// What is left of a conductance after half a sub-step.
    decay_ex: R,
    decay_in: R,
    refractory: i32,
}

impl Neuron for Aeif {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        if p.V_peak <= p.V_reset || p.V_peak <= p.V_th {
            return Err(ParameterError::new("V_peak", "`V_peak` must be above `V_th` and `V_reset`"));
        }
        let h = grid.dt_ms() / f64::from(SUB_STEPS);
        let decay = |tau: f64| exp(-0.5 * h / tau);
        let refractory = iaf::refractory_steps(p.t_ref, grid)?;
        Ok(Constants { p: *p, h, decay_ex: decay(p.tau_syn_ex), decay_in: decay(p.tau_syn_in), refractory })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        let I = c.p.I_e + input.current;
        let waits = s.refractory != 0;
        let mut fired = false;
        for _ in 0..SUB_STEPS {
            fired |= s.advance(c, I, waits | fired);
        }
        s.refractory = select(fired, c.refractory, s.refractory - i32::from(waits));
        s.g_ex = (s.g_ex + input.ex).flushed();
        s.g_in = (s.g_in - input.r#in).flushed();
        fired
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| {
        let resistance = 1.0 / (p.g_L + p.a);
        Displacement {
            distance: p.V_th - p.E_L,
            constant: p.I_e * resistance,
            receptors: Input {
                ex: p.tau_syn_ex * (p.E_ex - p.E_L) * resistance,
                r#in: p.tau_syn_in * (p.E_L - p.E_in) * resistance,
                current: resistance,
            },
        }
    });
}

impl<R: Real> State<R> {
    /// A sub-step; whether the neuron fires in it.
    #[inline(always)]
    fn advance(&mut self, c: &Constants<R>, I: R, rests: bool) -> bool {
        let (p, one, two) = (&c.p, R::from_f64(1.0), R::from_f64(2.0));
        let half = c.h / two;
        let from = Start::new(p, self.V_m, I, rests);
        let g = [self.g_ex, self.g_in];
        let g_half = [c.decay_ex * g[0], c.decay_in * g[1]];
        [self.g_ex, self.g_in] = [c.decay_ex * g_half[0], c.decay_in * g_half[1]];

        let y = [one, self.w];
        let k1 = from.slope(p, y, g);
        let k2 = from.slope(p, along(y, half, k1), g_half);
        let k3 = from.slope(p, along(y, half, k2), g_half);
        let k4 = from.slope(p, along(y, c.h, k3), [self.g_ex, self.g_in]);
        let mean = [0, 1].map(|i| (k1[i] + two * (k2[i] + k3[i]) + k4[i]) / R::from_f64(6.0));
        let [z, w] = along(y, c.h, mean);

        let fires = z < from.peak;
        // On its way up, V_m is on average Delta_T above its start: that is the mean of the logarithm.
        let up = c.h * (one - from.peak) / (one - z);
        let at_peak = self.w + up * p.drift(from.V + p.Delta_T, self.w) + p.b;
        let after = at_peak + (c.h - up) * p.drift(p.V_reset, at_peak);
        self.w = select(fires, after, w);
        self.V_m = select(fires, p.V_reset, from.potential(p, z));
        fires
    }
}

impl<R: Real> Parameters<R> {
    /// dw/dt.
    #[inline(always)]
    fn drift(&self, V_m: R, w: R) -> R {
        (self.a * (V_m - self.E_L) - w) / self.tau_w
    }
}

/// The start of a sub-step.
struct Start<R> {
    V: R,
    I: R,
    rests: bool,
    /// `z` at `V_peak`.
    peak: R,
    /// How fast the exponential current alone makes `z` fall.
    escape: R,
}

impl<R: Real> Start<R> {
    #[inline(always)]
    fn new(p: &Parameters<R>, V_m: R, I: R, rests: bool) -> Self {
        let V = select(V_m < p.V_peak, V_m, p.V_peak);
        let escape = p.g_L / p.C_m * ((V - p.V_th) / p.Delta_T).exp();
        Self { V, I, rests, peak: ((V - p.V_peak) / p.Delta_T).exp(), escape }
    }

    /// No higher than `V_peak`.
    #[inline(always)]
    fn potential(&self, p: &Parameters<R>, z: R) -> R {
        self.V - p.Delta_T * z.at_least(self.peak).at_least(R::TINY).ln()
    }

    /// dz/dt and dw/dt.
    #[inline(always)]
    fn slope(&self, p: &Parameters<R>, [z, w]: [R; 2], [g_ex, g_in]: [R; 2]) -> [R; 2] {
        let V = self.potential(p, z);
        let I = p.g_L * (p.E_L - V) + g_ex * (p.E_ex - V) + g_in * (p.E_in - V) - w + self.I;
        let fall = self.escape + z.at_least(self.peak) * I / (p.Delta_T * p.C_m);
        [select(self.rests, R::ZERO, -fall), p.drift(V, w)]
    }
}

#[inline(always)]
fn along<R: Real>([z, w]: [R; 2], h: R, slope: [R; 2]) -> [R; 2] {
    [z + h * slope[0], w + h * slope[1]]
}
