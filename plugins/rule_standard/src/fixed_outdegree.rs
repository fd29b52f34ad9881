//! So many synapses for each source.

use neuropil_core::prelude::*;
use neuropil_core::rule::{Distinct, Spread, draw_with_replacement};

use crate::indegrees::unreachable_indegree;
use crate::without::{available, enough, without};

/// Connects every source with so many targets, each drawn with equal probability.
///
/// # Numerics
///
/// How many of a source's targets lie in each block of the target view is drawn first, by a tree of binomial or, without
/// multapses, hypergeometric numbers; then the targets in the blocks of a slice.
///
/// # References
///
/// D. Funke et al. (2019), Communication-free massively distributed graph generation. doi:10.1016/j.jpdc.2019.03.011
#[derive(Clone, Debug, Page, Parameters)]
#[model("fixed_outdegree")]
pub struct FixedOutdegree {
    /// Number of synapses of each source.
    #[parameter(required, example = 100)]
    outdegree: u32,
    /// Whether a neuron may connect to itself.
    #[parameter(default = true)]
    allow_autapses: bool,
    /// Whether a pair may be connected more than once.
    #[parameter(default = true)]
    allow_multapses: bool,
}

impl RuleModel for FixedOutdegree {
    fn expected(&self, sizes: Sizes) -> Expected {
        Expected::exactly(f64::from(self.outdegree) * f64::from(sizes.n_sources))
    }

    fn max_indegree(&self, Sizes { n_sources, n_targets, .. }: Sizes) -> u64 {
        if !self.allow_multapses {
            return u64::from(n_sources);
        }
        let n = f64::from(self.outdegree) * f64::from(n_sources);
        let others = n_targets - u32::from(!self.allow_autapses && n_targets > 1);
        unreachable_indegree(n, n / f64::from(others))
    }

    fn check(&self, sizes: Sizes) -> Result<(), RuleError> {
        let Self { outdegree, allow_autapses, allow_multapses } = *self;
        let available = available(sizes.n_targets, sizes, allow_autapses);
        enough(outdegree, available, allow_multapses).map_err(|needed| {
            let how = without(allow_autapses, allow_multapses);
            RuleError::new(format!(
                "an outdegree of {outdegree}{how} needs at least {needed} targets, but there are {available}"
            ))
        })
    }

    fn building_bytes(&self) -> f64 {
        4.0
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        let (sources, targets) = (onto.sources(), onto.targets());
        let spread = Spread::new(&onto, u64::from(self.outdegree), !self.allow_multapses);
        let itself = |source: u32| {
            let (population, neuron) = sources.neuron(source).filter(|_| !self.allow_autapses)?;
            targets.position(population, neuron)
        };
        onto.grouped(|visit| {
            let (mut drawn, mut distinct) = (Vec::new(), Distinct::default());
            for source in 0..sources.len() {
                let itself = itself(source);
                let room = |block: std::ops::Range<u32>| {
                    let left_out = itself.is_some_and(|position| block.contains(&position));
                    block.len() as u64 - u64::from(left_out)
                };
                spread.visit(source, u64::from(self.outdegree), room, |block, n, mut random| {
                    let left_out =
                        itself.filter(|position| block.contains(position)).map(|p| p - block.start);
                    let (n, len, random) = (n as usize, block.end - block.start, &mut random);
                    drawn.clear();
                    if self.allow_multapses {
                        draw_with_replacement(n, len, left_out, random, &mut drawn);
                    } else {
                        distinct.draw(n, len, left_out, random, &mut drawn);
                    }
                    drawn.iter_mut().for_each(|target| *target += block.start);
                    visit(source, &drawn);
                });
            }
        })
    }
}
