//! Connection rules: which pairs of a source and a target view are connected.

use std::fmt;
use std::sync::Arc;

use crate::list::ConnectionList;

/// A connection rule.
#[derive(Clone, Debug, PartialEq)]
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
    /// For every source `outdegree` targets, each drawn with equal probability.
    FixedOutdegree {
        /// The number of synapses of each source.
        outdegree: u32,
        /// Whether a neuron may connect to itself.
        allow_autapses: bool,
        /// Whether a pair may be connected more than once.
        allow_multapses: bool,
    },
    /// `n` synapses, each between a source and a target drawn with equal probability.
    TotalNumber {
        /// The number of synapses.
        n: u64,
        /// Whether a neuron may connect to itself.
        allow_autapses: bool,
    },
    /// The synapses of a list or a file.
    List(Arc<ConnectionList>),
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
            Self::FixedOutdegree { .. } => "fixed_outdegree",
            Self::TotalNumber { .. } => "total_number",
            Self::List(list) => list.rule_name(),
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
            Self::FixedOutdegree { outdegree, .. } => {
                Expected { mean: f64::from(outdegree) * sources, sd: 0.0 }
            }
            Self::TotalNumber { n, .. } => Expected { mean: n as f64, sd: 0.0 },
            Self::List(ref list) => Expected { mean: list.len() as f64, sd: 0.0 },
            Self::PairwiseBernoulli { p, allow_autapses } => {
                let n = pairs(allow_autapses);
                Expected { mean: p * n, sd: (n * p * (1.0 - p)).sqrt() }
            }
        }
    }

    /// Whether every source is connected once to every target, but for itself perhaps.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        match *self {
            Self::AllToAll { .. } => true,
            Self::PairwiseBernoulli { p, .. } => p >= 1.0,
            _ => false,
        }
    }

    /// The largest number of synapses that one target can have; where targets are drawn with replacement, a number that
    /// none will ever reach.
    #[must_use]
    pub fn max_indegree(&self, n_sources: u32, n_targets: u32) -> u64 {
        match *self {
            Self::OneToOne => 1,
            Self::FixedIndegree { indegree, .. } => u64::from(indegree),
            Self::FixedOutdegree { outdegree, allow_multapses: true, allow_autapses } => {
                let n = f64::from(outdegree) * f64::from(n_sources);
                unreachable_indegree(
                    n,
                    n / f64::from(n_targets - u32::from(!allow_autapses && n_targets > 1)),
                )
            }
            Self::TotalNumber { n, allow_autapses } => {
                // Pairs that are left out move their share to the others.
                let (sources, targets) = (f64::from(n_sources), f64::from(n_targets));
                let left_out = if allow_autapses { 0.0 } else { sources.min(targets) };
                let pairs = (sources * targets - left_out).max(1.0);
                unreachable_indegree(n as f64, n as f64 * sources / pairs)
            }
            Self::List(ref list) => list.max_indegree(),
            Self::AllToAll { .. } | Self::FixedOutdegree { .. } | Self::PairwiseBernoulli { .. } => {
                u64::from(n_sources)
            }
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
                    let how = without(allow_autapses, allow_multapses);
                    return Err(format!(
                        "an indegree of {indegree}{how} needs at least {needed} sources, but there are {available}"
                    ));
                }
                Ok(())
            }
            Self::FixedOutdegree { outdegree, allow_autapses, allow_multapses } => {
                check_outdegree(outdegree, n_targets, n_shared, allow_autapses, allow_multapses)
            }
            Self::TotalNumber { n, allow_autapses } => {
                let only_autapses = !allow_autapses && n_sources == 1 && n_targets == 1 && n_shared == 1;
                if n > 0 && (n_sources == 0 || n_targets == 0 || only_autapses) {
                    return Err("there is no pair of neurons to connect".to_owned());
                }
                Ok(())
            }
            Self::List(ref list) => list.check(n_sources, n_targets),
            _ => Ok(()),
        }
    }
}

/// A number of synapses that no target has where `n` fall on targets at random, at most `mean` on each: some ten standard
/// deviations above the mean, which happens once in 10^25 targets.
fn unreachable_indegree(n: f64, mean: f64) -> u64 {
    (mean + 12.0 * mean.sqrt() + 100.0).min(n) as u64
}

fn check_outdegree(
    outdegree: u32,
    n_targets: u32,
    n_shared: u32,
    allow_autapses: bool,
    allow_multapses: bool,
) -> Result<(), String> {
    let available = n_targets - u32::from(!allow_autapses && n_shared > 0 && n_targets > 0);
    let needed = if allow_multapses { u32::from(outdegree > 0) } else { outdegree };
    if needed <= available {
        return Ok(());
    }
    let how = without(allow_autapses, allow_multapses);
    Err(format!(
        "an outdegree of {outdegree}{how} needs at least {needed} targets, but there are {available}"
    ))
}

/// What is not allowed, for messages.
fn without(allow_autapses: bool, allow_multapses: bool) -> &'static str {
    match (allow_autapses, allow_multapses) {
        (true, true) => "",
        (true, false) => " without multapses",
        (false, true) => " without autapses",
        (false, false) => " without autapses and multapses",
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FixedIndegree { indegree, .. } => write!(f, "fixed_indegree({indegree})"),
            Self::FixedOutdegree { outdegree, .. } => write!(f, "fixed_outdegree({outdegree})"),
            Self::TotalNumber { n, .. } => write!(f, "total_number({n})"),
            Self::PairwiseBernoulli { p, .. } => write!(f, "pairwise_bernoulli({p})"),
            Self::AllToAll { .. } | Self::OneToOne | Self::List(_) => f.write_str(self.name()),
        }
    }
}
