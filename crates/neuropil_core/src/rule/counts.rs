//! How many of several draws fall on one of two sides: binomial and hypergeometric numbers.
//!
//! They are drawn by the ratio of uniforms (E. Stadlober 1990, The ratio of uniforms approach for generating discrete random
//! variates, doi:10.1016/0377-0427(90)90349-5), from probabilities that do not cancel where numbers are large (C. Loader 2000,
//! Fast and accurate computation of binomial probabilities). Only functions of [`crate::number::math`] are used: the same bits on every
//! machine.

use crate::number::math::{ln, ln_gamma};
use crate::random::streams::Sequence;

/// So few are drawn one by one.
const FEW: u64 = 16;

/// How many of `n` draws fall on the left of `left + right` places, where each draw may fall on any: a binomial number.
#[must_use]
pub fn split_independent(n: u64, left: u64, right: u64, random: &mut Sequence) -> u64 {
    if n == 0 || left == 0 || right == 0 {
        return if right == 0 { n } else { 0 };
    }
    let (l, r, n_draws) = (left as f64, right as f64, n as f64);
    let (p, q) = (l / (l + r), r / (l + r));
    if n <= FEW {
        return (0..n).map(|_| u64::from(random.open01() < p)).sum();
    }
    let shape = Shape {
        mean: n_draws * p,
        variance: n_draws * p * q,
        mode: ((n_draws + 1.0) * p).floor().min(n_draws),
        low: 0.0,
        high: n_draws,
    };
    shape.draw(|k| ln_binomial(k, n_draws, p, q), random) as u64
}

/// How many of `n` draws fall on the left of `left + right` places, where no two fall on the same: a hypergeometric number.
///
/// There must be `n` places.
#[must_use]
pub fn split_distinct(n: u64, left: u64, right: u64, random: &mut Sequence) -> u64 {
    if n == 0 || left == 0 || right == 0 {
        return if right == 0 { n } else { 0 };
    }
    let (l, r, n_draws) = (left as f64, right as f64, n as f64);
    if n <= FEW {
        return one_by_one(n, l, r, random);
    }
    let all = l + r;
    let (p, q) = (n_draws / all, (all - n_draws) / all);
    let shape = Shape {
        mean: n_draws * l / all,
        variance: n_draws * (l / all) * (r / all) * ((all - n_draws) / (all - 1.0)),
        mode: ((n_draws + 1.0) * (l + 1.0) / (all + 2.0)).floor().min(n_draws).min(l),
        low: (n_draws - r).max(0.0),
        high: n_draws.min(l),
    };
    shape.draw(|k| ln_binomial(k, l, p, q) + ln_binomial(n_draws - k, r, p, q), random) as u64
}

fn one_by_one(n: u64, left: f64, right: f64, random: &mut Sequence) -> u64 {
    let (mut left_over, mut all) = (left, left + right);
    for _ in 0..n {
        left_over -= f64::from(u8::from(random.open01() * all < left_over));
        all -= 1.0;
    }
    (left - left_over) as u64
}

/// What the ratio of uniforms needs to know of a distribution of whole numbers.
struct Shape {
    mean: f64,
    variance: f64,
    mode: f64,
    low: f64,
    high: f64,
}

impl Shape {
    /// The width of the hat: `sqrt(8/e) sqrt(variance + 1/2) + 3 - 2 sqrt(3/e)`.
    fn width(&self) -> f64 {
        1.715_527_769_921_413_5 * (self.variance + 0.5).sqrt() + 0.898_916_162_058_898_8
    }

    /// A number whose logarithmic probability, up to a constant, is `ln_p`.
    fn draw(&self, ln_p: impl Fn(f64) -> f64, random: &mut Sequence) -> f64 {
        let (width, top) = (self.width(), ln_p(self.mode));
        loop {
            let (u, v) = (random.open01(), random.open01());
            let k = (self.mean + 0.5 + width * (v - 0.5) / u).floor();
            if k < self.low || k > self.high {
                continue;
            }
            // Is u^2 below the probability? The first two bounds of the logarithm decide most cases.
            let ln_ratio = ln_p(k) - top;
            let surely = u * (4.0 - u) - 3.0 <= ln_ratio;
            let perhaps = u * (u - ln_ratio) < 1.0;
            if surely || (perhaps && 2.0 * ln(u) <= ln_ratio) {
                return k;
            }
        }
    }
}

/// The logarithm of the probability of `k` out of `n`, each with probability `p = 1 - q`.
fn ln_binomial(k: f64, n: f64, p: f64, q: f64) -> f64 {
    if k == 0.0 {
        return if q == 0.0 { 0.0 } else { n * ln(q) };
    }
    let rest = n - k;
    if rest == 0.0 {
        return n * ln(p);
    }
    let errors = stirling_error(n) - stirling_error(k) - stirling_error(rest);
    errors - deviance(k, n * p) - deviance(rest, n * q) + 0.5 * ln(n / (std::f64::consts::TAU * k * rest))
}

/// `ln n! - ln(sqrt(2 pi n) (n/e)^n)`.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        let half_ln_tau = 0.918_938_533_204_672_8;
        return ln_gamma(n + 1.0) - (n + 0.5) * ln(n) + n - half_ln_tau;
    }
    let s = 1.0 / (n * n);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0)))) / n
}

