//! Connection rules: which pairs of a source and a target view are connected.

use std::fmt;

/// A connection rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// Every source with every target.
    AllToAll {
        /// Whether a neuron may connect to itself.
        allow_autapses: bool,
    },
    /// The neuron at each position of the source view with that at the same position of the target view.
    OneToOne,
    /// For every target `indegree` sources, each drawn with equal probability.
    FixedIndegree {
        /// The number of synapses of each target.
        indegree: u32,
        /// Whether a neuron may connect to itself.
        allow_autapses: bool,
        /// Whether a pair may be connected more than once.
        allow_multapses: bool,
    },
    /// Every pair with probability `p`, independently.
    PairwiseBernoulli {
        /// The probability.
        p: f64,
        /// Whether a neuron may connect to itself.
        allow_autapses: bool,
    },
}

/// How many synapses a rule makes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
}

impl Rule {
    /// The name that scenes use.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::AllToAll { .. } => "all_to_all",
            Self::OneToOne => "one_to_one",
            Self::FixedIndegree { .. } => "fixed_indegree",
            Self::PairwiseBernoulli { .. } => "pairwise_bernoulli",
        }
    }

    /// The number of synapses between views of `n_sources` and `n_targets` neurons, `n_shared` of which are in
    /// both.
    #[must_use]
    pub fn expected(&self, n_sources: u32, n_targets: u32, n_shared: u32) -> Expected {
        let (sources, targets, shared) = (f64::from(n_sources), f64::from(n_targets), f64::from(n_shared));
        let pairs = |allow_autapses| sources * targets - if allow_autapses { 0.0 } else { shared };
        match *self {
            Self::AllToAll { allow_autapses } => Expected { mean: pairs(allow_autapses), sd: 0.0 },
            Self::OneToOne => Expected { mean: targets, sd: 0.0 },
            Self::FixedIndegree { indegree, .. } => Expected { mean: f64::from(indegree) * targets, sd: 0.0 },
            Self::PairwiseBernoulli { p, allow_autapses } => {
                let n = pairs(allow_autapses);
                Expected { mean: p * n, sd: (n * p * (1.0 - p)).sqrt() }
            }
        }
    }

    /// The largest number of synapses that one target can have.
    #[must_use]
    pub fn max_indegree(&self, n_sources: u32) -> u64 {
        match *self {
            Self::OneToOne => 1,
            Self::FixedIndegree { indegree, .. } => u64::from(indegree),
            Self::AllToAll { .. } | Self::PairwiseBernoulli { .. } => u64::from(n_sources),
        }
    }

    /// Checks that the rule can connect views of these sizes.
    ///
    /// # Errors
    /// A sentence that says why not.
    pub fn check(&self, n_sources: u32, n_targets: u32, n_shared: u32) -> Result<(), String> {
        match *self {
            Self::OneToOne if n_sources != n_targets => Err(format!(
                "one_to_one needs as many sources as targets, but there are {n_sources} and {n_targets}"
            )),
            Self::FixedIndegree { indegree, allow_autapses, allow_multapses } => {
                let available = n_sources - u32::from(!allow_autapses && n_shared > 0 && n_sources > 0);
                let short =
                    if allow_multapses { indegree > 0 && available == 0 } else { indegree > available };
                if short {
                    let needed = if allow_multapses { 1 } else { indegree };
                    let how = match (allow_autapses, allow_multapses) {
                        (true, true) => "",
                        (true, false) => " without multapses",
                        (false, true) => " without autapses",
                        (false, false) => " without autapses and multapses",
                    };
                    return Err(format!(
                        "an indegree of {indegree}{how} needs at least {needed} sources, but there are {available}"
                    ));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FixedIndegree { indegree, .. } => write!(f, "fixed_indegree({indegree})"),
            Self::PairwiseBernoulli { p, .. } => write!(f, "pairwise_bernoulli({p})"),
            Self::AllToAll { .. } | Self::OneToOne => f.write_str(self.name()),
        }
    }
}
