//! Leaky integrate-and-fire neuron with exponential synaptic conductances: [`iaf_cond_exp`](IafCondExp).
#![forbid(unsafe_code)]
#![expect(non_snake_case, reason = "names as in the literature")]

mod adaptive;
mod cell;
mod dopri5;

use neuropil_core::prelude::*;

use adaptive::Adaptive;
use cell::{Cell, Drive};

/// Leaky integrate-and-fire neuron with exponential synaptic conductances; PyNN's `IF_cond_exp`.
///
/// # Dynamics
///
/// ```text
/// C_m dV_m/dt = -g_L (V_m - E_L) - g_ex (V_m - E_ex) - g_in (V_m - E_in) + I_e + I_stim
/// g_X(t)      = sum_k |w_k| exp(-(t - t_k)/tau_syn_X)    for t >= t_k, X = ex (w >= 0) or in (w < 0)
/// V_m >= V_th  =>  spike, V_m = V_reset for t_ref
/// ```
///
/// # Numerics
///
/// Conductances decay exactly. `V_m` takes one Runge-Kutta step of order 4 (rk4: unstable where `(g_L + g_ex + g_in) dt/C_m`
/// exceeds 2.78), or adaptive steps of Dormand and Prince that add at most `tolerance` to its error in a step of the grid
/// (dopri5). In a step, first `V_m` moves, then arriving spikes are added to the conductances, then `V_m` is compared with
/// `V_th` (>=). A spike shows in its conductance at once and in `V_m` one step later. Where `V_m` exceeds `V_th` within a step,
/// the currents are those at `V_th`. While `V_m` is clamped for `t_ref` the conductances go on. A spike is stamped with the end
/// of its step. PyNN's `v_rest` is `E_L`, `v_thresh` `V_th`, `cm` `C_m`, `tau_m` `C_m/g_L`, `tau_refrac` `t_ref`, `e_rev_E` `E_ex`,
/// `e_rev_I` `E_in`, `tau_syn_E` `tau_syn_ex`, `tau_syn_I` `tau_syn_in`, `i_offset` `I_e`; its inhibitory weights are above zero.
///
/// # References
///
/// - H. Meffin, A. N. Burkitt, D. B. Grayden (2004), J. Comput. Neurosci. 16, 159-175,
///   doi:10.1023/B:JCNS.0000014108.03012.81
/// - J. R. Dormand, P. J. Prince (1980), J. Comput. Appl. Math. 6, 19-26, doi:10.1016/0771-050X(80)90013-3
///
/// # Accuracy
///
/// On a grid of 0.1 ms the error of `rk4` is below 1e-6 mV for time constants of 5 ms and more, and 5e-5 mV for the default
/// `tau_syn_ex` of 0.2 ms. As any explicit method with a fixed step it is inexact well before it is unstable, which at 0.1 ms and
/// 250 pF takes 7 µS; nothing checks it. `dopri5` is for reference: each neuron keeps the size of its sub-steps, at most ten
/// thousand in a step, and computes in double precision. Where they would be unstable, `V_m` follows its conductances to first
/// order. NEST's model of this name follows the same rules, with an error of up to 1e-3 mV in each sub-step.
#[derive(Neuron)]
#[model("iaf_cond_exp")]
pub struct IafCondExp;

/// How `V_m` is integrated.
#[derive(Clone, Copy, Debug, PartialEq, Choice)]
pub enum Integrator {
    /// One Runge–Kutta step of order 4.
    Rk4,
    /// Adaptive steps of Dormand and Prince.
    Dopri5,
}

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::C_M)]
    C_m: f64,
    /// Leak conductance.
    #[parameter(NS, default = 16.6667, Positive)]
    g_L: f64,
    /// Reversal potential of excitation.
    #[parameter(MV, default = 0.0)]
    E_ex: f64,
    /// Reversal potential of inhibition.
    #[parameter(MV, default = -85.0)]
    E_in: f64,
    /// Decay time of the excitatory conductance.
    #[parameter(MS, default = 0.2, Positive)]
    tau_syn_ex: f64,
    /// Decay time of the inhibitory conductance.
    #[parameter(MS, default = 2.0, Positive)]
    tau_syn_in: f64,
    #[parameter(iaf::T_REF)]
    t_ref: f64,
    #[parameter(iaf::E_L)]
    E_L: f64,
    #[parameter(iaf::V_RESET, default = -60.0)]
    V_reset: f64,
    #[parameter(iaf::V_TH)]
    V_th: f64,
    #[parameter(iaf::I_E)]
    I_e: f64,
    /// How `V_m` is integrated.
    #[parameter]
    integrator: Integrator,
    /// Error of `V_m` that a step may add, for dopri5.
    #[parameter(MV, default = 1e-9, Positive)]
    tolerance: f64,
}

