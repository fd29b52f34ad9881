//! Poisson numbers by inversion.

use neuropil_core::math::{exp, ln, ln_gamma};
use neuropil_core::{Kernel, dispatch};

/// A table of the cumulative distribution of a Poisson number, from which numbers are drawn by inversion.
///
/// A 32-bit word decides, and a second one where the first falls on the very border of two numbers. The distribution is
/// resolved to 2^-53, the precision of its sums.
#[derive(Clone, Debug)]
pub struct PoissonTable {
    /// The smallest number that occurs.
    first: u32,
    /// `P(N <= first + j) 2^64`, high and low words.
    high: Vec<u32>,
    low: Vec<u32>,
    /// The entries of `high` that a word can exceed, in fours; the rest of the last four are `u32::MAX`, which a word
    /// can only equal.
    compared: Vec<[u32; 4]>,
    /// For long tables: how many entries of `high` lie below each multiple of 2^24.
    guide: Vec<u32>,
}

/// Tables up to this length are compared entry by entry, which runs on vectors.
const SHORT: usize = 32;

/// Words are turned into numbers in chunks of this size.
const CHUNK: usize = 256;

impl PoissonTable {
    /// The largest mean for which a table can be made.
    pub const MAX_MEAN: f64 = 1e6;

    /// The table for a mean between 0 and [`Self::MAX_MEAN`].
    #[must_use]
    pub fn new(mean: f64) -> Self {
        let (first, probabilities) = probabilities(mean.clamp(0.0, Self::MAX_MEAN));
        let mut sum = 0.0;
        let thresholds: Vec<u64> = probabilities
            .iter()
            .map(|p| {
                sum += p;
                (sum * 18_446_744_073_709_551_616.0) as u64 // saturates at 2^64 - 1
            })
            .collect();
        let high: Vec<u32> = thresholds.iter().map(|t| (t >> 32) as u32).collect();
        let below = |byte: u32| high.partition_point(|h| h >> 24 < byte) as u32;
        let n_compared = high.partition_point(|&h| h < u32::MAX) + 1;
        let four = |k: usize| [0, 1, 2, 3].map(|i| high.get(4 * k + i).copied().unwrap_or(u32::MAX));
        let compared = (0..n_compared.div_ceil(4)).map(four).collect();
        let guide = if n_compared > SHORT { (0..256).map(below).collect() } else { Vec::new() };
        Self { first, low: thresholds.iter().map(|&t| t as u32).collect(), high, compared, guide }
    }

    /// Turns uniform words into Poisson numbers, in place. `tail(i)` gives the second word of element `i`.
    pub fn invert(&self, words: &mut [u32], tail: impl Fn(usize) -> u32) {
        for (k, chunk) in words.chunks_mut(CHUNK).enumerate() {
            let tail = |i: usize| tail(k * CHUNK + i);
            if self.guide.is_empty() {
                self.invert_short(chunk, tail);
            } else {
                chunk.iter_mut().enumerate().for_each(|(i, word)| *word = self.invert_one(*word, || tail(i)));
            }
        }
    }

    fn invert_short(&self, words: &mut [u32], tail: impl Fn(usize) -> u32) {
        let mut numbers = [0_u32; CHUNK];
        let numbers = &mut numbers[..words.len()];
        if dispatch(CountBelow { thresholds: &self.compared, words, numbers }) {
            for (i, (number, &word)) in numbers.iter_mut().zip(&*words).enumerate() {
                *number += self.settle_ties(*number as usize, word, || tail(i));
            }
        }
        for (word, number) in words.iter_mut().zip(numbers) {
            *word = self.first + *number;
        }
    }

    fn invert_one(&self, word: u32, tail: impl FnOnce() -> u32) -> u32 {
        let mut j = self.guide[(word >> 24) as usize] as usize;
        while self.high.get(j).is_some_and(|&threshold| word > threshold) {
            j += 1;
        }
        self.first + j as u32 + self.settle_ties(j, word, tail)
    }

    /// How many thresholds from `j` on share the word's high half and lie at or below its low half.
    fn settle_ties(&self, j: usize, word: u32, tail: impl FnOnce() -> u32) -> u32 {
        if self.high.get(j) != Some(&word) {
            return 0;
        }
        let tail = tail();
        let tied = self.high[j..].iter().zip(&self.low[j..]).take_while(|(h, _)| **h == word);
        tied.filter(|(_, low)| tail >= **low).count() as u32
    }
}

