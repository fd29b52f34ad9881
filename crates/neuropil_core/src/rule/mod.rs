//! Connection rules: which pairs of neurons a projection connects.
//!
//! A rule is a struct of its parameters that implements [`RuleModel`]. In most rules a target chooses its sources:
//!
//! ```
//! use neuropil_core::prelude::*;
//!
//! /// A small world on a ring: every target has its nearest neighbours as sources, some of which are replaced at random.
//! ///
//! /// # References
//! ///
//! /// D. J. Watts, S. H. Strogatz (1998), Collective dynamics of 'small-world' networks. doi:10.1038/30918
//! #[derive(Debug, Default, Parameters, Rule)]
//! #[model("small_world")]
//! pub struct SmallWorld {
//!     /// Number of neighbours on either side.
//!     #[parameter(required, example = 5)]
//!     reach: u32,
//!     /// Probability that a source is drawn from the whole ring.
//!     #[parameter(NONE, default = 0.1, Probability)]
//!     p: f64,
//! }
//!
//! impl RuleModel for SmallWorld {
//!     fn expected(&self, sizes: Sizes) -> Expected {
//!         Expected::exactly(2.0 * f64::from(self.reach) * f64::from(sizes.n_targets))
//!     }
//!
//!     fn max_indegree(&self, _sizes: Sizes) -> u64 {
//!         2 * u64::from(self.reach)
//!     }
//!
//!     fn check(&self, sizes: Sizes) -> Result<(), RuleError> {
//!         if sizes.n_sources == sizes.n_targets && sizes.n_sources > 2 * self.reach {
//!             return Ok(());
//!         }
//!         Err(RuleError::new("a ring needs as many sources as targets, and more than are neighbours of one"))
//!     }
//!
//!     fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
//!         onto.each_target(|target, sources| {
//!             let n = target.n_sources();
//!             for distance in 1..=self.reach {
//!                 for neighbour in [target.position + n - distance, target.position + distance] {
//!                     let anywhere = target.random.open01() < self.p;
//!                     sources.push(if anywhere { target.random.below(n) } else { neighbour % n });
//!                 }
//!             }
//!         })
//!     }
//! }
//!
//! let mut registry = neuropil_core::Registry::default();
//! registry.add_plugin(&SmallWorld::default());
//! assert_eq!(registry.rule("small_world").unwrap().rule(vec![3.0, 0.1]).to_string(), "small_world(3)");
//! ```
//!
//! What a target draws, it draws from [`RuleTarget::random`], which depends on its position in the target view alone: so the
//! synapses do not depend on how populations are cut into slices, nor on threads.
//!
//! A rule that goes by source gives its synapses to [`Onto::grouped`]. It must not go through all synapses to find those of a
//! slice: [`Spread`] says how many of a source's synapses fall on which block of targets.

mod counts;
mod draws;
mod grouped;
mod onto;
mod places;
mod spread;

use std::any::Any;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::declare::declaration::Parameter;
use crate::declare::page::Page;
use crate::declare::parameters::Parameters;
use crate::view::View;

pub use counts::{split_distinct, split_independent};
pub use draws::{Distinct, draw_each, draw_with_replacement};
pub use onto::{Connected, Onto, RuleTarget};
pub use places::Places;
pub use spread::Spread;

/// A connection rule.
///
/// Everything that it says is a function of its parameters and of the two views.
pub trait RuleModel: Any + fmt::Debug + Send + Sync {
    /// How many synapses it makes.
    fn expected(&self, sizes: Sizes) -> Expected;

    /// The largest number of synapses that one target can have: a number that none will ever reach, where it is random.
    fn max_indegree(&self, sizes: Sizes) -> u64;

    /// The synapses that end on some of the targets: the same ones, whichever targets are asked for beside them.
    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a>;

    /// Checks that it can connect views of these sizes.
    ///
    /// # Errors
    /// Where it cannot.
    fn check(&self, _sizes: Sizes) -> Result<(), RuleError> {
        Ok(())
    }

    /// Whether every source is connected once to every target, but for itself perhaps.
    fn is_complete(&self) -> bool {
        false
    }

    /// The weights that it gives synapses itself, if it does.
    fn own_weights(&self) -> Option<OwnWeights> {
        None
    }

    /// The smallest and the largest delay in ms, if it gives synapses delays itself.
    fn own_delays(&self) -> Option<(f64, f64)> {
        None
    }

