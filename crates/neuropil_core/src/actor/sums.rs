//! What processes know of all partitions together.

use crate::number::exact_sum::ExactSum;

/// Sums over the whole network, to which every partition adds what its own neurons contribute.
///
/// They are exact until they are read: the same bits for any number of partitions.
#[derive(Clone, Debug, Default)]
pub struct Sums(Vec<ExactSum>);

impl Sums {
    /// Adds a number to sum `k`; sums are numbered from 0, and begin with zero.
    pub fn add(&mut self, k: usize, x: f64) {
        if self.0.len() <= k {
            self.0.resize_with(k + 1, ExactSum::default);
        }
        self.0[k].add(x);
    }

    /// Sum `k`, rounded to the nearest double.
    #[must_use]
    pub fn total(&self, k: usize) -> f64 {
        self.0.get(k).map_or(0.0, ExactSum::total)
    }

    /// Adds the sums of another partition.
    pub fn merge(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize_with(other.0.len(), ExactSum::default);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(sum, other)| sum.merge(other));
    }

    /// Begins again with zero.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
