//! Who is connected with whom is as likely as the rules say, and what is fixed is exact.

use neuropil_core::rule::{Onto, Rule, RuleModel, Sizes};
use neuropil_core::{Slice, View};
use neuropil_rule_standard::{FixedIndegree, FixedOutdegree, PairwiseBernoulli, TotalNumber};

type Pairs = Vec<(u32, u32)>;

const FLAGS: [[f64; 2]; 4] = [[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]];

/// The pairs (source, target), by position, of a population that is all sources and all targets.
fn wire(rule: &Rule, n: u32, seed: u64) -> Pairs {
    wire_from(n, rule, n, seed)
}

/// The same, where only the first neurons are sources.
fn wire_from(n_sources: u32, rule: &Rule, n: u32, seed: u64) -> Pairs {
    let [sources, view] = [n_sources, n].map(|n| View::new([(0, 0, n)]).expect("a range is a view"));
    let onto = Onto::new(&sources, &view, Slice { population: 0, start: 0, len: n }, seed, 0);
    let mut pairs = Vec::new();
    rule.connect(onto).expect("so many synapses fit in memory").visit(&mut |target, incoming| {
        pairs.extend(incoming.rows.iter().map(|&row| (row, target.position)));
    });
    pairs
}

/// How often each number appears.
fn histogram(numbers: impl Iterator<Item = u32>, n: u32) -> Vec<f64> {
    let mut counts = vec![0.0; n as usize];
    numbers.for_each(|number| counts[number as usize] += 1.0);
    counts
}

/// Chi-squared of numbers with this mean and variance, within 5 sd of its mean: `freedom`, the numbers less their constraints.
fn check_spread(counts: &[f64], mean: f64, variance: f64, freedom: f64, what: &str) {
    let chi2: f64 = counts.iter().map(|k| (k - mean).powi(2) / variance).sum();
    assert!((chi2 - freedom).abs() < 5.0 * (2.0 * freedom).sqrt(), "{what}: {chi2} of {freedom}");
}

fn with_flags<M: RuleModel + neuropil_core::Page + neuropil_core::Parameters>(
    name: &str,
    k: f64,
    [autapses, multapses]: [f64; 2],
) -> Rule {
    Rule::with::<M>(&[(name, k), ("allow_autapses", autapses), ("allow_multapses", multapses)])
}

#[test]
fn indegrees_and_outdegrees_are_exact() {
    for flags in FLAGS {
        for k in [0, 1, 30, 80, 99] {
            let into = wire(&with_flags::<FixedIndegree>("indegree", f64::from(k), flags), 100, 1);
            let from = wire(&with_flags::<FixedOutdegree>("outdegree", f64::from(k), flags), 100, 1);
            assert!(histogram(into.iter().map(|p| p.1), 100).iter().all(|n| *n == f64::from(k)));
            assert!(histogram(from.iter().map(|p| p.0), 100).iter().all(|n| *n == f64::from(k)));
        }
    }
}

/// The degrees at the other end are binomial; without multapses, sums of independent choices.
#[test]
fn the_other_end_is_equally_likely() {
    const N: u32 = 1200;
    for flags in FLAGS {
        // Of so many, targets lie in one block, or in several.
        for k in [40, 600, 900] {
            let p = f64::from(k) / f64::from(N);
            let variance = f64::from(k) * if flags[1] == 1.0 { 1.0 - 1.0 / f64::from(N) } else { 1.0 - p };
            let into = wire(&with_flags::<FixedIndegree>("indegree", f64::from(k), flags), N, 2);
            let from = wire(&with_flags::<FixedOutdegree>("outdegree", f64::from(k), flags), N, 2);
            for (what, counts) in [
                ("sources", histogram(into.iter().map(|p| p.0), N)),
                ("targets", histogram(from.iter().map(|p| p.1), N)),
            ] {
                let freedom = f64::from(N - 1);
                check_spread(&counts, f64::from(k), variance, freedom, &format!("{what}, {k}, {flags:?}"));
            }
        }
    }
}

