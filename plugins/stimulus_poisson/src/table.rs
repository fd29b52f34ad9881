//! Poisson numbers by inversion.

use neuropil_core::math::{exp, ln, ln_gamma};
use neuropil_core::{Kernel, Streams, dispatch};

/// A table of the cumulative distribution of a Poisson number, from which numbers are drawn by inversion.
///
/// Sixteen random bits decide, and 48 more where the sixteen fall on the very border of two numbers, which is rare. The
/// distribution is resolved to 2^-53, the precision of its sums.
#[derive(Clone, Debug)]
pub struct PoissonTable {
    /// The smallest number that occurs.
    first: u32,
    /// `P(N <= first + j) 2^64`.
    thresholds: Vec<u64>,
    /// The upper 16 bits of the thresholds but those that are zero, made to ascend strictly: where several are the same,
    /// they count on. Those that no sixteen bits can exceed are left out but for the first.
    borders: Vec<u16>,
    /// How many thresholds have upper bits that are zero.
    n_at_zero: u16,
    /// For long tables: how many borders lie below each multiple of 2^8.
    guide: Vec<u16>,
}

/// Tables up to this length are compared entry by entry, which runs on vectors.
const SHORT: usize = 64;

/// Bits are turned into numbers in chunks of this size, as they are drawn.
pub(crate) const CHUNK: usize = Streams::HALVES;

/// Numbers that begin where vectors load them fastest.
#[repr(align(64))]
struct Aligned([u16; CHUNK]);

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
        let n_at_zero = thresholds.partition_point(|t| t >> 48 == 0);
        let borders = ascending(thresholds[n_at_zero..].iter().map(|t| (t >> 48) as u16));
        let below = |byte: u16| borders.partition_point(|border| border >> 8 < byte) as u16;
        let guide = if borders.len() > SHORT { (0..256).map(below).collect() } else { Vec::new() };
        Self { first, thresholds, borders, n_at_zero: n_at_zero as u16, guide }
    }

    /// The smallest number that occurs.
    #[must_use]
    pub fn first(&self) -> u32 {
        self.first
    }

    /// Turns uniform bits into Poisson numbers less [`Self::first`], in place. `further(i)` gives 48 more bits for element
    /// `i`.
    pub fn invert(&self, bits: &mut [[u16; Streams::HALVES]], further: impl Fn(usize) -> u64) {
        if self.guide.is_empty() {
            dispatch(InvertShort { table: self, chunks: bits, further });
        } else {
            let bits = bits.as_flattened_mut().iter_mut().enumerate();
            bits.for_each(|(i, bits)| *bits = self.invert_one(*bits, || further(i)));
        }
    }

    #[inline(always)]
    fn invert_chunk(&self, chunk: &mut [u16; CHUNK], further: impl Fn(usize) -> u64) {
        let (n_at_zero, doubled) = (self.n_at_zero, self.compare(chunk));
        let mut on_border = 0;
        for (bits, doubled) in chunk.iter().zip(&doubled.0) {
            on_border |= doubled & 1 | u16::from(*bits == 0);
        }
        if on_border != 0 {
            self.settle_chunk(chunk, further);
            return;
        }
        for (bits, doubled) in chunk.iter_mut().zip(&doubled.0) {
            *bits = n_at_zero + doubled / 2;
        }
    }

    /// Twice the number of borders below the bits, and one more where the bits equal a border.
    #[inline(always)]
    fn compare(&self, chunk: &[u16; CHUNK]) -> Aligned {
        let mut doubled = Aligned([0; CHUNK]);
        for border in &self.borders {
            for (doubled, bits) in doubled.0.iter_mut().zip(chunk) {
                *doubled += bits.saturating_sub(border - 1).min(2);
            }
        }
        doubled
    }

    /// Inverts a chunk in which bits fall on a border. It compares anew: what is handed to it would have to lie in memory.
    #[cold]
    #[inline(never)]
    fn settle_chunk(&self, chunk: &mut [u16; CHUNK], further: impl Fn(usize) -> u64) {
        let doubled = self.compare(chunk);
        for ((i, number), doubled) in chunk.iter_mut().enumerate().zip(&doubled.0) {
            let (bits, near) = (*number, self.n_at_zero + doubled / 2);
            let on_border = doubled & 1 == 1 || bits == 0;
            *number = if on_border { self.settle(near, bits, further(i)) } else { near };
        }
    }

    fn invert_one(&self, bits: u16, further: impl FnOnce() -> u64) -> u16 {
        let mut j = self.guide[usize::from(bits >> 8)];
        while self.borders.get(usize::from(j)).is_some_and(|&border| bits > border) {
            j += 1;
        }
        let number = self.n_at_zero + j;
        let on_border = bits == 0 || self.borders.get(usize::from(j)) == Some(&bits);
        if on_border { self.settle(number, bits, further()) } else { number }
    }

    /// The number for sixteen bits and 48 further ones, which is mostly `near` or one more.
    fn settle(&self, near: u16, bits: u16, further: u64) -> u16 {
        let all = u64::from(bits) << 48 | further;
        let mut number = usize::from(near);
        while self.thresholds.get(number).is_some_and(|&threshold| threshold <= all) {
            number += 1;
        }
        while number > 0 && self.thresholds[number - 1] > all {
            number -= 1;
        }
        number as u16
    }
}

