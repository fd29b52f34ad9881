//! Connections that are listed one by one: a rule that is data.

use std::path::PathBuf;

use neuropil_core::engine::root_mean_square;
use neuropil_core::rule::{Connected, Expected, Onto, OwnWeights, Rule, RuleError, RuleModel, Sizes};

/// A list of connections between positions in a source view and in a target view.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionList {
    origin: Option<PathBuf>,
    source: Vec<u32>,
    target: Vec<u32>,
    weight: Option<Vec<f64>>,
    delay: Option<Vec<f64>>,
    max_indegree: u64,
    largest: (u32, u32),
}

impl ConnectionList {
    /// A list given by columns of equal length; weights are in the unit of the receptor, delays in ms. `origin` is the
    /// file, if it was read from one.
    ///
    /// # Panics
    /// If the columns differ in length.
    #[must_use]
    pub fn new(
        origin: Option<PathBuf>,
        source: Vec<u32>,
        target: Vec<u32>,
        weight: Option<Vec<f64>>,
        delay: Option<Vec<f64>>,
    ) -> Self {
        let n = source.len();
        let fits = |column: &Option<Vec<f64>>| column.as_ref().is_none_or(|c| c.len() == n);
        assert!(target.len() == n && fits(&weight) && fits(&delay), "the columns differ in length");
        let largest = |column: &[u32]| column.iter().max().copied().unwrap_or(0);
        let largest = (largest(&source), largest(&target));
        let mut indegree = vec![0_u64; if n == 0 { 0 } else { largest.1 as usize + 1 }];
        target.iter().for_each(|&t| indegree[t as usize] += 1);
        let max_indegree = indegree.into_iter().max().unwrap_or(0);
        Self { origin, source, target, weight, delay, max_indegree, largest }
    }

    /// The name of the rule in scenes.
    #[must_use]
    pub fn rule_name(&self) -> &'static str {
        if self.origin.is_some() { "file" } else { "connections" }
    }

    /// The file, if the list was read from one.
    #[must_use]
    pub fn origin(&self) -> Option<&PathBuf> {
        self.origin.as_ref()
    }

    /// The number of connections.
    #[must_use]
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// The positions of the sources.
    #[must_use]
    pub fn source(&self) -> &[u32] {
        &self.source
    }

    /// The positions of the targets.
    #[must_use]
    pub fn target(&self) -> &[u32] {
        &self.target
    }

    /// The weights, if the list has them.
    #[must_use]
    pub fn weight(&self) -> Option<&[f64]> {
        self.weight.as_deref()
    }

    /// The delays in ms, if the list has them.
    #[must_use]
    pub fn delay(&self) -> Option<&[f64]> {
        self.delay.as_deref()
    }

    /// The columns besides sources and targets.
    fn n_columns(&self) -> f64 {
        [&self.weight, &self.delay].into_iter().flatten().count() as f64
    }
}

impl From<ConnectionList> for Rule {
    fn from(list: ConnectionList) -> Self {
        Self::of_data(list.rule_name(), list)
    }
}

impl RuleModel for ConnectionList {
    fn expected(&self, _sizes: Sizes) -> Expected {
        Expected::exactly(self.len() as f64)
    }

    fn max_indegree(&self, _sizes: Sizes) -> u64 {
        self.max_indegree
    }

    fn check(&self, sizes: Sizes) -> Result<(), RuleError> {
        let outside = |what: &str, largest: u32, n: u32| {
            RuleError::new(format!(
                "the list names {what} {largest}, but there are only {n}, numbered from 0"
            ))
        };
        match self.largest {
            _ if self.is_empty() => Ok(()),
            (source, _) if source >= sizes.n_sources => Err(outside("source", source, sizes.n_sources)),
            (_, target) if target >= sizes.n_targets => Err(outside("target", target, sizes.n_targets)),
            _ => Ok(()),
        }
    }

    fn own_weights(&self) -> Option<OwnWeights> {
        let weights = self.weight()?;
        let n = weights.len().max(1) as f64;
        let mean = weights.iter().sum::<f64>() / n;
        Some(OwnWeights { mean, magnitude: root_mean_square(weights) })
    }

    fn own_delays(&self) -> Option<(f64, f64)> {
        let delay = self.delay.as_ref().filter(|delay| !delay.is_empty())?;
        Some(delay.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &x| (a.min(x), b.max(x))))
    }

    fn bytes(&self) -> f64 {
        self.len() as f64 * (8.0 + 8.0 * self.n_columns())
    }

    fn building_bytes(&self) -> f64 {
        4.0 + 8.0 * self.n_columns()
    }

    fn connect<'a>(&'a self, onto: Onto<'a>) -> Connected<'a> {
        onto.listed(self.source(), self.target(), self.weight(), self.delay())
    }
}
