//! Leaky integrate-and-fire neuron with exponential conductances, soft reset and exponential Euler:
//! [`lifref_cond_exp`](LifrefCondExp).
#![forbid(unsafe_code)]
#![expect(non_snake_case, reason = "names as in the literature")]

use neuropil_core::prelude::*;

/// Leaky integrate-and-fire neuron with exponential conductances, as BrainPy's `LIFRef`.
///
/// # Dynamics
///
/// ```text
/// tau_m dV_m/dt = -(V_m - E_L) + R_m (g_ex (E_ex - V_m) + g_in (E_in - V_m) + I_e + I_stim)
/// g_X(t)        = sum_k |w_k| exp(-(t - t_k)/tau_syn_X)    for t >= t_k, X = ex (w >= 0) or in (w < 0)
/// V_m >= V_th  =>  spike, V_m falls by V_th - V_reset (reset: soft) or to V_reset (reset: hard), and stays for t_ref
/// ```
///
/// # Numerics
///
/// Exponential Euler for `V_m`, exact decay of conductances. In a step, first conductances decay, then arriving spikes are
/// added, then a neuron that fired in the step before is reset, then `V_m` moves with the new conductances, then it is compared
/// with `V_th` (>=). A spike shows in `V_m` at the end of the step in which it arrives; a weight is the jump of the conductance.
/// `V_m` is held while less than `t_ref` has passed since the step of the spike; a held neuron that is still above `V_th` after a
/// soft reset fires again. The current of stimuli acts one step after it arrives. A spike is stamped with the end of its step, at
/// which `V_m` is still above `V_th`: the reset shows one step later.
///
/// # References
///
/// - C. Wang et al. (2023), eLife 12, e86365, doi:10.7554/eLife.86365
/// - R. Brette et al. (2007), J. Comput. Neurosci. 23, 349-398, doi:10.1007/s10827-007-0038-6
///
/// # Compared with BrainPy
///
/// This is `LIFRef` with two `Expon` synapses and `COBA` outputs, and follows their steps. Exponential Euler is
/// `V + dt f (e^z - 1)/z`, where `f` is the right-hand side and `z` is `dt` times its derivative: with the conductances of the
/// step, the exact solution. `(e^z - 1)/z` is computed to a relative error of 6e-16, and in doubles in single precision, too.
/// BrainPy stamps a spike with the beginning of its step. It compares rounded times where this counts steps, so a few of a thousand
/// of its refractory periods are one step longer. The defaults are those of BrainPy's tutorial of a balanced network, with a
/// resistance of 100 megaohms: there the tutorial's weights and input, as fractions of the leak, are 6 nS, -67 nS and 200 pA.
///
/// | BrainPy | here | | BrainPy | here |
/// |---|---|---|---|---|
/// | `V_rest` | `E_L` | | `E` of `COBA` | `E_ex`, `E_in` |
/// | `V_th` | `V_th` | | `tau` of `Expon` | `tau_syn_ex`, `tau_syn_in` |
/// | `V_reset` | `V_reset` | | `x`, the input | `I_e` |
/// | `tau` | `tau_m` | | `spk_reset` | `reset` |
/// | `tau_ref` | `t_ref` | | `conn_weight` | weight; negative for `in` |
/// | `R` (default 1 Ohm) | `R_m` | | `V_initializer` | initial `V_m` |
#[derive(Neuron)]
#[model("lifref_cond_exp")]
pub struct LifrefCondExp;

/// What `V_m` does after a spike.
#[derive(Clone, Copy, Debug, PartialEq, Choice)]
pub enum Reset {
    /// It falls by `V_th` - `V_reset`, and keeps what it had above threshold.
    Soft,
    /// It becomes `V_reset`.
    Hard,
}

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::TAU_M, default = 20.0)]
    tau_m: f64,
    /// Membrane resistance.
    #[parameter(MOHM, default = 100.0, Positive)]
    R_m: f64,
    #[parameter(iaf::E_L, default = -60.0)]
    E_L: f64,
    #[parameter(iaf::V_RESET, default = -60.0)]
    V_reset: f64,
    #[parameter(iaf::V_TH, default = -50.0)]
    V_th: f64,
    /// Reversal potential of excitation.
    #[parameter(MV, default = 0.0)]
    E_ex: f64,
    /// Reversal potential of inhibition.
    #[parameter(MV, default = -80.0)]
    E_in: f64,
    /// Decay time of the excitatory conductance.
    #[parameter(MS, default = 5.0, Positive)]
    tau_syn_ex: f64,
    /// Decay time of the inhibitory conductance.
    #[parameter(MS, default = 10.0, Positive)]
    tau_syn_in: f64,
    #[parameter(iaf::I_E)]
    I_e: f64,
    #[parameter(iaf::T_REF, default = 5.0)]
    t_ref: f64,
    /// Whether `V_m` falls by `V_th - V_reset`, or to `V_reset`.
    #[parameter]
    reset: Reset,
}