/// Counts for each word the thresholds below it; whether any word equals one.
struct CountBelow<'a> {
    thresholds: &'a [[u32; 4]],
    words: &'a [u32],
    numbers: &'a mut [u32],
}

impl Kernel for CountBelow<'_> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let Self { thresholds, words, numbers } = self;
        let mut ties = false;
        for [a, b, c, d] in thresholds {
            for (number, word) in numbers.iter_mut().zip(words) {
                *number +=
                    u32::from(word > a) + u32::from(word > b) + u32::from(word > c) + u32::from(word > d);
                ties |= (word == a) | (word == b) | (word == c) | (word == d);
            }
        }
        ties
    }
}

/// The smallest number whose cumulative probability counts at 2^-64, and the probabilities from it on.
fn probabilities(mean: f64) -> (u32, Vec<f64>) {
    if mean == 0.0 {
        return (0, vec![1.0]);
    }
    let mode = mean.floor();
    let peak = exp(mode * ln(mean) - mean - ln_gamma(mode + 1.0));
    let negligible = peak * 1e-24;
    let mut down = Vec::new();
    let (mut k, mut p) = (mode, peak);
    while k > 0.0 && p > negligible {
        p *= k / mean;
        k -= 1.0;
        down.push(p);
    }
    let mut up = vec![peak];
    let (mut k, mut p) = (mode, peak);
    while p > negligible {
        k += 1.0;
        p *= mean / k;
        up.push(p);
    }
    let first = mode as u32 - down.len() as u32;
    let mut all: Vec<f64> = down.into_iter().rev().chain(up).collect();
    let sum: f64 = all.iter().sum();
    all.iter_mut().for_each(|p| *p /= sum);
    (first, all)
}

#[cfg(test)]
mod tests {
    use neuropil_core::{Purpose, Streams};

    use super::*;

    fn sample(mean: f64, n: usize) -> Vec<u32> {
        let streams = Streams::new(5, Purpose::Stimulus, 0);
        let mut words = vec![0; n];
        streams.words_of_step(0, 0, &mut words);
        PoissonTable::new(mean).invert(&mut words, |i| i as u32);
        words
    }

    /// Mean and variance within 5 standard errors, for means over nine decades.
    #[test]
    fn moments() {
        for mean in [1e-3, 0.02, 1.778_9, 12.0, 63.0, 900.0, 1e6] {
            let n = 400_000;
            let numbers = sample(mean, n);
            let m = numbers.iter().map(|&x| f64::from(x)).sum::<f64>() / n as f64;
            let v = numbers.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / n as f64;
            let se = (mean / n as f64).sqrt();
            assert!((m - mean).abs() < 5.0 * se, "mean {mean}: {m}");
            let se = ((mean + 2.0 * mean * mean) / n as f64).sqrt();
            assert!((v - mean).abs() < 5.0 * se, "variance of {mean}: {v}");
        }
        assert_eq!(sample(0.0, 10), [0; 10]);
    }

    /// Chi-squared of the counts against the probabilities; 99.999 % quantile for the cells used.
    #[test]
    fn goodness_of_fit() {
        let (mean, n) = (1.778_9, 1_000_000);
        let numbers = sample(mean, n);
        let mut p = exp(-mean);
        let mut chi2 = 0.0;
        for k in 0..9_u32 {
            let observed = numbers.iter().filter(|&&x| x == k).count() as f64;
            chi2 += (observed - p * n as f64).powi(2) / (p * n as f64);
            p *= mean / f64::from(k + 1);
        }
        assert!(chi2 < 41.0, "chi2 {chi2}");
    }

    /// A word on a border is settled by the second word.
    #[test]
    fn ties_are_settled_by_the_second_word() {
        let table = PoissonTable::new(1.5);
        for (j, (&high, &low)) in table.high.iter().zip(&table.low).enumerate().take(8) {
            let of = |tail: u32| {
                let mut words = [high];
                table.invert(&mut words, |_| tail);
                words[0] as usize
            };
            assert_eq!((of(low.saturating_sub(1)), of(low)), (j, j + 1));
        }
    }

    /// Short and long tables follow the same rule.
    #[test]
    fn the_guide_changes_nothing() {
        let mut table = PoissonTable::new(40.0);
        assert!(!table.guide.is_empty());
        let mut words = vec![0; 5000];
        Streams::new(9, Purpose::Stimulus, 1).words_of_step(3, 0, &mut words);
        let mut again = words.clone();
        table.invert(&mut words, |_| 7);
        table.guide.clear();
        table.invert(&mut again, |_| 7);
        assert_eq!(words, again);
    }
}
