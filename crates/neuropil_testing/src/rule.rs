//! What the engine requires of every connection rule.

use neuropil_core::engine::RuleEntry;
use neuropil_core::rule::{Onto, Rule, Sizes};
use neuropil_core::{Declaration, Incoming, Range, Slice, View};

/// Checks the promises of a connection rule: that the synapses of a target do not depend on the slice on which it is, nor on how
/// often it is asked for; that there are as many as expected; that no target has more than the most; that a rule that is complete
/// connects every pair once; and that autapses and multapses are left out where `allow_autapses` and `allow_multapses` say so.
///
/// # Panics
/// If one of them is broken.
pub fn rule_conformance(entry: &RuleEntry) {
    for values in sets(entry.declaration) {
        let rule = entry.rule(values);
        for ends in &Ends::all() {
            let sizes = Sizes::of(&ends.sources, &ends.targets);
            if rule.check(sizes).is_ok() {
                (1..4).for_each(|seed| Wired { rule: &rule, ends, sizes, seed }.check());
            }
        }
    }
}

/// Sets of values: few and many, and every combination of flags.
fn sets(declaration: &Declaration) -> Vec<Vec<f64>> {
    let mut sets = vec![Vec::new()];
    for parameter in declaration.parameters {
        let values = match parameter.range {
            Range::Flag => vec![0.0, 1.0],
            Range::Count | Range::CountUpTo(_) => vec![0.0, 3.0, 700.0, 5000.0],
            Range::Probability => vec![0.0, 0.1, 0.9, 1.0],
            _ => vec![parameter.default],
        };
        let longer = |set: &Vec<f64>| {
            let with = |value: &f64| set.iter().copied().chain([*value]).collect::<Vec<f64>>();
            values.iter().map(with).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(longer).collect();
    }
    sets
}

/// Two views, and the sizes of the populations.
struct Ends {
    sources: View,
    targets: View,
    populations: Vec<u32>,
}

impl Ends {
    /// A population with itself, two that share nothing, two that overlap in pieces, one neuron with many and the reverse.
    fn all() -> Vec<Self> {
        let new = |sources: &[(u32, u32, u32)], targets: &[(u32, u32, u32)], populations: &[u32]| Self {
            sources: View::new(sources.iter().copied()).expect("no neuron is there twice"),
            targets: View::new(targets.iter().copied()).expect("no neuron is there twice"),
            populations: populations.to_vec(),
        };
        vec![
            new(&[(0, 0, 900)], &[(0, 0, 900)], &[900]),
            new(&[(0, 0, 30)], &[(1, 0, 41)], &[30, 41]),
            new(&[(0, 0, 50), (1, 10, 20)], &[(1, 5, 25), (0, 20, 7), (0, 0, 7)], &[50, 30]),
            new(&[(0, 2, 1)], &[(0, 0, 300)], &[300]),
            new(&[(0, 0, 300)], &[(0, 7, 1)], &[300]),
        ]
    }
}

/// A rule between two views, with one seed.
struct Wired<'a> {
    rule: &'a Rule,
    ends: &'a Ends,
    sizes: Sizes,
    seed: u64,
}

/// A target: its population, its number, its position in the view.
type Place = (u32, u32, u32);

impl Wired<'_> {
    fn check(&self) {
        let all = self.cut(1);
        self.check_slices(&all);
        self.check_counts(&all);
        for (target, sources) in &all {
            self.check_target(*target, sources);
        }
    }

    /// The sources of all targets, where each population is cut into so many slices.
    fn cut(&self, parts: usize) -> Vec<(Place, Vec<u32>)> {
        let mut all = Vec::new();
        for (population, n) in (0..).zip(&self.ends.populations) {
            for part in 0..parts {
                self.wire(Slice::of(population, *n, part, parts), &mut all);
            }
        }
        all
    }

    fn wire(&self, slice: Slice, all: &mut Vec<(Place, Vec<u32>)>) {
        let onto = Onto::new(&self.ends.sources, &self.ends.targets, slice, self.seed, 3);
        let wiring = self.rule.connect(onto).expect("it is small");
        let before = all.len();
        let mut ends = |incoming: Incoming<'_>, place: Place| all.push((place, incoming.rows.to_vec()));
        wiring.visit(&mut |target, incoming| {
            ends(incoming, (slice.population, slice.start + target.index, target.position));
        });
        let mut nth = before;
        wiring.visit(&mut |_, incoming| {
            assert_eq!(all[nth].1, incoming.rows, "{self}: asked twice, a target has other synapses");
            nth += 1;
        });
        assert_eq!(nth, all.len(), "{self}: asked twice, there are other targets");
    }

    fn check_slices(&self, all: &[(Place, Vec<u32>)]) {
        for parts in [2, 3, 7] {
            let cut = self.cut(parts);
            let same = cut.iter().zip(all).position(|(one, other)| one != other);
            assert_eq!(cut.len(), all.len(), "{self}: {parts} slices have other targets");
            let differs = same.map(|nth| format!("the synapses of neuron {} differ", cut[nth].0.1));
            assert_eq!(differs, None, "{self}: synapses depend on the slices ({parts} instead of one)");
        }
    }

    fn check_counts(&self, all: &[(Place, Vec<u32>)]) {
        let n: usize = all.iter().map(|(_, sources)| sources.len()).sum();
        let expected = self.rule.expected(self.sizes);
        let far = (n as f64 - expected.mean).abs();
        assert!(far <= 5.0 * expected.sd + 1e-9, "{self}: {n} synapses, but {expected:?}");
        let most = all.iter().map(|(_, sources)| sources.len() as u64).max().unwrap_or(0);
        let bound = self.rule.max_indegree(self.sizes);
        assert!(most <= bound, "{self}: a target has {most} synapses, but max_indegree says {bound}");
    }

    fn check_target(&self, (population, neuron, position): Place, sources: &[u32]) {
        assert_eq!(self.ends.targets.neuron(position), Some((population, neuron)), "{self}: a position");
        assert!(sources.iter().all(|s| *s < self.sizes.n_sources), "{self}: a source that is not there");
        let itself = self.ends.sources.position(population, neuron);
        let autapse = itself.is_some_and(|itself| sources.contains(&itself));
        assert!(!(self.forbids("allow_autapses") && autapse), "{self}: an autapse of neuron {neuron}");
        let mut sorted = sources.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let multapse = sorted.len() < sources.len();
        assert!(!(self.forbids("allow_multapses") && multapse), "{self}: a multapse onto neuron {neuron}");
        if self.rule.is_complete() {
            let others = sorted.len() + usize::from(itself.is_some() && !autapse);
            assert!(!multapse && others == self.sizes.n_sources as usize, "{self}: it is not complete");
        }
    }

    fn forbids(&self, flag: &str) -> bool {
        self.rule.parameter(flag) == Some(0.0)
    }
}

