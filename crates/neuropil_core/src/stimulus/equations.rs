//! A stimulus as its equation.

use crate::declare::columnar::Columnar;
use crate::declare::declaration::{Declaration, ModelKind};
use crate::declare::page::{Page, declaration_of};
use crate::declare::parameters::Parameters;
use crate::declare::receptors::Receptors;
use crate::declare::state::State;
use crate::error::ParameterError;
use crate::number::real::Real;
use crate::stimulus::component::StimulusOutput;
use crate::stimulus::window::Window;
use crate::time::TimeGrid;

/// A stimulus: what it gives one of its targets in one step.
///
/// As for a [`Neuron`](crate::Neuron), an author writes what is special to the model. A stimulus that is not drawn target by target
/// implements [`StimulusModel`](crate::StimulusModel) itself.
///
/// ```
/// use neuropil_core::prelude::*;
///
/// /// Noisy current: an Ornstein-Uhlenbeck process of its own for each target.
/// ///
/// /// # Dynamics
/// ///
/// /// ```text
/// /// tau dI/dt = mean - I + sd sqrt(2 tau) xi(t)    for start <= t < stop
/// /// ```
/// ///
/// /// # Numerics
/// ///
/// /// Exact on the grid. It starts at 0.
/// #[derive(Stimulus)]
/// #[model("noisy_current")]
/// pub struct NoisyCurrent;
///
/// #[derive(Parameters)]
/// pub struct Parameters {
///     /// Mean of the current.
///     #[parameter(PA, default = 0.0)]
///     mean: f64,
///     /// Standard deviation of the current.
///     #[parameter(PA, default = 10.0, NonNegative)]
///     sd: f64,
///     /// Correlation time.
///     #[parameter(MS, default = 5.0, Positive)]
///     tau: f64,
///     #[parameter(window::START)]
///     start: f64,
///     #[parameter(window::STOP)]
///     stop: f64,
/// }
///
/// /// What the stimulus keeps for each target.
/// #[derive(State)]
/// pub struct State<R> {
///     I: R,
/// }
///
/// #[derive(Receptors)]
/// pub struct Input<R> {
///     #[random(Normal)]
///     xi: R,
/// }
///
/// #[derive(Clone, Copy, Constants)]
/// pub struct Constants<R> {
///     mean: R,
///     decay: R,
///     noise: R,
/// }
///
/// impl Stimulus for NoisyCurrent {
///     type Parameters = Parameters;
///     type Constants<R: Real> = Constants<R>;
///     type State<R: Real> = State<R>;
///     type Input<R: Real> = Input<R>;
///     const OUTPUT: StimulusOutput = StimulusOutput::Current(units::PA);
///
///     fn window(p: &Parameters, grid: &TimeGrid) -> Result<Window, ParameterError> {
///         Ok(Window::new(p.start, p.stop, grid)?.of_current())
///     }
///
///     fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
///         let decay = exp(-grid.dt_ms() / p.tau);
///         Ok(Constants { mean: p.mean, decay, noise: p.sd * (1.0 - decay * decay).sqrt() })
///     }
///
///     #[inline(always)]
///     fn drive<R: Real>(c: &Constants<R>, s: &mut State<R>, input: Input<R>) -> R {
///         s.I = c.mean + c.decay * (s.I - c.mean) + c.noise * input.xi;
///         s.I
///     }
/// }
/// # neuropil_core::Registry::default().add_plugin(&NoisyCurrent);
/// ```
pub trait Stimulus: Page + Sized + Send + Sync + 'static {
    /// What scenes set.
    type Parameters: Parameters;
    /// What a step needs to know, derived from the parameters.
    type Constants<R: Real>: Columnar<Double = Self::Constants<f64>>;
    /// What the stimulus keeps for each target, if anything; it stays where a protocol changes a parameter.
    type State<R: Real>: State<R>;
    /// What a step is given: its number, or random numbers of the target. No receptors.
    type Input<R: Real>: Receptors<R>;
    /// What the stimulus sends.
    const OUTPUT: StimulusOutput;

    /// When the stimulus is active.
    ///
    /// # Errors
    /// Where the times do not fit together.
    fn window(p: &Self::Parameters, grid: &TimeGrid) -> Result<Window, ParameterError>;

    /// The constants of the stimulus. They are rounded to the precision of the simulation afterwards.
    ///
    /// # Errors
    /// Where parameters are each in their range but do not fit together.
    fn constants(p: &Self::Parameters, grid: &TimeGrid) -> Result<Self::Constants<f64>, ParameterError>;

    /// A factor of all that is sent, by which weights are multiplied once.
    fn strength(_p: &Self::Parameters) -> f64 {
        1.0
    }

    /// What a target of weight 1 gets in a step, by a stimulus of strength 1. To be marked `#[inline(always)]`.
    fn drive<R: Real>(c: &Self::Constants<R>, s: &mut Self::State<R>, input: Self::Input<R>) -> R;

    /// What the model declares about itself; derived.
    const DECLARATION: &'static Declaration = {
        assert!(<Self::Input<f64> as Receptors<f64>>::DECLARED.is_empty(), "nothing arrives at a stimulus");
        &declaration_of::<Self, Self::Parameters>(ModelKind::Stimulus)
    };
}
