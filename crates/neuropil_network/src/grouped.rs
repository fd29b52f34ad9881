//! Synapses of rules that do not go target by target, sorted by the targets of one slice.

use neuropil_core::{Incoming, StorageError, Streams, try_filled};

use crate::list::ConnectionList;
use crate::rule::Rule;
use crate::wiring::{Seen, draw_with_replacement};
use neuropil_core::{Part, View};

/// The sources of each target of a slice, in the order in which they were drawn or listed.
pub(crate) struct Grouped {
    /// Where the synapses of each target begin, and the number of all.
    offsets: Vec<usize>,
    rows: Vec<u32>,
    weights: Option<Vec<f64>>,
    delays: Option<Vec<f64>>,
}

/// Synapses that are drawn as one, with a stream of their own.
const BLOCK: u64 = 1024;

impl Grouped {
    /// The synapses of `rule` onto the neurons of `parts`; `None` for rules that draw the sources of a target by
    /// themselves.
    ///
    /// Every slice draws the synapses of all and keeps its own, so that they do not depend on how slices are cut.
    pub(crate) fn new(
        rule: &Rule,
        sources: &View,
        targets: &View,
        parts: &[Part],
        streams: &Streams,
    ) -> Result<Option<Self>, StorageError> {
        let pairs: Box<dyn Fn(&mut dyn FnMut(u32, u32))> = match rule {
            Rule::FixedOutdegree { outdegree, allow_autapses, allow_multapses } => {
                let own = Own { sources, targets, excluded: !allow_autapses };
                let (outdegree, distinct) = (*outdegree, !allow_multapses);
                Box::new(move |visit| draw_targets(outdegree, distinct, &own, streams, visit))
            }
            Rule::TotalNumber { n, allow_autapses } => {
                let own = Own { sources, targets, excluded: !allow_autapses };
                Box::new(move |visit| draw_pairs(*n, &own, streams, visit))
            }
            Rule::List(list) => Box::new(move |visit| {
                list.source().iter().zip(list.target()).for_each(|(&s, &t)| visit(s, t));
            }),
            _ => return Ok(None),
        };
        let list = if let Rule::List(list) = rule { Some(&**list) } else { None };
        Self::group(&Places::new(targets.len(), parts)?, &pairs, list).map(Some)
    }

    /// Asks for all pairs twice: to count, then to place.
    fn group(
        places: &Places,
        pairs: &dyn Fn(&mut dyn FnMut(u32, u32)),
        list: Option<&ConnectionList>,
    ) -> Result<Self, StorageError> {
        let mut offsets = try_filled(places.n + 1, 0_usize)?;
        pairs(&mut |_, position| {
            if let Some(place) = places.of(position) {
                offsets[place] += 1;
            }
        });
        let mut total = 0;
        for offset in &mut offsets {
            total += std::mem::replace(offset, total);
        }
        let column = |given: Option<&[f64]>| given.map(|_| try_filled(total, 0.0)).transpose();
        let (mut rows, given) = (try_filled(total, 0_u32)?, list.map(|l| (l.weight(), l.delay())));
        let (given_weights, given_delays) = given.unwrap_or_default();
        let (mut weights, mut delays) = (column(given_weights)?, column(given_delays)?);
        let mut nth = 0;
        pairs(&mut |row, position| {
            if let Some(place) = places.of(position) {
                let slot = offsets[place];
                offsets[place] += 1;
                rows[slot] = row;
                copy(given_weights, nth, &mut weights, slot);
                copy(given_delays, nth, &mut delays, slot);
            }
            nth += 1;
        });
        offsets.rotate_right(1);
        offsets[0] = 0;
        Ok(Self { offsets, rows, weights, delays })
    }

