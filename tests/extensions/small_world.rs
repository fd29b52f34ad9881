//! The connection rule of Watts and Strogatz, outside of the program's own list: one file.

use neuropil_core::prelude::*;

/// A small world on a ring: every neuron has its nearest neighbours as sources, some of which are replaced at random.
///
/// # Numerics
///
/// Each neighbour is replaced with probability `p` by a neuron that is drawn from all that are no sources yet. Neither autapses
/// nor multapses come about.
///
/// # References
///
/// - D. J. Watts, S. H. Strogatz (1998), Nature 393, 440-442, doi:10.1038/30918
#[derive(Debug, Default, Parameters, Rule)]
#[model("small_world")]
pub(crate) struct SmallWorld {
    /// Number of neighbours on either side.
    #[parameter(required, example = 5)]
    reach: u32,
    /// Probability that a neighbour is replaced.
    #[parameter(NONE, default = 0.1, Probability)]
    p: f64,
}

impl RuleModel for SmallWorld {
    fn expected(&self, sizes: Sizes) -> Expected {
        Expected::exactly(2.0 * f64::from(self.reach) * f64::from(sizes.n_targets))
    }

    fn max_indegree(&self, _sizes: Sizes) -> u64 {
        2 * u64::from(self.reach)
    }

    fn check(&self, sizes: Sizes) -> Result<(), RuleError> {
        let n = sizes.n_targets;
        if sizes.n_sources != n || sizes.n_shared != n {
            return Err(RuleError::new(
                "a ring connects neurons with themselves: `from` and `to` must be the same",
            ));
        }
        if u64::from(n) <= 2 * u64::from(self.reach) {
            let message = format!(
                "`reach` is {}, but {n} neurons allow at most {}",
                self.reach,
                n.saturating_sub(1) / 2
            );
            return Err(RuleError::new(message));
        }
        Ok(())
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        onto.each_target(|target, sources| {
            let n = target.n_sources();
            let Some(itself) = target.itself() else { return };
            for distance in 1..=self.reach {
                for neighbour in [itself + n - distance, itself + distance] {
                    if target.random.open01() >= self.p {
                        sources.push(neighbour % n);
                    }
                }
            }
            while sources.len() < 2 * self.reach as usize {
                let source = target.random.below(n);
                if source != itself && !sources.contains(&source) {
                    sources.push(source);
                }
            }
        })
    }
}
