//! A connection rule.

use neuropil_core::prelude::*;

/// Every target draws so many sources.
#[derive(Debug, Default, Parameters, Rule)]
#[model("test_rule")]
pub(crate) struct TestRule {
    /// Number of sources.
    #[parameter(default = 10)]
    indegree: u32,
}

impl RuleModel for TestRule {
    fn expected(&self, sizes: Sizes) -> Expected {
        Expected::exactly(f64::from(self.indegree) * f64::from(sizes.n_targets))
    }

    fn max_indegree(&self, _sizes: Sizes) -> u64 {
        u64::from(self.indegree)
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        onto.each_target(|target, sources| {
            let n = target.n_sources();
            sources.extend((0..self.indegree).map(|_| target.random.below(n)));
        })
    }
}
