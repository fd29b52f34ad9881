//! Pairs at equal positions.

use neuropil_core::prelude::*;

/// Connects the neuron at each position of the source view with the neuron at the same position of the target view.
#[derive(Clone, Debug, Page, Parameters)]
#[model("one_to_one")]
pub struct OneToOne {}

impl RuleModel for OneToOne {
    fn expected(&self, sizes: Sizes) -> Expected {
        Expected::exactly(f64::from(sizes.n_targets))
    }

    fn max_indegree(&self, _sizes: Sizes) -> u64 {
        1
    }

    fn check(&self, Sizes { n_sources, n_targets, .. }: Sizes) -> Result<(), RuleError> {
        if n_sources == n_targets {
            return Ok(());
        }
        let message =
            format!("one_to_one needs as many sources as targets, but there are {n_sources} and {n_targets}");
        let fewer = n_sources.min(n_targets);
        let help = format!("select as many on both sides, with a view such as \"E[0..{fewer}]\"");
        Err(RuleError::new(message).help(help))
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        onto.each_target(|target, sources| sources.push(target.position))
    }
}