/// The same numbers, which ascend, each at least one larger than the one before, as far as there are such numbers.
///
/// Bits that fall between a number and what it has become fall on the one before, so they are settled all the same.
fn ascending(numbers: impl Iterator<Item = u16>) -> Vec<u16> {
    let mut last = None;
    let next = |number: u16| {
        let number =
            last.map_or(Some(number), |last: u16| last.checked_add(1).map(|next| next.max(number)))?;
        last = Some(number);
        last
    };
    numbers.map_while(next).collect()
}

/// Inverts by comparing with every border.
struct InvertShort<'a, F> {
    table: &'a PoissonTable,
    chunks: &'a mut [[u16; CHUNK]],
    further: F,
}

impl<F: Fn(usize) -> u64> Kernel for InvertShort<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { table, chunks, further } = self;
        for (first, chunk) in (0..).step_by(CHUNK).zip(chunks) {
            table.invert_chunk(chunk, |i| further(first + i));
        }
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
    use crate::further_bits;

    fn sample(mean: f64, n: usize) -> Vec<u32> {
        let [streams, further] =
            [Purpose::Stimulus, Purpose::StimulusTail].map(|purpose| Streams::new(5, purpose, 0));
        let mut bits = vec![[0; CHUNK]; n.div_ceil(CHUNK)];
        streams.halves_of_step(0, 0, &mut bits);
        let table = PoissonTable::new(mean);
        table.invert(&mut bits, |i| further_bits(&further, i as u32, 0));
        bits.as_flattened()[..n].iter().map(|&number| table.first() + u32::from(number)).collect()
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

    /// Every sixteen bits, with further ones at either end and in between, give what the whole table says.
    #[test]
    fn numbers_are_those_of_the_inverse_distribution() {
        for mean in [0.0, 1e-7, 1e-3, 0.3, 1.5, 1.778_9, 12.0, 30.0, 40.0, 900.0, 1e6] {
            let table = PoissonTable::new(mean);
            for further in [0, 1 << 47, (1 << 48) - 1] {
                let mut bits: Vec<u16> = (0..=u16::MAX).collect();
                table.invert(bits.as_chunks_mut().0, |_| further);
                for (upper, &number) in (0_u64..).zip(&bits) {
                    let below = table.thresholds.partition_point(|&t| t <= upper << 48 | further);
                    assert_eq!(usize::from(number), below, "mean {mean}, bits {upper}");
                }
            }
        }
    }
}