    /// The synapses of the `nth` neuron of the slice's parts.
    pub(crate) fn incoming(&self, nth: usize) -> Incoming<'_> {
        let range = self.offsets[nth]..self.offsets[nth + 1];
        Incoming {
            rows: &self.rows[range.clone()],
            weights: self.weights.as_deref().map(|w| &w[range.clone()]),
            delays: self.delays.as_deref().map(|d| &d[range]),
        }
    }
}

fn copy(from: Option<&[f64]>, nth: usize, to: &mut Option<Vec<f64>>, slot: usize) {
    if let (Some(from), Some(to)) = (from, to) {
        to[slot] = from[nth];
    }
}

/// Which place the neuron at each position of the target view has among those of the slice.
struct Places {
    places: Vec<u32>,
    n: usize,
}

impl Places {
    const ELSEWHERE: u32 = u32::MAX;

    fn new(n_targets: u32, parts: &[Part]) -> Result<Self, StorageError> {
        let mut places = try_filled(n_targets as usize, Self::ELSEWHERE)?;
        let positions = parts.iter().flat_map(|part| part.position..part.position + part.len);
        let mut n = 0;
        for position in positions {
            places[position as usize] = n;
            n += 1;
        }
        Ok(Self { places, n: n as usize })
    }

    fn of(&self, position: u32) -> Option<usize> {
        let place = self.places[position as usize];
        (place != Self::ELSEWHERE).then_some(place as usize)
    }
}

/// The two views between which pairs are drawn.
struct Own<'a> {
    sources: &'a View,
    targets: &'a View,
    /// Whether a neuron may not connect to itself.
    excluded: bool,
}

impl Own<'_> {
    /// The position among the targets of the neuron at a position among the sources, if it may not be drawn.
    fn position(&self, source: u32) -> Option<u32> {
        if !self.excluded {
            return None;
        }
        let (population, neuron) = self.sources.neuron(source)?;
        self.targets.position(population, neuron)
    }
}

fn draw_targets(
    outdegree: u32,
    distinct: bool,
    own: &Own<'_>,
    streams: &Streams,
    visit: &mut dyn FnMut(u32, u32),
) {
    let (mut drawn, mut seen) = (Vec::new(), Seen::default());
    for source in 0..own.sources.len() {
        let (n, own, mut rng) = (own.targets.len(), own.position(source), streams.sequence(source));
        drawn.clear();
        if distinct {
            seen.draw_distinct(outdegree, n, own, &mut rng, &mut drawn);
        } else {
            draw_with_replacement(outdegree, n, own, &mut rng, &mut drawn);
        }
        drawn.iter().for_each(|&target| visit(source, target));
    }
}

