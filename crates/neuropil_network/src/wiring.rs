//! The synapses that a rule makes onto one slice.
//!
//! Most rules draw the sources of a target when they are asked for it. Those that draw targets, or read them from a list,
//! are sorted by target first (`grouped.rs`).

use neuropil_core::math::{ln, ln_1p};
use neuropil_core::{Incoming, Purpose, Sequence, Slice, SourceRows, StorageError, Streams, Target, Wiring};

use crate::grouped::Grouped;
use crate::rule::Rule;
use neuropil_core::{Part, View};

/// A rule applied to the targets on one slice.
///
/// The sources of a target are a pure function of the seed, the projection and the position of the target in its
/// view: it makes no difference which slice it is on, or how often it is asked.
pub(crate) struct RuleWiring<'a> {
    rule: &'a Rule,
    sources: &'a View,
    targets: Vec<Part>,
    slice: Slice,
    streams: Streams,
    /// The synapses of rules that do not go target by target.
    grouped: Option<Grouped>,
}

impl<'a> RuleWiring<'a> {
    pub(crate) fn new(
        rule: &'a Rule,
        sources: &'a View,
        targets: &View,
        slice: Slice,
        seed: u64,
        projection: u32,
    ) -> Result<Self, StorageError> {
        let neurons = slice.neurons();
        let streams = Streams::new(seed, Purpose::Connectivity, projection);
        let parts = targets.neurons_in(slice.population, neurons.start, neurons.end);
        let grouped = Grouped::new(rule, sources, targets, &parts, &streams)?;
        Ok(Self { rule, sources, targets: parts, slice, streams, grouped })
    }

    /// Puts the sources of one target into `drawn`.
    fn draw(&self, neuron: u32, position: u32, seen: &mut Seen, drawn: &mut Vec<u32>) {
        let n = self.sources.len();
        let own = |allow: bool| {
            if allow { None } else { self.sources.position(self.slice.population, neuron) }
        };
        let mut rng = self.streams.sequence(position);
        match *self.rule {
            Rule::AllToAll { allow_autapses } => {
                let own = own(allow_autapses);
                drawn.extend((0..n).filter(|&s| Some(s) != own));
            }
            Rule::OneToOne => drawn.push(position),
            Rule::FixedIndegree { indegree, allow_autapses, allow_multapses: true } => {
                draw_with_replacement(indegree, n, own(allow_autapses), &mut rng, drawn);
            }
            Rule::FixedIndegree { indegree, allow_autapses, allow_multapses: false } => {
                seen.draw_distinct(indegree, n, own(allow_autapses), &mut rng, drawn);
            }
            Rule::PairwiseBernoulli { p, allow_autapses } => {
                draw_each_with_probability(p, n, own(allow_autapses), &mut rng, drawn);
            }
            Rule::FixedOutdegree { .. } | Rule::TotalNumber { .. } | Rule::List(_) => {
                unreachable!("these rules are grouped by target")
            }
        }
    }
}

impl Wiring for RuleWiring<'_> {
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>)) {
        let mut drawn = Vec::new();
        let mut seen = Seen::default();
        let neurons = self.targets.iter().flat_map(|p| (0..p.len).map(|i| (p.start + i, p.position + i)));
        for (nth, (neuron, position)) in neurons.enumerate() {
            let target = Target { index: neuron - self.slice.start, position };
            if let Some(grouped) = &self.grouped {
                visit(target, grouped.incoming(nth));
                continue;
            }
            drawn.clear();
            self.draw(neuron, position, &mut seen, &mut drawn);
            visit(target, Incoming { rows: &drawn, ..Incoming::default() });
        }
    }
}

/// `k` neurons out of `n`, each draw independent of the others, without `own`.
pub(crate) fn draw_with_replacement(
    k: u32,
    n: u32,
    own: Option<u32>,
    rng: &mut Sequence,
    drawn: &mut Vec<u32>,
) {
    let Some(own) = own else {
        drawn.extend((0..k).map(|_| rng.below(n)));
        return;
    };
    // A draw among the n - 1 others: the numbers from `own` on move up by one.
    drawn.extend((0..k).map(|_| {
        let s = rng.below(n - 1);
        s + u32::from(s >= own)
    }));
}

/// Each of `n` sources but `own` with probability `p`, by geometric gaps between those that are taken.
fn draw_each_with_probability(p: f64, n: u32, own: Option<u32>, rng: &mut Sequence, drawn: &mut Vec<u32>) {
    if p <= 0.0 {
        return;
    }
    if p >= 1.0 {
        drawn.extend((0..n).filter(|&s| Some(s) != own));
        return;
    }
    let scale = 1.0 / ln_1p(-p);
    let mut next = 0.0;
    loop {
        next += (ln(rng.open01()) * scale).floor();
        if next >= f64::from(n) {
            return;
        }
        if Some(next as u32) != own {
            drawn.push(next as u32);
        }
        next += 1.0;
    }
}

/// A set of neurons, for draws without replacement.
#[derive(Default)]
pub(crate) struct Seen {
    bits: Vec<u64>,
}

