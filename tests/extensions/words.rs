//! A random distribution and a function of expressions, outside of the program's own list: one file.

use neuropil_core::math;
use neuropil_core::prelude::*;

/// Gamma: positive values, the more alike the larger the shape.
///
/// # References
///
/// - G. Marsaglia, W. W. Tsang (2000), ACM Trans. Math. Softw. 26, 363-372.
#[derive(Debug, Default, Parameters, Distribution)]
#[model("gamma")]
pub(crate) struct Gamma {
    /// Shape, at least 1.
    #[parameter(NONE, required, example = 2.0, Positive)]
    shape: f64,
    /// Mean.
    #[parameter(any_unit, required, example = 2.0, Positive)]
    mean: f64,
}

impl DistributionModel for Gamma {
    fn draw(&self, random: &mut Sequence) -> f64 {
        let d = self.shape - 1.0 / 3.0;
        loop {
            let x = random.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && math::ln(random.open01()) < 0.5 * x * x + d - d * v + d * math::ln(v) {
                return self.mean / self.shape * d * v;
            }
        }
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.mean / self.shape.sqrt()
    }

    fn bounds(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn is_positive(&self) -> bool {
        true
    }

    fn check(&self, _show: &dyn Fn(f64) -> String) -> Result<(), ParameterError> {
        if self.shape >= 1.0 {
            return Ok(());
        }
        Err(ParameterError::new("shape", format!("`shape` is {}, but must be at least 1", self.shape)))
    }
}

/// The Nernst potential of an ion.
#[derive(Debug, Default, Parameters, Function)]
#[model("nernst")]
pub(crate) struct Nernst {
    /// The concentration outside, relative to that inside.
    #[parameter(NONE, required, example = 0.04, Positive)]
    ratio: f64,
    /// Charges of an ion.
    #[parameter(NONE, default = 1.0)]
    valence: f64,
    /// Degrees Celsius.
    #[parameter(NONE, default = 37.0)]
    temperature: f64,
}

impl FunctionModel for Nernst {
    const RESULT: ResultUnit = ResultUnit::Own(units::MV);

    fn value(&self) -> Result<f64, ParameterError> {
        const GAS_OVER_FARADAY: f64 = 0.086_173_332_62; // mV per kelvin
        Ok(GAS_OVER_FARADAY * (self.temperature + 273.15) / self.valence * math::ln(self.ratio))
    }
}