fn draw_pairs(n: u64, own: &Own<'_>, streams: &Streams, visit: &mut dyn FnMut(u32, u32)) {
    for block in 0..n.div_ceil(BLOCK) {
        let mut rng = streams.sequence(block as u32);
        for _ in block * BLOCK..((block + 1) * BLOCK).min(n) {
            let (source, target) = loop {
                let pair = (rng.below(own.sources.len()), rng.below(own.targets.len()));
                if own.position(pair.0) != Some(pair.1) {
                    break pair;
                }
            };
            visit(source, target);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use neuropil_core::{Slice, Wiring};

    use super::*;
    use crate::wiring::RuleWiring;

    type Pairs = Vec<(u32, u32)>;

    /// The pairs (source, target), by position, on a slice of a population that is all sources and all targets.
    fn wire(rule: &Rule, n: u32, slice: Slice) -> Pairs {
        let view = View::new([(0, 0, n)]).unwrap();
        let mut pairs = Vec::new();
        let wiring = RuleWiring::new(rule, &view, &view, slice, 1, 0).unwrap();
        wiring.visit(&mut |target, incoming| {
            pairs.extend(incoming.rows.iter().map(|&row| (row, target.position)));
        });
        pairs
    }

    fn whole(rule: &Rule, n: u32) -> Pairs {
        wire(rule, n, Slice { population: 0, start: 0, len: n })
    }

    #[test]
    fn outdegrees_are_exact_and_switches_hold() {
        for (allow_autapses, allow_multapses) in [(true, true), (true, false), (false, true), (false, false)]
        {
            for outdegree in [0, 1, 30, 80, 99] {
                let rule = Rule::FixedOutdegree { outdegree, allow_autapses, allow_multapses };
                let mut pairs = whole(&rule, 100);
                assert_eq!(pairs.len(), 100 * outdegree as usize);
                assert!(allow_autapses || pairs.iter().all(|(s, t)| s != t), "{rule:?}");
                let of = |source| pairs.iter().filter(|p| p.0 == source).count();
                assert!((0..100).all(|source| of(source) == outdegree as usize), "{rule:?}");
                pairs.sort_unstable();
                pairs.dedup();
                assert!(allow_multapses || pairs.len() == 100 * outdegree as usize, "{rule:?}");
            }
        }
    }

    /// Indegrees of a fixed outdegree and of a total number are binomial: chi-squared within 5 sd of its mean.
    #[test]
    fn targets_are_equally_likely() {
        let outdegree = Rule::FixedOutdegree { outdegree: 80, allow_autapses: true, allow_multapses: true };
        let total = Rule::TotalNumber { n: 32_000, allow_autapses: false };
        for rule in [outdegree, total] {
            let mut indegree = vec![0.0; 400];
            whole(&rule, 400).iter().for_each(|&(_, target)| indegree[target as usize] += 1.0);
            assert_eq!(indegree.iter().sum::<f64>(), 32_000.0);
            let chi2: f64 = indegree.iter().map(|k: &f64| (k - 80.0).powi(2) / 80.0).sum();
            assert!((chi2 - 400.0).abs() < 5.0 * 800.0_f64.sqrt(), "{rule:?}: {chi2}");
        }
    }

    #[test]
    fn synapses_do_not_depend_on_the_slice() {
        let list = ConnectionList::new(None, vec![3, 1, 3, 0], vec![2, 2, 0, 2], None, None);
        for rule in [
            Rule::FixedOutdegree { outdegree: 9, allow_autapses: false, allow_multapses: false },
            Rule::TotalNumber { n: 3_000, allow_autapses: true },
            Rule::List(Arc::new(list)),
        ] {
            let all = whole(&rule, 30);
            for start in 0..30 {
                let part = wire(&rule, 30, Slice { population: 0, start, len: 30 - start });
                let expected: Pairs = all.iter().copied().filter(|p| p.1 >= start).collect();
                assert_eq!(part, expected, "{rule:?}");
            }
        }
    }

    #[test]
    fn lists_keep_their_order_for_each_target() {
        let list = ConnectionList::new(None, vec![3, 1, 3, 0], vec![2, 2, 0, 2], None, None);
        let pairs = whole(&Rule::List(Arc::new(list)), 4);
        assert_eq!(pairs, [(3, 0), (3, 2), (1, 2), (0, 2)]);
    }

    /// Where counters of arrivals are chosen by it, no target may have more synapses than the bound.
    #[test]
    fn indegrees_stay_below_their_bound() {
        for n in [2, 3, 10, 50] {
            for allow_autapses in [true, false] {
                let rules = [
                    Rule::TotalNumber { n: 20_000, allow_autapses },
                    Rule::FixedOutdegree { outdegree: 2_000, allow_autapses, allow_multapses: true },
                ];
                for rule in rules {
                    let (sources, targets) =
                        (View::new([(0, 0, 1)]).unwrap(), View::new([(0, 0, n)]).unwrap());
                    let slice = Slice { population: 0, start: 0, len: n };
                    let wiring = RuleWiring::new(&rule, &sources, &targets, slice, 1, 0).unwrap();
                    let mut most = 0;
                    wiring.visit(&mut |_, incoming| most = most.max(incoming.rows.len() as u64));
                    assert!(most <= rule.max_indegree(1, n), "{rule:?} onto {n}: {most}");
                }
            }
        }
    }
}
