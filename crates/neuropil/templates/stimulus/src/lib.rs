//! A current that rises and then stays: [`my_stimulus`](MyStimulus).
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;

/// Current that rises and then stays.
///
/// # Dynamics
///
/// ```text
/// I(t) = amplitude min(1, (t - start)/rise)    for start <= t < stop
/// ```
///
/// # Numerics
///
/// The current of a step is that of the step's beginning. It arrives `delay` later, at the end of a step.
#[derive(Stimulus)]
#[model("my_stimulus")]
pub struct MyStimulus;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    /// The current at the end of the rise.
    #[parameter(PA, default = 0.0)]
    amplitude: f64,
    /// Duration of the rise.
    #[parameter(MS, default = 100.0, Positive)]
    rise: f64,
    #[parameter(window::START)]
    start: f64,
    #[parameter(window::STOP)]
    stop: f64,
}

/// What a step needs to know, in ms.
#[derive(Clone, Copy, Constants)]
pub struct Constants {
    dt: f64,
    start: f64,
    rise: f64,
}

/// What a step is given.
#[derive(Receptors)]
pub struct Input {
    #[step]
    step: u64,
}

impl Stimulus for MyStimulus {
    type Parameters = Parameters;
    type Constants<R: Real> = Constants;
    type State<R: Real> = ();
    type Input<R: Real> = Input;
    const OUTPUT: StimulusOutput = StimulusOutput::Current(units::PA);

    fn window(p: &Parameters, grid: &TimeGrid) -> Result<Window, ParameterError> {
        Window::new(p.start, p.stop, grid)
    }

    fn constants(p: &Parameters, grid: &TimeGrid) -> Result<Constants, ParameterError> {
        Ok(Constants { dt: grid.dt_ms(), start: p.start, rise: p.rise })
    }

    fn strength(p: &Parameters) -> f64 {
        p.amplitude
    }

    #[inline(always)]
    fn drive<R: Real>(c: &Constants, _s: &mut (), input: Input) -> R {
        let risen = (input.step as f64 * c.dt - c.start) / c.rise;
        R::from_f64(select(risen < 1.0, risen, 1.0))
    }
}