/// What a neuron is in.
#[derive(State)]
pub struct State<R> {
    #[state(iaf::V_M, relative_to = E_L)]
    V_m: R,
    /// Excitatory conductance.
    #[state(NS)]
    g_ex: R,
    /// Inhibitory conductance.
    #[state(NS)]
    g_in: R,
    refractory: i32,
    /// The sub-step with which an adaptive step begins, as a part of the step.
    sub_step: f64,
}

/// What arrives in a step.
#[derive(Receptors)]
pub struct Input<R> {
    /// Conductance of time constant `tau_syn_ex` that pulls to `E_ex`.
    #[receptor(NS, PositiveWeights)]
    ex: R,
    /// Conductance of time constant `tau_syn_in` that pulls to `E_in`.
    #[receptor(NS, NegativeWeights)]
    r#in: R,
    #[receptor(iaf::CURRENT, next_step)]
    current: R,
}

/// What a step needs to know.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    cell: Cell<R>,
    adaptive: Adaptive,
}

impl<R: Real> State<R> {
    #[inline(always)]
    fn drive(&self, I_stim: R) -> Drive<R> {
        Drive { i_stim: I_stim, g_ex: self.g_ex, g_in: self.g_in }
    }

    /// Ends a step at whose end the potential of a free neuron would be `moved`.
    #[inline(always)]
    fn end(&mut self, cell: &Cell<R>, moved: R, input: Input<R>) -> bool {
        let V_m = if self.refractory == 0 { moved } else { cell.threshold.v_reset };
        self.g_ex = (cell.ex.full * self.g_ex + input.ex).flushed();
        // Weights of this receptor are below zero, and its conductance is above.
        self.g_in = (cell.inh.full * self.g_in - input.r#in).flushed();
        cell.threshold.fire(V_m, &mut self.V_m, &mut self.refractory)
    }
}

impl Neuron for IafCondExp {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        Ok(Constants { cell: Cell::new(p, grid)?, adaptive: Adaptive::new(p, grid)? })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        // Flushed here and not in the choice, into which the compiler would otherwise move the whole solution.
        let moved = c.cell.rk4(s.V_m, s.drive(input.current)).flushed();
        s.end(&c.cell, moved, input)
    }

    fn is_slow<R: Real>(c: &Constants<R>) -> bool {
        c.adaptive.on
    }

    fn step_slowly<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        let drive = s.drive(input.current).to_f64();
        let moved = R::from_f64(c.adaptive.advance(s.V_m.to_f64(), drive, &mut s.sub_step)).flushed();
        s.end(&c.cell, moved, input)
    }

    fn initialize<R: Real>(_c: &Constants<R>, s: &mut State<R>) {
        s.sub_step = 1.0;
    }

    fn reconfigure<R: Real>(c: &Constants<R>, s: &mut State<R>) {
        if !c.adaptive.on {
            s.sub_step = 1.0;
        }
    }

    /// The current at rest that a spike per ms makes on average. Weights of the inhibitory receptor are below zero.
    const AUDIT: Option<AuditOf<Self>> = Some(|p| Displacement {
        distance: p.V_th - p.E_L,
        constant: p.I_e / p.g_L,
        receptors: Input {
            ex: p.tau_syn_ex * (p.E_ex - p.E_L) / p.g_L,
            r#in: -p.tau_syn_in * (p.E_in - p.E_L) / p.g_L,
            current: 1.0 / p.g_L,
        },
    });
}