    /// The bytes that it takes as long as the network is there.
    fn bytes(&self) -> f64 {
        0.0
    }

    /// The bytes that it takes for each synapse of a slice while these are built.
    fn building_bytes(&self) -> f64 {
        0.0
    }
}

/// A connection rule with the values of its parameters.
#[derive(Clone, Debug)]
pub struct Rule {
    name: &'static str,
    parameters: &'static [Parameter],
    values: Vec<f64>,
    /// Whether it is data, of which its parameters do not tell.
    is_data: bool,
    model: Arc<dyn RuleModel>,
}

impl Rule {
    /// The rule `M` with the values of its declared parameters, in order.
    #[must_use]
    pub fn new<M: RuleModel + Page + Parameters>(values: Vec<f64>) -> Self {
        let model = Arc::new(M::from_values(&values));
        Self { name: M::NAME, parameters: M::DECLARED, values, is_data: false, model }
    }

    /// The rule `M` with some parameters by name, and the defaults of the others.
    ///
    /// # Panics
    /// If it has no parameter of a name.
    #[must_use]
    pub fn with<M: RuleModel + Page + Parameters>(given: &[(&str, f64)]) -> Self {
        let mut values: Vec<f64> = M::DECLARED.iter().map(|p| p.default).collect();
        for (name, value) in given {
            let position = M::DECLARED.iter().position(|p| p.name == *name);
            values[position.unwrap_or_else(|| panic!("{} has no parameter {name}", M::NAME))] = *value;
        }
        Self::new::<M>(values)
    }

    /// A rule that is data, such as a list of connections: no plugin registers it.
    #[must_use]
    pub fn of_data(name: &'static str, model: impl RuleModel) -> Self {
        Self { name, parameters: &[], values: Vec::new(), is_data: true, model: Arc::new(model) }
    }

    /// The name that scenes use.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The declared parameters, with their values.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = (&'static Parameter, f64)> {
        self.parameters.iter().zip(self.values.iter().copied())
    }

    /// The value of a declared parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<f64> {
        self.parameters().find(|(parameter, _)| parameter.name == name).map(|(_, value)| value)
    }

    /// The rule as what it is, if it is an `M`.
    #[must_use]
    pub fn downcast_ref<M: RuleModel>(&self) -> Option<&M> {
        let model: &dyn Any = &*self.model;
        model.downcast_ref()
    }
}

impl Deref for Rule {
    type Target = dyn RuleModel;

    fn deref(&self) -> &Self::Target {
        &*self.model
    }
}

/// Rules are equal that have the same name and parameters; one that is data is equal to its clones.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        let same_values = || !self.is_data && self.name == other.name && self.values == other.values;
        Arc::ptr_eq(&self.model, &other.model) || same_values()
    }
}

/// The name, with the values that a scene has to give.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let required = self.parameters().filter(|(parameter, _)| parameter.required);
        let values: Vec<String> = required.map(|(_, value)| value.to_string()).collect();
        if values.is_empty() {
            f.write_str(self.name)
        } else {
            write!(f, "{}({})", self.name, values.join(", "))
        }
    }
}

/// The numbers of neurons in the two views that a rule connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// The number of sources.
    pub n_sources: u32,
    /// The number of targets.
    pub n_targets: u32,
    /// The number of neurons that are both.
    pub n_shared: u32,
}

impl Sizes {
    /// The sizes of two views.
    #[must_use]
    pub fn of(sources: &View, targets: &View) -> Self {
        Self { n_sources: sources.len(), n_targets: targets.len(), n_shared: targets.n_shared_with(sources) }
    }

    /// The number of pairs of a source and a target.
    #[must_use]
    pub fn pairs(&self, allow_autapses: bool) -> f64 {
        let left_out = if allow_autapses { 0.0 } else { f64::from(self.n_shared) };
        f64::from(self.n_sources) * f64::from(self.n_targets) - left_out
    }
}

/// How many synapses a rule makes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
}

impl Expected {
    /// A number that is not random.
    #[must_use]
    pub fn exactly(n: f64) -> Self {
        Self { mean: n, sd: 0.0 }
    }
}

/// The weights that a rule gives synapses itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnWeights {
    /// The mean.
    pub mean: f64,
    /// The root of the mean square.
    pub magnitude: f64,
}

/// Why a rule cannot connect two views.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What may help, if anything.
    pub help: Option<String>,
}

impl RuleError {
    /// An error that says what is wrong.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// The same error, with what may help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
