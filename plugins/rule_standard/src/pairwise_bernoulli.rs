//! Every pair with the same probability.

use neuropil_core::prelude::*;

/// Connects every pair of a source and a target with the same probability, independently of all others.
#[derive(Clone, Debug, Page, Parameters)]
#[model("pairwise_bernoulli")]
pub struct PairwiseBernoulli {
    /// Probability.
    #[parameter(NONE, required, example = 0.1, Probability)]
    p: f64,
    /// Whether a neuron may connect to itself.
    #[parameter(default = true)]
    allow_autapses: bool,
}

impl RuleModel for PairwiseBernoulli {
    fn expected(&self, sizes: Sizes) -> Expected {
        let n = sizes.pairs(self.allow_autapses);
        Expected { mean: self.p * n, sd: (n * self.p * (1.0 - self.p)).sqrt() }
    }

    fn max_indegree(&self, sizes: Sizes) -> u64 {
        u64::from(sizes.n_sources)
    }

    fn is_complete(&self) -> bool {
        self.p >= 1.0
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        onto.each_target(|target, sources| {
            target.draw_each(self.p, target.left_out(self.allow_autapses), sources);
        })
    }
}
