//! Leaky integrate-and-fire neuron with double-exponential synaptic current: [`lif_dexp`](LifDexp).
#![forbid(unsafe_code)]
#![expect(non_snake_case, reason = "names as in the literature")]

use neuropil_core::prelude::*;
use neuropil_core::units::{Dimension, Unit};

/// Millivolt times second, the unit of weights: that of the numbers in the script, which so keep their bits.
const MV_S: Unit = Unit { symbol: "mV s", dimension: Dimension::new(1, 1, 0, 0), scale: 1e3 };

/// Millivolt per second.
const MV_PER_S: Unit = Unit { symbol: "mV/s", dimension: Dimension::new(1, -1, 0, 0), scale: 1e-3 };

/// Leaky integrate-and-fire neuron with double-exponential synaptic current.
///
/// # Dynamics
///
/// ```text
/// tau_m dV_m/dt = -V_m + I_syn + I_e + I_stim
/// I_syn(t)      = sum_k w_k (exp(-(t - t_k)/tau_decay) - exp(-(t - t_k)/tau_rise))/(tau_decay - tau_rise)    for t > t_k
/// V_m >= V_th  =>  spike, V_m = V_reset for t_ref
/// ```
///
/// # Numerics
///
/// Forward Euler for `V_m`, in the arithmetic of a NumPy script, whose bits double precision reproduces. In a step, first
/// arriving spikes are added to `h`, then `V_m` moves if `t > t_last + t_ref`, then it is compared with `V_th` (>=) and reset, then
/// `I_syn` and `h` decay. A spike shows in `V_m` one step after that in which it arrives; a weight is the integral of its current.
/// `V_m` is frozen for `t_ref` and in the first `t_ref` of the simulation; a frozen neuron at threshold fires. The current of
/// stimuli acts one step after it arrives. A spike is stamped with the end of its step, at which `V_m` is `V_reset`.
///
/// # References
///
/// - W. Nicola, C. Clopath (2017), Nat. Commun. 8, 2208, doi:10.1038/s41467-017-01827-3
///
/// # Compared with the script
///
/// This is the neuron of the network of Nicola & Clopath (2017): with delays of one step it gives the potentials of a NumPy script
/// of that network, which has no delays, to the last bit. The leak goes to 0 mV, and currents are given in mV, as the potential to
/// which they lead: `I_e` is where the membrane rests without input.
///
/// Three conventions of the script are kept. `t_last` starts at 0, so no neuron moves in the first `t_ref`. A refractory neuron is
/// frozen, not clamped. `t > t_last + t_ref` is a strict comparison of times in s, at the step's beginning, with the rounding of their
/// sums: where `t_ref` is a whole number of steps, the step that begins `t_ref` after that of the spike may be frozen or not. A
/// `t_ref` half a step off the grid is free of that. Times are double in single precision, too. At a spike the script shows +30 mV,
/// which is paint.
///
/// | script | here | | script | here |
/// |---|---|---|---|---|
/// | `tm` | `tau_m` | | `offset` | `I_e` |
/// | `tr` | `tau_rise` | | `w` | weight |
/// | `td` | `tau_decay` | | `v` | `V_m` |
/// | `tref` | `t_ref` | | `ipsc` | `I_syn` |
/// | `vreset` | `V_reset` | | `hm` | `h`, before the spikes of the step |
/// | `vpeak` | `V_th` | | `tlast` | `t_last` |
#[derive(Neuron)]
#[model("lif_dexp")]
pub struct LifDexp;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    #[parameter(iaf::TAU_M)]
    tau_m: f64,
    /// Rise time of the synaptic current.
    #[parameter(MS, default = 2.0, Positive)]
    tau_rise: f64,
    /// Decay time of the synaptic current.
    #[parameter(MS, default = 20.0, Positive)]
    tau_decay: f64,
    /// Refractory period.
    #[parameter(MS, default = 2.0, NonNegative)]
    t_ref: f64,
    #[parameter(iaf::V_RESET, default = -65.0)]
    V_reset: f64,
    #[parameter(iaf::V_TH, default = -40.0)]
    V_th: f64,
    /// Constant input, as the potential to which it leads.
    #[parameter(MV, default = -40.0)]
    I_e: f64,
}

