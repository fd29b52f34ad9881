//! Random distributions: what scenes write where values differ between neurons or synapses.
//!
//! A distribution is a struct of its arguments that implements [`DistributionModel`].

use std::any::Any;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::declare::declaration::Parameter;
use crate::declare::page::Page;
use crate::declare::parameters::Parameters;
use crate::error::ParameterError;
use crate::random::streams::Sequence;

/// A random distribution.
///
/// Arguments of `any_unit` are in the unit of the value that is drawn. Where it has the optional arguments `low` and `high`, they
/// cut it off: messages tell so, where a parameter of a model has a narrower range.
///
/// ```
/// use neuropil_core::prelude::*;
///
/// /// Laplace: exponential on both sides of its mean.
/// #[derive(Debug, Default, Parameters, Distribution)]
/// #[model("laplace")]
/// pub struct Laplace {
///     /// Mean.
///     #[parameter(any_unit, required, example = 2.0)]
///     mean: f64,
///     /// Mean distance from the mean.
///     #[parameter(any_unit, required, example = 1.0, Positive)]
///     scale: f64,
/// }
///
/// impl DistributionModel for Laplace {
///     fn draw(&self, random: &mut Sequence) -> f64 {
///         let side = if random.below(2) == 0 { -1.0 } else { 1.0 };
///         self.mean + side * self.scale * random.exponential()
///     }
///
///     fn mean(&self) -> f64 {
///         self.mean
///     }
///
///     fn sd(&self) -> f64 {
///         self.scale * 2.0_f64.sqrt()
///     }
///
///     fn bounds(&self) -> (f64, f64) {
///         (f64::NEG_INFINITY, f64::INFINITY)
///     }
/// }
///
/// let mut registry = neuropil_core::Registry::default();
/// registry.add_plugin(&Laplace::default());
/// let laplace = registry.distribution("laplace").unwrap().distribution(vec![-60.0, 2.0]);
/// assert_eq!(laplace.mean(), -60.0);
/// ```
pub trait DistributionModel: Any + fmt::Debug + Send + Sync {
    /// A value. Each has random numbers of its own, which depend on the neuron or synapse alone: draw from nothing else.
    fn draw(&self, random: &mut Sequence) -> f64;

    /// The mean, for plans.
    fn mean(&self) -> f64;

    /// The standard deviation, for plans.
    fn sd(&self) -> f64;

    /// The smallest and the largest value, which may be infinite.
    fn bounds(&self) -> (f64, f64);

    /// Whether all values are above zero: also true of values that come as near to zero as they like.
    fn is_positive(&self) -> bool {
        self.bounds().0 > 0.0
    }

    /// Checks that the arguments fit together; `show` writes a value with its unit.
    ///
    /// # Errors
    /// Where they do not.
    fn check(&self, _show: &dyn Fn(f64) -> String) -> Result<(), ParameterError> {
        Ok(())
    }
}

/// A random distribution with the values of its arguments.
#[derive(Clone, Debug)]
pub struct Distribution {
    name: &'static str,
    parameters: &'static [Parameter],
    values: Vec<f64>,
    model: Arc<dyn DistributionModel>,
}

impl Distribution {
    /// The distribution `M` with the values of its declared arguments, in order.
    #[must_use]
    pub fn new<M: DistributionModel + Page + Parameters>(values: Vec<f64>) -> Self {
        let model = Arc::new(M::from_values(&values));
        Self { name: M::NAME, parameters: M::DECLARED, values, model }
    }

    /// The name that scenes use.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The declared arguments, with their values.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = (&'static Parameter, f64)> {
        self.parameters.iter().zip(self.values.iter().copied())
    }
}

impl Deref for Distribution {
    type Target = dyn DistributionModel;

    fn deref(&self) -> &Self::Target {
        &*self.model
    }
}

/// Names are unique in a registry.
impl PartialEq for Distribution {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.values == other.values
    }
}
