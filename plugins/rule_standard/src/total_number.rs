//! So many synapses in all.

use std::ops::Range;

use neuropil_core::prelude::*;
use neuropil_core::rule::{Places, Spread, split_distinct};
use neuropil_core::{Parameter, Part, Range as Allowed, View};

use crate::indegrees::unreachable_indegree;
use crate::without::without;

/// The random streams of a projection have room for so many synapses.
const MAX_TOTAL: u64 = 1 << 42;

/// Makes so many synapses, each between a source and a target drawn with equal probability.
///
/// # Numerics
///
/// The number of synapses of each target is drawn first, by a tree of binomial or, without multapses, hypergeometric numbers;
/// then each target draws its sources.
///
/// # References
///
/// D. Funke et al. (2019), Communication-free massively distributed graph generation. doi:10.1016/j.jpdc.2019.03.011
#[derive(Clone, Debug, Page, Parameters)]
#[model("total_number")]
pub struct TotalNumber {
    #[parameter(TotalNumber::N)]
    n: f64,
    /// Whether a neuron may connect to itself.
    #[parameter(default = true)]
    allow_autapses: bool,
    /// Whether a pair may be connected more than once.
    #[parameter(default = true)]
    allow_multapses: bool,
}

impl RuleModel for TotalNumber {
    fn expected(&self, _sizes: Sizes) -> Expected {
        Expected::exactly(self.n)
    }

    fn max_indegree(&self, Sizes { n_sources, n_targets, .. }: Sizes) -> u64 {
        let (sources, targets) = (f64::from(n_sources), f64::from(n_targets));
        if !self.allow_multapses {
            return self.n.min(sources) as u64;
        }
        // Pairs that are left out move their share to the others.
        let left_out = if self.allow_autapses { 0.0 } else { sources.min(targets) };
        let pairs = (sources * targets - left_out).max(1.0);
        unreachable_indegree(self.n, self.n * sources / pairs)
    }

    fn check(&self, sizes: Sizes) -> Result<(), RuleError> {
        let Self { n, allow_autapses, allow_multapses } = *self;
        let pairs = sizes.pairs(allow_autapses);
        if n > 0.0 && pairs == 0.0 {
            return Err(RuleError::new("there is no pair of neurons to connect"));
        }
        if allow_multapses || n <= pairs {
            return Ok(());
        }
        let how = without(allow_autapses, allow_multapses);
        Err(RuleError::new(format!("{n} synapses{how} need at least {n} pairs, but there are {pairs}")))
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        let indegrees = self.indegrees(&onto);
        if self.allow_multapses {
            return onto.each_target(move |target, sources| {
                target.draw(indegrees[target.place], target.left_out(self.allow_autapses), sources);
            });
        }
        onto.each_target(move |target, sources| {
            target.draw_distinct(indegrees[target.place], target.left_out(self.allow_autapses), sources);
        })
    }
}

impl TotalNumber {
    const N: Parameter =
        Parameter::count("n", 1000, "number of synapses").within(Allowed::CountUpTo(MAX_TOTAL)).required();

    /// The number of synapses of each target that is wanted.
    fn indegrees(&self, onto: &Onto<'_>) -> Vec<usize> {
        let n_sources = onto.sources().len();
        let left_out = LeftOut::new(onto, self.allow_autapses);
        let places = onto.places();
        let mut indegrees = vec![0; places.len()];
        let room =
            |targets: Range<u32>| targets.len() as u64 * u64::from(n_sources) - left_out.among(&targets);
        let n = self.n as u64;
        Spread::new(onto, n, !self.allow_multapses).visit(0, n, room, |block, mut n, mut random| {
            if self.allow_multapses {
                for _ in 0..n {
                    // Pairs are drawn until one is allowed; of its source no more is needed.
                    let target = loop {
                        let target = block.start + random.below(block.end - block.start);
                        if !(left_out.has(target) && random.below(n_sources) == 0) {
                            break target;
                        }
                    };
                    add(&mut indegrees, &places, target, 1);
                }
                return;
            }
            let mut all = room(block.clone());
            for target in block {
                let own = room(target..target + 1);
                all -= own;
                let indegree = split_distinct(n, own, all, &mut random);
                n -= indegree;
                add(&mut indegrees, &places, target, indegree as usize);
            }
        });
        indegrees
    }
}

fn add(indegrees: &mut [usize], places: &Places, target: u32, n: usize) {
    if let Some(place) = places.of(target) {
        indegrees[place] += n;
    }
}

/// The targets that may not have one of the sources: themselves.
struct LeftOut {
    /// Positions of targets, in ascending order.
    runs: Vec<Range<u32>>,
}

impl LeftOut {
    fn new(onto: &Onto<'_>, allow_autapses: bool) -> Self {
        let mut runs = if allow_autapses { Vec::new() } else { shared(onto.sources(), onto.targets()) };
        runs.sort_by_key(|run| run.start);
        Self { runs }
    }

    fn has(&self, target: u32) -> bool {
        let after = self.runs.partition_point(|run| run.end <= target);
        self.runs.get(after).is_some_and(|run| run.start <= target)
    }

    /// How many there are in a range of positions.
    fn among(&self, targets: &Range<u32>) -> u64 {
        let first = self.runs.partition_point(|run| run.end <= targets.start);
        let touching = self.runs[first..].iter().take_while(|run| run.start < targets.end);
        touching.map(|run| u64::from(run.end.min(targets.end) - run.start.max(targets.start))).sum()
    }
}

/// The positions among the targets of neurons that are also sources.
fn shared(sources: &View, targets: &View) -> Vec<Range<u32>> {
    let of = |part: &Part| targets.neurons_in(part.population, part.start, part.start + part.len);
    let run = |part: Part| part.position..part.position + part.len;
    sources.parts().iter().flat_map(of).map(run).collect()
}