/// What a neuron is in.
#[derive(State)]
pub struct State<R> {
    /// Membrane potential.
    #[state(MV, initial = V_reset)]
    V_m: R,
    /// Synaptic current.
    #[state(MV)]
    I_syn: R,
    /// Growth of the synaptic current.
    #[state(MV_PER_S)]
    h: R,
    /// When the step of the last spike began, in s. In single precision a minute would leave too few digits.
    t_last: f64,
    /// Until when the potential stays, in s: all that a step asks for.
    held_until: f64,
}

/// What arrives in a step.
#[derive(Receptors)]
pub struct Input<R> {
    /// Synaptic current; a weight is its integral.
    #[receptor(MV_S, AnyWeight)]
    syn: R,
    /// Current of stimuli, `I_stim`, as the potential to which it leads.
    #[receptor(MV, Current, next_step)]
    current: R,
    #[step]
    step: u64,
}

/// What a step needs to know. Times are in s, because the bits of all that follows depend on the unit.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    dt: R,
    tau_m: R,
    /// The product of `tau_rise` and `tau_decay`.
    tau_product: R,
    /// exp(-dt/tau_rise), exp(-dt/tau_decay).
    rise: R,
    decay: R,
    I_e: R,
    V_th: R,
    V_reset: R,
    t_ref: f64,
    /// The step in double precision.
    seconds: f64,
}

impl<R: Real> State<R> {
    fn hold(&mut self, c: &Constants<R>) {
        self.held_until = self.t_last + c.t_ref;
    }
}

/// The operations and their order are those of the script: another order would have other bits.
impl Neuron for LifDexp {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = State<R>;
    type Input<R: Real> = Input<R>;

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        iaf::check_reset(p.V_reset, p.V_th)?;
        iaf::check_euler_step(p.tau_m, grid)?;
        let [dt, tau_rise, tau_decay] = [grid.dt_ms(), p.tau_rise, p.tau_decay].map(|ms| ms / 1000.0);
        Ok(Constants {
            dt,
            tau_m: p.tau_m / 1000.0,
            tau_product: tau_rise * tau_decay,
            rise: exp(-dt / tau_rise),
            decay: exp(-dt / tau_decay),
            I_e: p.I_e,
            V_th: p.V_th,
            V_reset: p.V_reset,
            t_ref: p.t_ref / 1000.0,
            seconds: dt,
        })
    }

    #[inline(always)]
    fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
        let risen = s.h + input.syn / c.tau_product;
        let drive = s.I_syn + (c.I_e + input.current);
        let moved = s.V_m + c.dt * ((drive - s.V_m) / c.tau_m);
        let V_m = select(c.seconds * input.step as f64 > s.held_until, moved, s.V_m);
        let spike = V_m >= c.V_th;
        s.V_m = select(spike, c.V_reset, V_m);
        s.I_syn = (s.I_syn * c.rise + risen * c.dt).flushed();
        s.h = (risen * c.decay).flushed();
        spike
    }

    fn at_spike<R: Real>() -> Option<AtSpike<Self, R>> {
        Some(|c, s, step| {
            s.t_last += c.seconds * step as f64 - s.t_last;
            s.hold(c);
        })
    }

    fn initialize<R: Real>(c: &Constants<R>, s: &mut State<R>) {
        s.hold(c);
    }

    fn reconfigure<R: Real>(c: &Constants<R>, s: &mut State<R>) {
        s.hold(c);
    }

    const AUDIT: Option<AuditOf<Self>> = Some(|p| Displacement {
        // The constant input sets the rest.
        distance: p.V_th - p.I_e,
        constant: 0.0,
        receptors: Input { syn: MV_S.scale, current: 1.0, step: 0 },
    });
}
