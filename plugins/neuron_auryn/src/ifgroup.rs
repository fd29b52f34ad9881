//! Conductance-based integrate-and-fire neuron with NMDA and a threshold that decays.

use neuropil_core::prelude::*;

use crate::si::{TimeStep, si};

/// Conductance-based integrate-and-fire neuron with NMDA and a decaying threshold, as Auryn's `IFGroup`.
///
/// # Dynamics
///
/// ```text
/// tau_m dV_m/dt       = (E_L - V_m) - (A_ampa g_ampa + A_nmda g_nmda) V_m - g_gaba (V_m - E_gaba)
/// tau_X dg_X/dt       = -g_X + tau_X sum_k w_k delta(t - t_k)    for X = ampa, gaba
/// tau_nmda dg_nmda/dt = -g_nmda + g_ampa + tau_nmda sum_k w_k delta(t - t_k)
/// tau_thr dthr/dt     = -thr
/// A_ampa = r/(r + 1), A_nmda = 1/(r + 1)    with r = ampa_nmda_ratio
/// V_m > V_th + thr  =>  spike, V_m = V_reset, thr = dthr
/// ```
///
/// # Numerics
///
/// In a step, first the excitatory and inhibitory drive are taken from `V_m` and the conductances of the step's beginning;
/// then `g_nmda` follows `g_ampa`, and conductances and `thr` decay exactly; then `V_m` takes a forward Euler step, is clipped
/// to `E_gaba` .. 0 mV and compared with `V_th` + `thr` (>); then arriving spikes are added to the conductances, one at a
/// time. A spike over d steps first moves `V_m` in step d + 1 after its own. `V_m` is not clamped after a spike, but can't
/// reach the threshold for `tau_thr ln(-dthr/V_th)`. A spike is stamped with the end of its step. Weights are >= 0 at all
/// receptors: a projection names `gaba` to inhibit. In single precision, the bits are those of Auryn without fused multiply-add.
///
/// # References
///
/// - F. Zenke, W. Gerstner (2014), Front. Neuroinform. 8, 76, doi:10.3389/fninf.2014.00076
/// - F. Zenke, E. J. Agnes, W. Gerstner (2015), Nat. Commun. 6, 6922, doi:10.1038/ncomms7922
///
/// # Compared with Auryn
///
/// A spike at `ampa` drives both excitatory conductances, in the ratio `r` of their integrals; one at `nmda` raises `g_nmda` at
/// once. No variable is kept positive: `g_nmda` may start below zero, as in Auryn's tutorials. Auryn stamps a spike with the
/// beginning of its step.
///
/// | here | Auryn's `IFGroup` |
/// |------|-------------------|
/// | `tau_m` | `tau_mem` |
/// | `ampa_nmda_ratio` | `set_ampa_nmda_ratio` |
/// | `E_L`, `E_gaba` | `u_rest`, `u_inh_rev` |
/// | `V_reset`, `V_th` | `u_reset`, `thr_rest` |
/// | `V_m` | `mem`; all others have the same names |
#[derive(Neuron)]
#[model("auryn_ifgroup")]
pub struct IfGroup;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::TAU_M, default = 20.0)]
    tau_m: f64,
    /// Decay time of the fast excitatory conductance.
    #[parameter(MS, default = 5.0, Positive)]
    tau_ampa: f64,
    /// Decay time of the slow excitatory conductance, at least `tau_ampa`.
    #[parameter(MS, default = 100.0, Positive)]
    tau_nmda: f64,
    /// Decay time of the inhibitory conductance.
    #[parameter(MS, default = 10.0, Positive)]
    tau_gaba: f64,
    /// Decay time of the threshold.
    #[parameter(MS, default = 5.0, Positive)]
    tau_thr: f64,
    /// Ratio of the integrals of fast and slow excitation.
    #[parameter(NONE, default = 1.0, NonNegative)]
    ampa_nmda_ratio: f64,
    #[parameter(iaf::E_L)]
    E_L: f64,
    /// Inhibitory reversal potential, and lower bound of `V_m`.
    #[parameter(MV, default = -80.0)]
    E_gaba: f64,
    #[parameter(iaf::V_RESET)]
    V_reset: f64,
    #[parameter(iaf::V_TH, default = -50.0)]
    V_th: f64,
    /// Threshold above `V_th` after a spike.
    #[parameter(MV, default = 100.0, NonNegative)]
    dthr: f64,
}

impl Parameters {
    /// Whether the parameters fit together.
    fn check(&self) -> Result<(), ParameterError> {
        let Self { tau_ampa, tau_nmda, E_gaba, .. } = self;
        iaf::check_reset(self.V_reset, self.V_th)?;
        if tau_nmda < tau_ampa {
            let message = format!("`tau_nmda` ({tau_nmda} ms) must not be below `tau_ampa` ({tau_ampa} ms)");
            return Err(ParameterError::new("tau_nmda", message));
        }
        if *E_gaba > 0.0 {
            let message = format!(
                "`E_gaba` ({E_gaba} mV), the lower bound of `V_m`, must not be above 0 mV, the upper"
            );
            return Err(ParameterError::new("E_gaba", message));
        }
        Ok(())
    }
}

