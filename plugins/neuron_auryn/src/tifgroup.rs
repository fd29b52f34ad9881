//! Conductance-based integrate-and-fire neuron with an absolute refractory period.

use neuropil_core::prelude::*;

use crate::si::{TimeStep, si};

/// Conductance-based integrate-and-fire neuron with an absolute refractory period, as Auryn's `TIFGroup`.
///
/// # Dynamics
///
/// ```text
/// tau_m dV_m/dt = (E_L - V_m) - g_ampa V_m - g_gaba (V_m - E_gaba) + bg_current
/// tau_X dg_X/dt = -g_X + tau_X sum_k w_k delta(t - t_k)    for X = ampa, gaba
/// V_m > V_th  =>  spike, V_m = E_L for t_ref
/// ```
///
/// # Numerics
///
/// In a step, first `V_m` takes a forward Euler step on the conductances of the step's beginning and is compared with
/// `V_th` (>), then the conductances decay exactly, then arriving spikes are added to them, one at a time. A spike over d
/// steps first moves `V_m` in step d + 1 after its own. `V_m` is held at `E_L` for `t_ref` while the conductances go on;
/// intervals are at least `t_ref + dt`. A spike is stamped with the end of its step. Weights are >= 0 at both receptors:
/// a projection names `gaba` to inhibit. In single precision, the bits are those of Auryn without fused multiply-add.
///
/// # References
///
/// - F. Zenke, W. Gerstner (2014), Front. Neuroinform. 8, 76, doi:10.3389/fninf.2014.00076
/// - T. P. Vogels, L. F. Abbott (2005), J. Neurosci. 25, 10786-10795, doi:10.1523/JNEUROSCI.3508-05.2005
/// - R. Brette et al. (2007), J. Comput. Neurosci. 23, 349-398, doi:10.1007/s10827-007-0038-6
///
/// # Compared with Auryn
///
/// There is no reset potential apart from `E_L`. Auryn stamps a spike with the beginning of its step. A `t_ref` off the grid,
/// which it cuts to whole steps, is refused.
///
/// | here | Auryn's `TIFGroup` |
/// |------|--------------------|
/// | `tau_m` | `tau_mem`, or `r_mem` times `c_mem` |
/// | `t_ref` | `set_refractory_period` |
/// | `E_L`, `E_gaba`, `V_th` | `e_rest`, `e_rev_gaba`, `thr` |
/// | `bg_current` | the same, in V |
/// | `V_m` | `mem`; all others have the same names |
#[derive(Neuron)]
#[model("auryn_tifgroup")]
pub struct TifGroup;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::TAU_M, default = 20.0)]
    tau_m: f64,
    /// Decay time of the excitatory conductance.
    #[parameter(MS, default = 5.0, Positive)]
    tau_ampa: f64,
    /// Decay time of the inhibitory conductance.
    #[parameter(MS, default = 10.0, Positive)]
    tau_gaba: f64,
    #[parameter(iaf::T_REF, default = 5.0)]
    t_ref: f64,
    #[parameter(iaf::E_L, default = -60.0)]
    E_L: f64,
    /// Inhibitory reversal potential.
    #[parameter(MV, default = -80.0)]
    E_gaba: f64,
    #[parameter(iaf::V_TH, default = -50.0)]
    V_th: f64,
    /// Displacement of `V_m` by a background current.
    #[parameter(MV, default = 0.0)]
    bg_current: f64,
}

/// What a neuron is in. A step has the potential in V.
#[derive(State)]
pub struct State<R> {
    #[state(iaf::V_M, scale = 1e3)]
    V_m: R,
    /// Excitatory conductance.
    #[state(NONE, held_in = "ampa")]
    g_ampa: R,
    /// Inhibitory conductance.
    #[state(NONE, held_in = "gaba")]
    g_gaba: R,
    refractory: i32,
}

/// What arrives after a step.
#[derive(Receptors)]
pub struct Input<R> {
    /// Excitatory conductance in units of the leak, reverses at 0 mV.
    #[receptor(NONE, PositiveWeights, held)]
    ampa: R,
    /// Inhibitory conductance in units of the leak, reverses at `E_gaba`.
    #[receptor(NONE, PositiveWeights, held)]
    gaba: R,
}

/// What a step needs to know, in s and V.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    /// `dt/tau_m`.
    membrane: R,
    /// exp(-dt/tau) of the conductances.
    decay_ampa: R,
    decay_gaba: R,
    E_L: R,
    E_gaba: R,
    V_th: R,
    background: R,
    /// The refractory period, in steps.
    refractory: i32,
}

impl Neuron for TifGroup {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        Self::rounded_constants(p, grid)
    }

    fn rounded_constants<R: Real>(p: &Parameters, grid: &TimeGrid) -> Result<Constants<R>, ParameterError> {
        let Parameters { E_L, V_th, .. } = p;
        if E_L >= V_th {
            let message =
                format!("`E_L` ({E_L} mV), to which `V_m` is reset, must be below `V_th` ({V_th} mV)");
            return Err(ParameterError::new("E_L", message));
        }
        iaf::check_euler_step(p.tau_m, grid)?;
        let step = TimeStep::new(grid);
        Ok(Constants {
            membrane: step.euler(p.tau_m),
            decay_ampa: step.decay(p.tau_ampa),
            decay_gaba: step.decay(p.tau_gaba),
            E_L: si(p.E_L),
            E_gaba: si(p.E_gaba),
            V_th: si(p.V_th),
            background: si(p.bg_current),
            refractory: iaf::refractory_steps(p.t_ref, grid)?,
        })
    }

    /// The order of the sums is that of Auryn.
    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, _input: Input<R>) -> bool {
        let drive = (c.E_L - s.V_m) - s.g_ampa * s.V_m - s.g_gaba * (s.V_m - c.E_gaba) + c.background;
        let waits = s.refractory != 0;
        let V_m = if waits { c.E_L } else { s.V_m + drive * c.membrane };
        let spike = V_m > c.V_th;
        let waiting = s.refractory - i32::from(waits);
        (s.V_m, s.refractory) = if spike { (c.E_L, c.refractory) } else { (V_m, waiting) };
        s.g_ampa = (s.g_ampa * c.decay_ampa).flushed();
        s.g_gaba = (s.g_gaba * c.decay_gaba).flushed();
        spike
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| Displacement {
        distance: p.V_th - p.E_L,
        constant: p.bg_current,
        receptors: Input { ampa: -p.tau_ampa * p.E_L, gaba: p.tau_gaba * (p.E_gaba - p.E_L) },
    });
}
