//! Connections that are listed one by one.

use std::path::PathBuf;

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

    /// The smallest and the largest delay in ms, if the list has delays.
    #[must_use]
    pub fn delay_bounds(&self) -> Option<(f64, f64)> {
        let delay = self.delay.as_ref().filter(|delay| !delay.is_empty())?;
        Some(delay.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &x| (a.min(x), b.max(x))))
    }

    pub(crate) fn max_indegree(&self) -> u64 {
        self.max_indegree
    }

    pub(crate) fn check(&self, n_sources: u32, n_targets: u32) -> Result<(), String> {
        let outside = |what: &str, largest: u32, n: u32| {
            format!("the list names {what} {largest}, but there are only {n}, numbered from 0")
        };
        match self.largest {
            _ if self.is_empty() => Ok(()),
            (source, _) if source >= n_sources => Err(outside("source", source, n_sources)),
            (_, target) if target >= n_targets => Err(outside("target", target, n_targets)),
            _ => Ok(()),
        }
    }
}
