//! So many synapses for each target.

use neuropil_core::prelude::*;

use crate::without::{available, enough, without};

/// Connects every target with so many sources, each drawn with equal probability.
#[derive(Clone, Debug, Page, Parameters)]
#[model("fixed_indegree")]
pub struct FixedIndegree {
    /// Number of synapses of each target.
    #[parameter(required, example = 100)]
    indegree: u32,
    /// Whether a neuron may connect to itself.
    #[parameter(default = true)]
    allow_autapses: bool,
    /// Whether a pair may be connected more than once.
    #[parameter(default = true)]
    allow_multapses: bool,
}

impl RuleModel for FixedIndegree {
    fn expected(&self, sizes: Sizes) -> Expected {
        Expected::exactly(f64::from(self.indegree) * f64::from(sizes.n_targets))
    }

    fn max_indegree(&self, _sizes: Sizes) -> u64 {
        u64::from(self.indegree)
    }

    fn check(&self, sizes: Sizes) -> Result<(), RuleError> {
        let Self { indegree, allow_autapses, allow_multapses } = *self;
        let available = available(sizes.n_sources, sizes, allow_autapses);
        enough(indegree, available, allow_multapses).map_err(|needed| {
            let how = without(allow_autapses, allow_multapses);
            RuleError::new(format!(
                "an indegree of {indegree}{how} needs at least {needed} sources, but there are {available}"
            ))
        })
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        let indegree = self.indegree as usize;
        if self.allow_multapses {
            return onto.each_target(move |target, sources| {
                target.draw(indegree, target.left_out(self.allow_autapses), sources);
            });
        }
        onto.each_target(move |target, sources| {
            target.draw_distinct(indegree, target.left_out(self.allow_autapses), sources);
        })
    }
}
