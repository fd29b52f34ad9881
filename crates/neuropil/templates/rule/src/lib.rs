//! A small world on a ring: the connection rule [`my_rule`](MyRule).
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;

/// A small world on a ring: every target has its nearest neighbours as sources, some of which are replaced at random.
///
/// # References
///
/// D. J. Watts, S. H. Strogatz (1998), Collective dynamics of 'small-world' networks. doi:10.1038/30918
#[derive(Debug, Default, Parameters, Rule)]
#[model("my_rule")]
pub struct MyRule {
    /// Number of neighbours on either side.
    #[parameter(required, example = 5)]
    reach: u32,
    /// Probability that a source is drawn from the whole ring.
    #[parameter(NONE, default = 0.1, Probability)]
    p: f64,
}

impl RuleModel for MyRule {
    fn expected(&self, sizes: Sizes) -> Expected {
        Expected::exactly(2.0 * f64::from(self.reach) * f64::from(sizes.n_targets))
    }

    fn max_indegree(&self, _sizes: Sizes) -> u64 {
        2 * u64::from(self.reach)
    }

    fn check(&self, sizes: Sizes) -> Result<(), RuleError> {
        if sizes.n_sources == sizes.n_targets && sizes.n_sources > 2 * self.reach {
            return Ok(());
        }
        Err(RuleError::new("a ring needs as many sources as targets, and more than are neighbours of one"))
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        onto.each_target(|target, sources| {
            let n = target.n_sources();
            for distance in 1..=self.reach {
                for neighbour in [target.position + n - distance, target.position + distance] {
                    let anywhere = target.random.open01() < self.p;
                    sources.push(if anywhere { target.random.below(n) } else { neighbour % n });
                }
            }
        })
    }
}