/// What a neuron is in. A step has potentials in V.
#[derive(State)]
pub struct State<R> {
    #[state(iaf::V_M, scale = 1e3)]
    V_m: R,
    /// Fast excitatory conductance.
    #[state(NONE, held_in = "ampa")]
    g_ampa: R,
    /// Slow excitatory conductance.
    #[state(NONE, held_in = "nmda")]
    g_nmda: R,
    /// Inhibitory conductance.
    #[state(NONE, held_in = "gaba")]
    g_gaba: R,
    /// Threshold above `V_th`.
    #[state(MV, scale = 1e3)]
    thr: R,
}

/// What arrives after a step.
#[derive(Receptors)]
pub struct Input<R> {
    /// Excitatory conductance in units of the leak, which `g_nmda` follows; reverses at 0 mV.
    #[receptor(NONE, PositiveWeights, held)]
    ampa: R,
    /// Slow excitatory conductance in units of the leak, reverses at 0 mV.
    #[receptor(NONE, PositiveWeights, held)]
    nmda: R,
    /// Inhibitory conductance in units of the leak, reverses at `E_gaba`.
    #[receptor(NONE, PositiveWeights, held)]
    gaba: R,
}

/// What a step needs to know, in s and V.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    /// `dt/tau_m`.
    membrane: R,
    /// exp(-dt/tau) of conductances and threshold.
    decay_ampa: R,
    decay_gaba: R,
    decay_thr: R,
    /// 1 - exp(-dt/tau_nmda).
    loss_nmda: R,
    /// The shares of the excitatory conductances.
    A_ampa: R,
    A_nmda: R,
    E_L: R,
    E_gaba: R,
    V_reset: R,
    V_th: R,
    dthr: R,
}

impl Neuron for IfGroup {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        Self::rounded_constants(p, grid)
    }

    fn rounded_constants<R: Real>(p: &Parameters, grid: &TimeGrid) -> Result<Constants<R>, ParameterError> {
        p.check()?;
        iaf::check_euler_step(p.tau_m, grid)?;
        let step = TimeStep::new(grid);
        let ratio = R::from_f64(p.ampa_nmda_ratio).to_f64();
        Ok(Constants {
            membrane: step.euler(p.tau_m),
            decay_ampa: step.decay(p.tau_ampa),
            decay_gaba: step.decay(p.tau_gaba),
            decay_thr: step.decay(p.tau_thr),
            loss_nmda: step.loss(p.tau_nmda),
            A_ampa: R::from_f64(ratio / (ratio + 1.0)),
            A_nmda: R::from_f64(1.0 / (ratio + 1.0)),
            E_L: si(p.E_L),
            E_gaba: si(p.E_gaba),
            V_reset: si(p.V_reset),
            V_th: si(p.V_th),
            dthr: si(p.dthr),
        })
    }

    /// The order of the sums is that of Auryn.
    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, _input: Input<R>) -> bool {
        let excitation = (-c.A_ampa * s.g_ampa - c.A_nmda * s.g_nmda) * s.V_m;
        let inhibition = (s.V_m - c.E_gaba) * s.g_gaba;
        let leak = s.V_m - c.E_L;
        let followed = s.g_nmda + c.loss_nmda * s.g_ampa;
        s.g_nmda = (followed - c.loss_nmda * followed).flushed();
        s.g_ampa = (s.g_ampa * c.decay_ampa).flushed();
        s.g_gaba = (s.g_gaba * c.decay_gaba).flushed();
        let moved = s.V_m + c.membrane * excitation - c.membrane * inhibition - c.membrane * leak;
        let below_zero = if moved > R::ZERO { R::ZERO } else { moved };
        let V_m = below_zero.at_least(c.E_gaba);
        let raised = (s.thr * c.decay_thr).flushed();
        let spike = V_m > c.V_th + raised;
        (s.V_m, s.thr) = if spike { (c.V_reset, c.dthr) } else { (V_m, raised) };
        spike
    }

    /// A spike at `ampa` drives both excitatory conductances, with the same integral; `A_ampa + A_nmda` is 1.
    const AUDIT: Option<AuditOf<Self>> = Some(|p| Displacement {
        distance: p.V_th - p.E_L,
        constant: 0.0,
        receptors: Input {
            ampa: -p.tau_ampa * p.E_L,
            nmda: -p.tau_nmda / (p.ampa_nmda_ratio + 1.0) * p.E_L,
            gaba: p.tau_gaba * (p.E_gaba - p.E_L),
        },
    });
}
