//! Powers.
//!
//! `x^y = 2^(y log2 x)`. A result of 1000 binary digits before the point needs a logarithm with ten more digits than a double has.
//! So double precision computes `log2 x` and its product with `y` as sums of two numbers, the first of which has so few
//! digits that products of two are exact (as in FreeBSD's `e_pow.c`). Single precision is computed in double.

use std::hint::select_unpredictable as select;

use super::exp::Exp;
use super::format::{Format, at_least, at_most, polynomial};

/// The power of a base that is positive, finite and not subnormal.
pub trait Pow: Format {
    /// The power.
    fn power(base: Self, exponent: Self) -> Self;
    /// The smallest positive base that does not count as zero.
    const LEAST: Self;
}

/// `(3 artanh(s)/s - 3 - z) / z^2` with `z = s^2`, so that `ln m = 2/3 s (3 + z + z^2 P(z))` where `s = (m - 1)/(m + 1)`: the polynomial that
/// agrees with it at the Chebyshev nodes of `0 <= z <= (3 - sqrt 8)^2`, computed with 60 digits.
const ARTANH: [f64; 7] = [
    0.600_000_000_000_000_4,
    0.428_571_428_570_077_6,
    0.333_333_334_066_535_1,
    0.272_727_123_713_168_15,
    0.230_783_621_946_930_47,
    0.199_289_361_527_900_28,
    0.193_704_265_082_735_13,
];
/// The first terms of the same, enough for single precision.
const ARTANH_SINGLE: [f64; 5] = [
    0.666_666_666_673_754_5,
    0.399_999_987_968_486_74,
    0.285_717_546_357_327_6,
    0.221_913_944_931_750_57,
    0.193_627_768_367_475_33,
];
/// `(e^r - 1 - r) / r^2` for `|r| <= ln 2 / 2`, to what single precision needs.
const SERIES_SINGLE: [f64; 7] = [
    0.5,
    0.166_666_667_193_124_8,
    0.041_666_666_719_295_684,
    0.008_333_298_344_023_092,
    0.001_388_885_390_994_504,
    0.000_198_993_901_836_792_32,
    2.485_969_439_475_207e-5,
];

/// A number of 21 binary digits, and what is left of the whole.
#[derive(Clone, Copy)]
struct Split {
    high: f64,
    low: f64,
}

/// The first 21 digits.
#[inline(always)]
fn high_digits(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & 0xffff_ffff_0000_0000)
}

/// log2 of a positive number, to 2^-66 of it.
#[inline(always)]
fn log2(x: f64) -> Split {
    /// 2 / (3 ln 2).
    const SCALE: f64 = 0.961_796_693_925_975_6;
    const SCALE_HIGH: f64 = f64::from_bits(0x3fee_c709_e000_0000);
    const SCALE_LOW: f64 = -7.028_461_650_952_758e-9;
    let (k, m) = x.exponent_and_mantissa();
    // s = (m - 1) / (m + 1).
    let (above, below) = (m - 1.0, m + 1.0);
    let reciprocal = 1.0 / below;
    let s = above * reciprocal;
    let s_high = high_digits(s);
    let below_high = high_digits(below);
    let below_low = m - (below_high - 1.0);
    let s_low = reciprocal * ((above - s_high * below_high) - s_high * below_low);
    // 3 + z + z^2 P(z).
    let z = s * s;
    let z_high = s_high * s_high;
    let rest = z * z * polynomial(z, &ARTANH) + s_low * (s_high + s);
    let sum_high = high_digits(3.0 + z_high + rest);
    let sum_low = rest - ((sum_high - 3.0) - z_high);
    // Their product.
    let product = s_high * sum_high;
    let more = s_low * sum_high + sum_low * s;
    let high = high_digits(product + more);
    let low = more - (high - product);
    // Times 2 / (3 ln 2), and the exponent.
    let first = SCALE_HIGH * high;
    let second = SCALE_LOW * high + low * SCALE;
    let log_high = high_digits((first + second) + k);
    Split { high: log_high, low: second - ((log_high - k) - first) }
}

impl Pow for f64 {
    const LEAST: Self = <Self as Format>::MIN_POSITIVE;

    #[inline(always)]
    fn power(base: Self, exponent: Self) -> Self {
        const LN_2_HIGH: f64 = f64::from_bits(0x3fe6_2e43_0000_0000);
        const LN_2_LOW: f64 = -1.904_654_299_957_768e-9;
        // Beyond, every power of anything but 1 is zero or infinite.
        let y = at_most(4e19, at_least(-4e19, exponent));
        let log = log2(base);
        // y log2(x).
        let y_high = high_digits(y);
        let product = y_high * log.high;
        let more = (y - y_high) * log.high + y * log.low;
        let inside = product.abs() < 1100.0;
        let high = select(inside, product, at_most(1100.0, at_least(-1100.0, product)));
        let low = select(inside, more, 0.0);
        let sum = at_most(1024.5, at_least(-1022.4, high + low));
        let shifted = sum + Self::ROUNDER;
        let n = shifted - Self::ROUNDER;
        // What is left, times ln 2.
        let left = sum - n;
        let left_high = high_digits(left);
        let left_low = (high - n - left_high) + low;
        let first = left_high * LN_2_HIGH;
        let second = left_low * std::f64::consts::LN_2 + left_high * LN_2_LOW;
        let r = first + second;
        let r_low = second - (r - first);
        let e = 1.0 + (r + (r * r * polynomial(r, Self::SERIES) + (r_low + r * r_low)));
        (e + e) * Self::half_power_of_2(shifted)
    }
}

impl Pow for f32 {
    const LEAST: Self = Self::from_bits(1);

    #[inline(always)]
    fn power(base: Self, exponent: Self) -> Self {
        let (k, m) = f64::from(base).exponent_and_mantissa();
        let s = (m - 1.0) / (m + 1.0);
        let z = s * s;
        let ln_m = 2.0 * s + s * z * polynomial(z, &ARTANH_SINGLE);
        let log2 = f64::from(exponent) * (k + ln_m * std::f64::consts::LOG2_E);
        let log2 = at_most(200.0, at_least(-200.0, log2));
        let shifted = log2 + f64::ROUNDER;
        let r = (log2 - (shifted - f64::ROUNDER)) * std::f64::consts::LN_2;
        let e = 1.0 + (r + r * r * polynomial(r, &SERIES_SINGLE));
        ((e + e) * f64::half_power_of_2(shifted)) as Self
    }
}

#[inline(always)]
pub(super) fn pow<F: Pow>(x: F, y: F) -> F {
    let (zero, one) = (F::of(0.0), F::of(1.0));
    let base = x.magnitude();
    // Zero and infinity.
    let grows = y > zero;
    let power = F::power(base, y);
    let power = select(base < F::LEAST, select(grows, zero, F::INFINITY), power);
    let power = select(base == F::INFINITY, select(grows, F::INFINITY, zero), power);
    // A negative base has powers with whole exponents alone.
    let power = select(x < zero, power_of_negative(power, y), power);
    let numbers = base <= F::INFINITY && y.magnitude() <= F::INFINITY;
    let power = select(numbers, power, F::NAN);
    select(y == zero || x == one, one, power)
}

#[inline(always)]
fn power_of_negative<F: Format>(power: F, y: F) -> F {
    let size = y.magnitude();
    let shifted = size + F::ROUNDER;
    let small = size < F::ROUNDED_BELOW;
    let whole = shifted - F::ROUNDER == size;
    let signed = select(F::is_odd(shifted), -power, power);
    select(small, select(whole, signed, F::NAN), power)
}
