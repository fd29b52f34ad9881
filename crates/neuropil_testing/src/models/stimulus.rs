//! A stimulus.

use neuropil_core::prelude::*;

/// Spikes at random.
///
/// # Dynamics
///
/// each target gets a spike with probability rate dt in every step with start <= t < stop
///
/// # Numerics
///
/// At most one spike in a step.
#[derive(Stimulus)]
#[model("test_noise")]
pub struct TestNoise;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    /// Mean number of spikes per second.
    #[parameter(HZ, default = 250.0, NonNegative)]
    rate: f64,
    #[parameter(window::START)]
    start: f64,
    #[parameter(window::STOP)]
    stop: f64,
}

/// What a step needs to know.
#[derive(Clone, Copy, Constants)]
pub struct Constants<R> {
    p: R,
}

/// What a step is given.
#[derive(Receptors)]
pub struct Input<R> {
    #[random(Uniform)]
    number: R,
}

impl Stimulus for TestNoise {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants<R>;
    type State<R: Real> = ();
    type Input<R: Real> = Input<R>;
    const OUTPUT: StimulusOutput = StimulusOutput::Spikes;

    fn window(p: &Parameters, grid: &TimeGrid) -> Result<Window, ParameterError> {
        Window::new(p.start, p.stop, grid)
    }

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants<f64>, ParameterError> {
        Ok(Constants { p: p.rate * grid.dt_ms() / 1000.0 })
    }

    #[inline(always)]
    fn drive<R: Real>(c: &Constants<R>, _s: &mut (), input: Input<R>) -> R {
        select(input.number < c.p, R::from_f64(1.0), R::ZERO)
    }
}