/// Over seeds, the number of synapses from one source onto one half of the targets is binomial or hypergeometric.
#[test]
fn outdegrees_are_split_as_by_chance() {
    const N: u32 = 1600;
    const K: f64 = 1200.0;
    const SEEDS: u64 = 400;
    for (multapses, variance) in [(1.0, K / 4.0), (0.0, K / 4.0 * 400.0 / 1599.0)] {
        let rule = with_flags::<FixedOutdegree>("outdegree", K, [1.0, multapses]);
        let left =
            |seed| wire_from(8, &rule, N, seed).iter().filter(|p| p.0 == 7 && p.1 < N / 2).count() as f64;
        let counts: Vec<f64> = (0..SEEDS).map(left).collect();
        let bias = counts.iter().sum::<f64>() / SEEDS as f64 - K / 2.0;
        assert!(bias.abs() < 5.0 * (variance / SEEDS as f64).sqrt(), "{bias}");
        check_spread(&counts, K / 2.0, variance, SEEDS as f64, &format!("multapses {multapses}"));
    }
}

/// Each of the pairs that are allowed is equally likely: so degrees at both ends, and their halves over seeds, are multinomial.
#[test]
fn total_numbers_are_multinomial() {
    const N: u32 = 200;
    for flags in FLAGS {
        for total in [2_000.0, 20_000.0] {
            let allowed = f64::from(N) * (f64::from(N) - if flags[0] == 1.0 { 0.0 } else { 1.0 });
            // Of a number that falls on a share of the pairs.
            let variance = |share: f64| {
                let with = total * share * (1.0 - share);
                if flags[1] == 1.0 { with } else { with * (allowed - total) / (allowed - 1.0) }
            };
            let rule = with_flags::<TotalNumber>("n", total, flags);
            let pairs = wire(&rule, N, 3);
            let mean = total / f64::from(N);
            for (what, counts) in [
                ("sources", histogram(pairs.iter().map(|p| p.0), N)),
                ("targets", histogram(pairs.iter().map(|p| p.1), N)),
            ] {
                let (one, freedom) = (1.0 / f64::from(N), f64::from(N));
                check_spread(&counts, mean, variance(one), freedom, &format!("{what}, {total}, {flags:?}"));
            }
            let left = |seed| wire(&rule, N, seed).iter().filter(|p| p.1 < N / 2).count() as f64;
            let halves: Vec<f64> = (0..200).map(left).collect();
            check_spread(&halves, total / 2.0, variance(0.5), 200.0, &format!("halves, {total}, {flags:?}"));
        }
    }
}

#[test]
fn bernoulli_counts_are_binomial() {
    for p in [0.0, 0.003, 0.1, 0.9, 1.0] {
        for autapses in [1.0, 0.0] {
            let rule = Rule::with::<PairwiseBernoulli>(&[("p", p), ("allow_autapses", autapses)]);
            let expected = rule.expected(Sizes { n_sources: 1000, n_targets: 1000, n_shared: 1000 });
            let n = wire(&rule, 1000, 1).len() as f64;
            assert!((n - expected.mean).abs() <= 5.0 * expected.sd, "{p}: {n}");
        }
    }
}

/// Where counters of arrivals are chosen by it, no target may have more synapses than the bound.
#[test]
fn indegrees_stay_below_their_bound() {
    for n in [2, 3, 10, 50] {
        for autapses in [1.0, 0.0] {
            for rule in [
                with_flags::<TotalNumber>("n", 20_000.0, [autapses, 1.0]),
                with_flags::<FixedOutdegree>("outdegree", 20_000.0 / f64::from(n), [autapses, 1.0]),
            ] {
                let bound = rule.max_indegree(Sizes { n_sources: n, n_targets: n, n_shared: n });
                for seed in 0..20 {
                    let most = histogram(wire(&rule, n, seed).iter().map(|p| p.1), n);
                    assert!(most.iter().all(|k| *k <= bound as f64), "{rule} onto {n}: {most:?}");
                }
            }
        }
    }
}