/// What a neuron is in.
#[derive(State)]
pub struct State<R> {
    #[state(iaf::V_M)]
    V_m: R,
    /// Excitatory conductance.
    #[state(NS)]
    g_ex: R,
    /// Inhibitory conductance.
    #[state(NS)]
    g_in: R,
    /// Steps for which the neuron is still held.
    held: i32,
    #[fired]
    fired: bool,
}

/// What arrives in a step.
#[derive(Receptors)]
pub struct Input<R> {
    /// Excitatory conductance of time constant `tau_syn_ex`.
    #[receptor(NS, PositiveWeights)]
    ex: R,
    /// Inhibitory conductance of time constant `tau_syn_in`, with the sign flipped.
    #[receptor(NS, NegativeWeights)]
    r#in: R,
    #[receptor(iaf::CURRENT, next_step)]
    current: R,
}

/// What a step needs to know.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    /// dt / `tau_m`.
    rate: R,
    /// In mV per pA.
    R_m: R,
    /// Where the potential rests without conductances.
    rest: R,
    decay_ex: R,
    decay_in: R,
    E_ex: R,
    E_in: R,
    V_th: R,
    V_reset: R,
    /// `V_th` - `V_reset`.
    fall: R,
    hard: bool,
    /// For how many steps after that of its spike a neuron is held.
    held: i32,
}

impl Parameters {
    /// The resistance in the unit that makes mV of pA.
    fn gigaohm(&self) -> f64 {
        self.R_m / 1000.0
    }
}

impl<R: Real> Constants<R> {
    /// The potential after a step of exponential Euler.
    #[inline(always)]
    fn moved(&self, V: R, g_ex: R, g_in: R, I_stim: R) -> R {
        let synaptic = g_ex * (self.E_ex - V) + g_in * (self.E_in - V);
        let slope = (self.rest - V) + self.R_m * (synaptic + I_stim);
        let exponent = -(self.rate + self.rate * (self.R_m * (g_ex + g_in)));
        V + self.rate * slope * R::from_f64(exponent.to_f64().exprel())
    }
}

impl Neuron for LifrefCondExp {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        iaf::check_reset(p.V_reset, p.V_th)?;
        let refractory = iaf::refractory_steps(p.t_ref, grid)?;
        let h = grid.dt_ms();
        Ok(Constants {
            rate: h / p.tau_m,
            R_m: p.gigaohm(),
            rest: p.E_L + p.gigaohm() * p.I_e,
            decay_ex: exp(-h / p.tau_syn_ex),
            decay_in: exp(-h / p.tau_syn_in),
            E_ex: p.E_ex,
            E_in: p.E_in,
            V_th: p.V_th,
            V_reset: p.V_reset,
            fall: p.V_th - p.V_reset,
            hard: p.reset == Reset::Hard,
            held: (refractory - 1).max(0),
        })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        s.g_ex = (c.decay_ex * s.g_ex + input.ex).flushed();
        s.g_in = (c.decay_in * s.g_in - input.r#in).flushed();
        let reset = select(c.hard, c.V_reset, s.V_m - c.fall);
        let start = select(s.fired, reset, s.V_m);
        let moved = c.moved(start, s.g_ex, s.g_in, input.current);
        s.V_m = select(s.held == 0, moved, start);
        let spike = s.V_m >= c.V_th;
        s.held = select(spike, c.held, s.held - i32::from(s.held != 0));
        spike
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| {
        let R_m = p.gigaohm();
        Displacement {
            distance: p.V_th - p.E_L,
            constant: R_m * p.I_e,
            receptors: Input {
                ex: R_m * p.tau_syn_ex * (p.E_ex - p.E_L),
                r#in: -R_m * p.tau_syn_in * (p.E_in - p.E_L),
                current: R_m,
            },
        }
    });
}