/// `x ln(x/m) + m - x`, without cancellation where `x` is near `m`.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * ln(x / m) + m - x;
    }
    let v = (x - m) / (x + m);
    let mut sum = (x - m) * v;
    let mut term = 2.0 * x * v;
    for j in 1..1000 {
        term *= v * v;
        let next = sum + term / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::math::exp;
    use crate::random::streams::{Purpose, Streams};

    fn random() -> Sequence {
        Streams::new(1, Purpose::Connectivity, 0).sequence(0)
    }

    /// Numbers that are drawn, against their probabilities: chi-squared over all that are likely, within 5 sd of its mean.
    fn check(p: impl Fn(u64) -> f64, most: u64, mut draw: impl FnMut() -> u64, what: &str) {
        const N: usize = 200_000;
        let mut counts = vec![0.0; most as usize + 1];
        (0..N).for_each(|_| counts[draw() as usize] += 1.0);
        let expected: Vec<f64> = (0..=most).map(|k| N as f64 * p(k)).collect();
        assert!((expected.iter().sum::<f64>() / N as f64 - 1.0).abs() < 1e-9, "{what}");
        let likely: Vec<usize> = (0..expected.len()).filter(|&k| expected[k] > 10.0).collect();
        let chi2: f64 = likely.iter().map(|&k| (counts[k] - expected[k]).powi(2) / expected[k]).sum();
        let freedom = likely.len() as f64;
        assert!((chi2 - freedom).abs() < 5.0 * (2.0 * freedom).sqrt() + 1.0, "{what}: {chi2} of {freedom}");
        let unlikely = |column: &[f64]| -> f64 {
            (0..column.len()).filter(|k| !likely.contains(k)).map(|k| column[k]).sum()
        };
        let (found, wanted) = (unlikely(&counts), unlikely(&expected));
        assert!(
            (found - wanted).abs() < 5.0 * wanted.sqrt() + 5.0,
            "{what}: {found} of {wanted} in the tails"
        );
    }

    fn ln_choose(n: u64, k: u64) -> f64 {
        let ln_factorial = |n: u64| ln_gamma(n as f64 + 1.0);
        ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
    }

    #[test]
    fn independent_draws_are_binomial() {
        for (n, left, right) in
            [(5, 1, 2), (16, 3, 1), (17, 1, 1), (40, 1, 30), (300, 7, 3), (3000, 500, 500)]
        {
            let mut random = random();
            let p = left as f64 / (left + right) as f64;
            let of = |k: u64| exp(ln_choose(n, k) + k as f64 * ln(p) + (n - k) as f64 * ln(1.0 - p));
            check(of, n, || split_independent(n, left, right, &mut random), &format!("{n} {left} {right}"));
        }
    }

    #[test]
    fn distinct_draws_are_hypergeometric() {
        for (n, left, right) in
            [(5, 4, 3), (16, 10, 20), (17, 9, 9), (40, 20, 600), (300, 200, 120), (900, 1000, 1100)]
        {
            let mut random = random();
            let of = |k: u64| {
                if k > left || n - k > right {
                    return 0.0;
                }
                exp(ln_choose(left, k) + ln_choose(right, n - k) - ln_choose(left + right, n))
            };
            check(of, n, || split_distinct(n, left, right, &mut random), &format!("{n} {left} {right}"));
        }
    }

    /// Means and variances where there are too many numbers to count each.
    #[test]
    fn large_numbers_have_their_moments() {
        const N: f64 = 20_000.0;
        let moments = |draw: &mut dyn FnMut() -> u64, mean: f64| {
            let z: Vec<f64> = (0..N as usize).map(|_| draw() as f64 - mean).collect();
            (z.iter().sum::<f64>() / N, z.iter().map(|z| z * z).sum::<f64>() / N)
        };
        let (n, left, right) = (1_u64 << 42, 1_u64 << 50, 3_u64 << 50);
        let mut source = random();
        let variance = n as f64 * 0.25 * 0.75;
        let (bias, found) = moments(&mut || split_independent(n, left, right, &mut source), n as f64 * 0.25);
        assert!(bias.abs() < 5.0 * (variance / N).sqrt(), "{bias}");
        assert!((found / variance - 1.0).abs() < 5.0 * (2.0 / N).sqrt(), "{found} {variance}");
        let (n, left, right) = (1_u64 << 40, 1_u64 << 40, 1_u64 << 40);
        let variance = n as f64 * 0.25 * 0.5;
        let (bias, found) = moments(&mut || split_distinct(n, left, right, &mut source), n as f64 * 0.5);
        assert!(bias.abs() < 5.0 * (variance / N).sqrt(), "{bias}");
        assert!((found / variance - 1.0).abs() < 5.0 * (2.0 / N).sqrt(), "{found} {variance}");
    }

    /// No number may be more likely than the hat allows: `|x - mean - 1/2| sqrt(p(k)/p(mode)) <= width / 2` for x in [k, k + 1].
    #[test]
    fn the_hat_covers_the_distribution() {
        let covers = |shape: &Shape, ln_p: &dyn Fn(f64) -> f64, what: &str| {
            for k in shape.low as u64..=shape.high as u64 {
                let ratio = exp((ln_p(k as f64) - ln_p(shape.mode)) / 2.0);
                let far = [k as f64, k as f64 + 1.0].map(|x| (x - shape.mean - 0.5).abs());
                assert!(far[0].max(far[1]) * ratio <= shape.width() / 2.0 * (1.0 + 1e-12), "{what} at {k}");
            }
        };
        for n in [17.0_f64, 30.0, 100.0, 1000.0] {
            for p in [1e-6_f64, 0.01, 0.05, 0.2, 0.4, 0.5, 0.7, 0.99] {
                let mode = ((n + 1.0) * p).floor().min(n);
                let shape = Shape { mean: n * p, variance: n * p * (1.0 - p), mode, low: 0.0, high: n };
                covers(&shape, &|k| ln_binomial(k, n, p, 1.0 - p), &format!("binomial {n} {p}"));
            }
        }
    }
}
