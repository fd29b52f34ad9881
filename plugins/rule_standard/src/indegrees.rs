//! Indegrees that are random.

/// A number of synapses that no target has where `n` fall on targets at random, at most `mean` on each: some ten standard
/// deviations above the mean, which happens once in 10^25 targets.
pub(crate) fn unreachable_indegree(n: f64, mean: f64) -> u64 {
    (mean + 12.0 * mean.sqrt() + 100.0).min(n) as u64
}
