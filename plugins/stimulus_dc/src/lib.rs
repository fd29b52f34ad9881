//! A constant current: [`dc_generator`](DcGenerator).
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;

/// Constant current in a window of time.
///
/// # Dynamics
///
/// ```text
/// I(t) = amplitude    for start <= t < stop
/// ```
///
/// # Numerics
///
/// The current is sent a step ahead of its window, arrives `delay` later, is taken at the end of that step and acts in the
/// next: over a delay of one step the membrane changes from start + 2 dt to stop + dt. A window that begins at 0 loses its
/// first step, as in NEST. The weight of the connection, a pure number, multiplies the current.
#[derive(Stimulus)]
#[model("dc_generator")]
pub struct DcGenerator;

/// What scenes set.
#[derive(Parameters)]
pub struct Parameters {
    /// The current.
    #[parameter(PA, default = 0.0)]
    amplitude: f64,
    #[parameter(window::START)]
    start: f64,
    #[parameter(window::STOP)]
    stop: f64,
}

impl Stimulus for DcGenerator {
    type Parameters = Parameters;
    type Constants<R: Real> = ();
    type State<R: Real> = ();
    type Input<R: Real> = ();
    const OUTPUT: StimulusOutput = StimulusOutput::Current(units::PA);

    fn window(p: &Parameters, grid: &TimeGrid) -> Result<Window, ParameterError> {
        Ok(Window::new(p.start, p.stop, grid)?.of_current())
    }

    fn constants(_p: &Parameters, _grid: &TimeGrid) -> Result<(), ParameterError> {
        Ok(())
    }

    fn strength(p: &Parameters) -> f64 {
        p.amplitude
    }

    #[inline(always)]
    fn drive<R: Real>(_c: &(), _s: &mut (), _input: ()) -> R {
        R::from_f64(1.0)
    }
}