impl Seen {
    /// Adds `s`; false if it was there.
    fn insert(&mut self, s: u32) -> bool {
        let (word, bit) = (&mut self.bits[(s / 64) as usize], 1 << (s % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    fn contains(&self, s: u32) -> bool {
        self.bits[(s / 64) as usize] & (1 << (s % 64)) != 0
    }

    /// `k` different neurons out of `n` but `own`: those drawn, or all but those drawn where that is fewer.
    pub(crate) fn draw_distinct(
        &mut self,
        k: u32,
        n: u32,
        own: Option<u32>,
        rng: &mut Sequence,
        drawn: &mut Vec<u32>,
    ) {
        self.bits.clear();
        self.bits.resize(n as usize / 64 + 1, 0);
        let available = n - u32::from(own.is_some());
        if let Some(own) = own {
            self.insert(own);
        }
        let few = k <= available / 2;
        let mut missing = if few { k } else { available - k };
        while missing > 0 {
            let s = rng.below(n);
            if self.insert(s) {
                missing -= 1;
                if few {
                    drawn.push(s);
                }
            }
        }
        if !few {
            drawn.extend((0..n).filter(|&s| !self.contains(s)));
        }
    }
}

/// The rows of the source neurons of a view, for each of its populations; `size` gives the size of a population.
pub(crate) fn source_rows(view: &View, size: impl Fn(u32) -> u32) -> Vec<SourceRows> {
    let rows_of = |population: u32| {
        let parts: Vec<&Part> = view.parts().iter().filter(|p| p.population == population).collect();
        if let [part] = parts[..] {
            let end = part.start + part.len;
            return SourceRows::Range { population, start: part.start, end, first_row: part.position };
        }
        let mut rows = vec![SourceRows::NO_ROW; size(population) as usize];
        for part in parts {
            for i in 0..part.len {
                rows[(part.start + i) as usize] = part.position + i;
            }
        }
        SourceRows::Lookup { population, rows }
    };
    view.populations().into_iter().map(rows_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(rule: Rule, sources: &View, targets: &View, slice: Slice) -> Vec<(u32, Vec<u32>)> {
        let mut wired = Vec::new();
        RuleWiring::new(&rule, sources, targets, slice, 1, 0)
            .unwrap()
            .visit(&mut |t, incoming| wired.push((t.index, incoming.rows.to_vec())));
        wired
    }

    fn whole(n: u32) -> (View, Slice) {
        (View::new([(0, 0, n)]).unwrap(), Slice { population: 0, start: 0, len: n })
    }

    #[test]
    fn indegrees_are_exact_and_switches_hold() {
        let (view, slice) = whole(100);
        for (allow_autapses, allow_multapses) in [(true, true), (true, false), (false, true), (false, false)]
        {
            for indegree in [0, 1, 30, 80, 99] {
                let rule = Rule::FixedIndegree { indegree, allow_autapses, allow_multapses };
                for (target, mut sources) in wire(rule.clone(), &view, &view, slice) {
                    assert_eq!(sources.len(), indegree as usize);
                    assert!(allow_autapses || !sources.contains(&target), "{rule:?}");
                    sources.sort_unstable();
                    sources.dedup();
                    assert!(allow_multapses || sources.len() == indegree as usize, "{rule:?}");
                }
            }
        }
    }

    /// Outdegrees of a fixed indegree are binomial: chi-squared over sources, within 5 sd of its mean.
    #[test]
    fn sources_are_equally_likely() {
        let (view, slice) = whole(400);
        for (allow_autapses, allow_multapses, k) in
            [(true, true, 40), (false, false, 40), (false, false, 300)]
        {
            let rule = Rule::FixedIndegree { indegree: k, allow_autapses, allow_multapses };
            let mut out = vec![0.0; 400];
            wire(rule.clone(), &view, &view, slice)
                .iter()
                .flat_map(|t| &t.1)
                .for_each(|&s| out[s as usize] += 1.0);
            let p = f64::from(k) / 400.0;
            let variance = if allow_multapses { f64::from(k) } else { 400.0 * p * (1.0 - p) };
            let chi2: f64 = out.iter().map(|o| (o - f64::from(k)).powi(2) / variance).sum();
            assert!((chi2 - 400.0).abs() < 5.0 * (800.0_f64).sqrt(), "{rule:?}: {chi2}");
        }
    }

    #[test]
    fn bernoulli_counts_are_binomial() {
        let (view, slice) = whole(1000);
        for p in [0.0, 0.003, 0.1, 0.9, 1.0] {
            for allow_autapses in [true, false] {
                let rule = Rule::PairwiseBernoulli { p, allow_autapses };
                let wired = wire(rule.clone(), &view, &view, slice);
                let n: usize = wired.iter().map(|t| t.1.len()).sum();
                let expected = rule.expected(1000, 1000, 1000);
                assert!((n as f64 - expected.mean).abs() <= 5.0 * expected.sd, "{rule:?}: {n}");
                assert!(wired.iter().all(|(t, s)| s.is_sorted() && (allow_autapses || !s.contains(t))));
            }
        }
    }

    #[test]
    fn wiring_does_not_depend_on_the_slice() {
        let sources = View::new([(0, 0, 50), (1, 10, 20)]).unwrap();
        let targets = View::new([(1, 5, 25), (0, 0, 7)]).unwrap();
        let rule = Rule::FixedIndegree { indegree: 9, allow_autapses: false, allow_multapses: false };
        let all = wire(rule.clone(), &sources, &targets, Slice { population: 1, start: 0, len: 30 });
        assert_eq!(all.len(), 25);
        for start in 0..30 {
            let part =
                wire(rule.clone(), &sources, &targets, Slice { population: 1, start, len: 30 - start });
            let expected: Vec<_> =
                all.iter().filter(|t| t.0 >= start).map(|t| (t.0 - start, t.1.clone())).collect();
            assert_eq!(part, expected);
        }
    }

    #[test]
    fn views_in_pieces_are_looked_up() {
        let view = View::new([(0, 2, 2), (1, 0, 3), (0, 0, 1)]).unwrap();
        let no = SourceRows::NO_ROW;
        assert_eq!(
            source_rows(&view, |_| 5),
            [
                SourceRows::Lookup { population: 0, rows: vec![5, no, 0, 1, no] },
                SourceRows::Range { population: 1, start: 0, end: 3, first_row: 2 }
            ]
        );
    }
}
