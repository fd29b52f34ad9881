//! Every pair.

use neuropil_core::prelude::*;

/// Connects every source with every target.
#[derive(Clone, Debug, Page, Parameters)]
#[model("all_to_all")]
pub struct AllToAll {
    /// Whether a neuron may connect to itself.
    #[parameter(default = true)]
    allow_autapses: bool,
}

impl RuleModel for AllToAll {
    fn expected(&self, sizes: Sizes) -> Expected {
        Expected::exactly(sizes.pairs(self.allow_autapses))
    }

    fn max_indegree(&self, sizes: Sizes) -> u64 {
        u64::from(sizes.n_sources)
    }

    fn is_complete(&self) -> bool {
        true
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        onto.each_target(|target, sources| {
            let left_out = target.left_out(self.allow_autapses);
            sources.extend((0..target.n_sources()).filter(|&s| Some(s) != left_out));
        })
    }
}
