//! Numbers from standard distributions, of which others are made.

use rand::Rng;
use rand_distr::{Distribution, Exp1, StandardNormal};

use crate::random::streams::Sequence;

impl Sequence {
    /// A number in the half-open interval [0, 1), with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A normal number of mean 0 and variance 1.
    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(self)
    }

    /// An exponential number of mean 1.
    pub fn exponential(&mut self) -> f64 {
        Exp1.sample(self)
    }
}