impl std::fmt::Display for Wired<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let values: Vec<String> = self.rule.parameters().map(|(p, x)| format!("{}: {x}", p.name)).collect();
        write!(f, "{}({}) with {:?}", self.rule.name(), values.join(", "), self.sizes)
    }
}

#[cfg(test)]
mod tests {
    use neuropil_core::rule::{Connected, Expected, RuleModel};
    use neuropil_core::{Page, Parameter, Parameters, Registry};

    use super::*;

    /// A rule with a mistake.
    #[derive(Debug)]
    struct Mistaken<const MISTAKE: usize>;

    const NONE: usize = 0;
    const BY_PLACE: usize = 1;
    const BY_STREAM_OF_THE_PLACE: usize = 2;
    const TOO_MANY: usize = 3;
    const MORE_THAN_EXPECTED: usize = 4;

    impl<const MISTAKE: usize> Page for Mistaken<MISTAKE> {
        const NAME: &'static str = "mistaken";
        const SUMMARY: &'static str = "A rule with a mistake.";
        const EQUATIONS: &'static str = "";
        const NUMERICS: &'static str = "";
        const REFERENCES: &'static [&'static str] = &[];
    }

    impl<const MISTAKE: usize> Parameters for Mistaken<MISTAKE> {
        const DECLARED: &'static [Parameter] = &[];

        fn from_values(_values: &[f64]) -> Self {
            Self
        }
    }

    impl<const MISTAKE: usize> RuleModel for Mistaken<MISTAKE> {
        fn expected(&self, sizes: Sizes) -> Expected {
            Expected::exactly(
                f64::from(sizes.n_targets) * if MISTAKE == MORE_THAN_EXPECTED { 1.5 } else { 2.0 },
            )
        }

        fn max_indegree(&self, _sizes: Sizes) -> u64 {
            if MISTAKE == TOO_MANY { 1 } else { 2 }
        }

        fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
            let streams = onto.streams();
            onto.each_target(move |target, sources| {
                let n = target.n_sources();
                let first = match MISTAKE {
                    BY_PLACE => target.place as u32 % n,
                    BY_STREAM_OF_THE_PLACE => streams.sequence(target.place as u32).below(n),
                    _ => target.random.below(n),
                };
                sources.extend([first, target.position % n]);
            })
        }
    }

    fn check<const MISTAKE: usize>() {
        let mut registry = Registry::default();
        registry.add_rule::<Mistaken<MISTAKE>>();
        registry.rules().for_each(rule_conformance);
    }

    #[test]
    fn a_rule_without_a_mistake_passes() {
        check::<NONE>();
    }

    #[test]
    #[should_panic(expected = "synapses depend on the slices")]
    fn a_source_by_the_place_in_the_slice_is_found() {
        check::<BY_PLACE>();
    }

    #[test]
    #[should_panic(expected = "synapses depend on the slices")]
    fn a_stream_of_the_place_in_the_slice_is_found() {
        check::<BY_STREAM_OF_THE_PLACE>();
    }

    #[test]
    #[should_panic(expected = "max_indegree says 1")]
    fn more_synapses_than_the_most_are_found() {
        check::<TOO_MANY>();
    }

    #[test]
    #[should_panic(expected = "synapses, but Expected")]
    fn another_number_than_expected_is_found() {
        check::<MORE_THAN_EXPECTED>();
    }
}
