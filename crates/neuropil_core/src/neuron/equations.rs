//! A neuron model as its equations.

use crate::declare::columnar::Columnar;
use crate::declare::declaration::{Audit, Declaration, ModelKind};
use crate::declare::page::Page;
use crate::declare::parameters::Parameters;
use crate::declare::receptors::Receptors;
use crate::declare::state::State;
use crate::error::ParameterError;
use crate::neuron::checks::check_names;
use crate::number::real::Real;
use crate::time::TimeGrid;

/// A neuron model: what one neuron does in one step of time.
///
/// This is how most models are written. An author says what the parameters, the state and the input of a neuron are, and how a
/// step goes; all else comes from here: columns of numbers and loops on the vector units, parameters that neurons share or have of
/// their own, changes of parameters in the middle of a run, variables by name for recorders and scenes, the page in the catalogue,
/// and both precisions. A model that is no function of one neuron implements [`NeuronModel`](crate::NeuronModel) itself.
///
/// # A whole model
///
/// ```
/// use neuropil_core::prelude::*;
///
/// /// Leaky integrator that fires at threshold.
/// ///
/// /// # Dynamics
/// ///
/// /// ```text
/// /// tau_m dV_m/dt = E_L - V_m + R_m I_stim
/// /// V_m >= V_th  =>  spike, V_m = E_L
/// /// ```
/// ///
/// /// # Numerics
/// ///
/// /// Exact on the grid. First `V_m` moves, then the spikes that arrive are added, then `V_m` is compared with `V_th` (>=).
/// ///
/// /// # References
/// ///
/// /// - L. Lapicque (1907), J. Physiol. Pathol. Gen. 9, 620-635
/// #[derive(Neuron)]
/// #[model("leaky_integrator")]
/// pub struct LeakyIntegrator;
///
/// /// What scenes set.
/// #[derive(Parameters)]
/// pub struct Parameters {
///     #[parameter(iaf::TAU_M)]
///     tau_m: f64,
///     #[parameter(iaf::E_L)]
///     E_L: f64,
///     #[parameter(iaf::V_TH)]
///     V_th: f64,
///     /// Membrane resistance.
///     #[parameter(MOHM, default = 100.0, Positive)]
///     R_m: f64,
/// }
///
/// /// What a neuron is in.
/// #[derive(State)]
/// pub struct State<R> {
///     #[state(iaf::V_M, relative_to = E_L)]
///     V_m: R,
/// }
///
/// /// What arrives in a step.
/// #[derive(Receptors)]
/// pub struct Input<R> {
///     /// Jumps of the potential.
///     #[receptor(MV, AnyWeight)]
///     jump: R,
///     #[receptor(iaf::CURRENT, next_step)]
///     current: R,
/// }
///
/// /// What a step needs to know. Potentials are relative to `E_L`.
/// #[derive(Clone, Copy, Constants)]
/// pub struct Constants<R> {
///     decay: R,
///     from_current: R,
///     V_th: R,
/// }
///
/// impl Neuron for LeakyIntegrator {
///     type Parameters = Parameters;
///     type Constants<R: Real> = Constants<R>;
///     type State<R: Real> = State<R>;
///     type Input<R: Real> = Input<R>;
///
///     fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
///         if p.V_th <= p.E_L {
///             return Err(ParameterError::new("V_th", "`V_th` must be above `E_L`"));
///         }
///         let decay = exp(-grid.dt_ms() / p.tau_m);
///         Ok(Constants { decay, from_current: p.R_m / 1000.0 * (1.0 - decay), V_th: p.V_th - p.E_L })
///     }
///
///     #[inline(always)]
///     fn step<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> bool {
///         let V_m = c.decay * s.V_m + c.from_current * input.current + input.jump;
///         let spike = V_m >= c.V_th;
///         s.V_m = select(spike, R::ZERO, V_m);
///         spike
///     }
///
///     const AUDIT: Option<AuditOf<Self>> = Some(|p| Displacement {
///         distance: p.V_th - p.E_L,
///         constant: 0.0,
///         receptors: Input { jump: p.tau_m, current: p.R_m / 1000.0 },
///     });
/// }
///
/// # let mut registry = neuropil_core::Registry::default();
/// # registry.add_plugin(&LeakyIntegrator);
/// assert_eq!(LeakyIntegrator::DECLARATION.parameters[3].name, "R_m");
/// ```
///
/// # In a step
///
/// - Mark `step`, and all that it calls, `#[inline(always)]`: what is not inlined is compiled for the instruction set that every
///   machine has, and neurons are no longer advanced on vectors.
/// - Write [`select`](crate::prelude::select) and not `if` where the two sides are numbers: a branch keeps the loop from running on
///   vectors. The operations of [`Real`] give the same bits on all machines; there are no others.
/// - State that decays to nothing is [`flushed`](Real::flushed): arithmetic on subnormal numbers is slow.
/// - A step depends on the neuron alone, never on its place in a slice; random numbers come as a field of the input.
///
/// # Less common
///
/// - A state variable to which a receptor adds each spike itself, after the step, is `held_in` that receptor.
/// - What is rare and costly is done [at spikes](Neuron::at_spike).
/// - A solver with sub-steps and branches is a [slow step](Neuron::step_slowly), which a parameter may choose neuron by neuron.
/// - Parameters may be constants as well: `#[derive(Clone, Copy, Parameters, Constants)] struct Parameters<R = f64>` is a field
///   `p: Parameters<R>` of the constants, filled with `*p`.
pub trait Neuron: Page + Sized + Send + Sync + 'static {
    /// What scenes set.
    type Parameters: Parameters;
    /// What a step needs to know, derived from the parameters.
    type Constants<R: Real>: Columnar<Double = Self::Constants<f64>>;
    /// What a neuron is in.
    type State<R: Real>: State<R>;
    /// What arrives in a step.
    type Input<R: Real>: Receptors<R>;

    /// The constants of a neuron. They are rounded to the precision of the simulation afterwards.
    ///
    /// # Errors
    /// Where parameters are each in their range but do not fit together.
    fn constants(p: &Self::Parameters, grid: &TimeGrid) -> Result<Self::Constants<f64>, ParameterError>;

    /// The same for a model that reproduces another program, which rounds in between.
    ///
    /// # Errors
    /// As [`Neuron::constants`].
    fn rounded_constants<R: Real>(
        p: &Self::Parameters,
        grid: &TimeGrid,
    ) -> Result<Self::Constants<R>, ParameterError> {
        Self::constants(p, grid).map(Columnar::rounded)
    }

    /// Advances a neuron by a step; whether it fires. To be marked `#[inline(always)]`.
    fn step<R: Real>(c: &Self::Constants<R>, s: &mut Self::State<R>, input: Self::Input<R>) -> bool;

    /// How input moves the membrane: what `neuropil plan` and `check` tell of it.
    const AUDIT: Option<AuditOf<Self>> = None;

    /// What follows from the constants in the state of a neuron that begins. Declared variables have their initial values.
    fn initialize<R: Real>(_c: &Self::Constants<R>, _s: &mut Self::State<R>) {}

    /// What follows from constants that have changed in the state of a neuron.
    fn reconfigure<R: Real>(_c: &Self::Constants<R>, _s: &mut Self::State<R>) {}

    /// What happens to a neuron that has fired in a step, after the step of all: for what is rare, or too costly for every step.
    fn at_spike<R: Real>() -> Option<AtSpike<Self, R>> {
        None
    }

    /// Whether a neuron takes a slow step.
    fn is_slow<R: Real>(_c: &Self::Constants<R>) -> bool {
        false
    }

    /// The step of a neuron that is slow: with branches, sub-steps or calls, one neuron at a time.
    fn step_slowly<R: Real>(c: &Self::Constants<R>, s: &mut Self::State<R>, input: Self::Input<R>) -> bool {
        Self::step(c, s, input)
    }

    /// What the model declares about itself; derived.
    const DECLARATION: &'static Declaration = &Declaration {
        name: Self::NAME,
        kind: ModelKind::Neuron,
        summary: Self::SUMMARY,
        equations: Self::EQUATIONS,
        numerics: Self::NUMERICS,
        parameters: Self::Parameters::DECLARED,
        states: check_names(
            Self::Parameters::DECLARED,
            <Self::State<f64> as State<f64>>::DECLARED,
            <Self::State<f64> as State<f64>>::SHOWN,
        ),
        receptors: <Self::Input<f64> as Receptors<f64>>::DECLARED,
        references: Self::REFERENCES,
        audit: if Self::AUDIT.is_some() {
            Some(Audit {
                distance: |values| displacement::<Self>(values).map_or(f64::NAN, |d| d.distance),
                constant: |values| displacement::<Self>(values).map_or(f64::NAN, |d| d.constant),
                receptor: |values, channel| {
                    displacement::<Self>(values).map_or(f64::NAN, |d| d.receptors.of_receptor(channel))
                },
            })
        } else {
            None
        },
    };
}

/// How input moves the membrane of a neuron, to first order, in mV.
#[derive(Clone, Copy, Debug)]
pub struct Displacement<I> {
    /// From rest to threshold.
    pub distance: f64,
    /// By how much the constant input moves the mean potential.
    pub constant: f64,
    /// By how much spikes of weight 1 at one per ms move it, for each receptor; for currents, a current of 1.
    pub receptors: I,
}

/// How input moves the membrane of a neuron with these parameters.
pub type AuditOf<M> = fn(&<M as Neuron>::Parameters) -> Displacement<<M as Neuron>::Input<f64>>;

/// Changes the state of a neuron that has fired in this step.
pub type AtSpike<M, R> = fn(&<M as Neuron>::Constants<R>, &mut <M as Neuron>::State<R>, u64);

fn displacement<M: Neuron>(values: &[f64]) -> Option<Displacement<M::Input<f64>>> {
    M::AUDIT.map(|audit| audit(&M::Parameters::from_values(values)))
}
