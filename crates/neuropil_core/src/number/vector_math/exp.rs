//! The exponential function and its relatives.
//!
//! `x = n ln 2 + r` with a whole number `n` and `|r| <= ln 2 / 2` (Cody & Waite 1980: `ln 2` is subtracted in two parts, the
//! first of which has so few digits that its product with `n` is exact). Then `e^x = 2^n e^r`, where `2^n` is written
//! into an exponent, and `e^r - 1 = r + r^2 q(r)` is a polynomial.

use std::hint::select_unpredictable as select;

use super::format::{Format, at_least, at_most, polynomial};

/// The constants of the exponential function.
pub trait Exp: Format {
    /// 1 / ln 2.
    const LOG2_E: Self;
    /// The first digits of ln 2.
    const LN_2_HIGH: Self;
    /// What is left of ln 2.
    const LN_2_LOW: Self;
    /// From here down the exponential is zero.
    const LOWEST: Self;
    /// From here up it is infinite.
    const HIGHEST: Self;
    /// `q(r) = (e^r - 1 - r) / r^2`: the polynomial that agrees with it at the Chebyshev nodes of `|r| <= ln 2 / 2`, computed
    /// with 60 digits.
    const SERIES: &'static [Self];

    /// `(e^r - 1) / r` for `|r| <= ln 2 / 2`.
    fn exprel_near_0(r: Self) -> Self;
}

impl Exp for f32 {
    const LOG2_E: Self = std::f32::consts::LOG2_E;
    const LN_2_HIGH: Self = Self::from_bits(0x3f31_7200);
    const LN_2_LOW: Self = Self::from_bits(0x35bf_be8e);
    const LOWEST: Self = -87.4;
    const HIGHEST: Self = 88.8;
    const SERIES: &'static [Self] =
        &[0.5, 0.166_666_67, 0.041_666_463, 0.008_333_31, 0.001_393_373_1, 0.000_198_910_8];

    #[inline(always)]
    fn exprel_near_0(r: Self) -> Self {
        1.0 + r * polynomial(r, Self::SERIES)
    }
}

impl Exp for f64 {
    const LOG2_E: Self = std::f64::consts::LOG2_E;
    const LN_2_HIGH: Self = Self::from_bits(0x3fe6_2e42_fee0_0000);
    const LN_2_LOW: Self = Self::from_bits(0x3dea_39ef_3579_3c76);
    const LOWEST: Self = -708.5;
    const HIGHEST: Self = 710.0;
    const SERIES: &'static [Self] = &[
        0.5,
        0.166_666_666_666_666_7,
        0.041_666_666_666_666_67,
        0.008_333_333_333_326_136,
        0.001_388_888_888_888_374_8,
        0.000_198_412_698_748_206_27,
        2.480_158_732_554_774_3e-5,
        2.755_725_540_020_642_2e-6,
        2.755_727_364_311_03e-7,
        2.510_521_700_472_074_5e-8,
        2.091_468_696_808_687_6e-9,
    ];

    /// By the series of Taylor, in groups of four terms.
    #[inline(always)]
    fn exprel_near_0(r: Self) -> Self {
        const TAYLOR: [f64; 14] = [
            1.0,
            1.0 / 2.0,
            1.0 / 6.0,
            1.0 / 24.0,
            1.0 / 120.0,
            1.0 / 720.0,
            1.0 / 5_040.0,
            1.0 / 40_320.0,
            1.0 / 362_880.0,
            1.0 / 3_628_800.0,
            1.0 / 39_916_800.0,
            1.0 / 479_001_600.0,
            1.0 / 6_227_020_800.0,
            1.0 / 87_178_291_200.0,
        ];
        let r2 = r * r;
        let r4 = r2 * r2;
        let pair = |k: usize| TAYLOR[k] + TAYLOR[k + 1] * r;
        let four = |k: usize| pair(k) + pair(k + 2) * r2;
        four(0) + (four(4) + (four(8) + pair(12) * r4) * r4) * r4
    }
}

/// `x = n ln 2 + r`.
struct Reduced<F> {
    /// `n` plus the rounder.
    shifted: F,
    r: F,
    /// What rounding took from `r`.
    lost: F,
}

#[inline(always)]
fn reduce<F: Exp>(x: F) -> Reduced<F> {
    let shifted = x * F::LOG2_E + F::ROUNDER;
    let n = shifted - F::ROUNDER;
    let (high, low) = (x - n * F::LN_2_HIGH, n * F::LN_2_LOW);
    let r = high - low;
    Reduced { shifted, r, lost: (high - r) - low }
}

#[inline(always)]
pub(super) fn exp<F: Exp>(x: F) -> F {
    let Reduced { shifted, r, .. } = reduce(at_most(F::HIGHEST, at_least(F::LOWEST, x)));
    let e = F::of(1.0) + (r + r * r * polynomial(r, F::SERIES));
    // Half of the power, twice: the power itself may be infinite where the product is not.
    (e + e) * F::half_power_of_2(shifted)
}

/// `e^x - 1` is `2^n (e^r - 1) + (2^n - 1)`, where nothing cancels. Half of it, twice, for the same reason.
#[inline(always)]
pub(super) fn exp_m1<F: Exp>(x: F) -> F {
    let Reduced { shifted, r, lost } = reduce(at_most(F::HIGHEST, at_least(F::LOWEST, x)));
    let power = F::half_power_of_2(shifted);
    let half = power * (r + (r * r * polynomial(r, F::SERIES) + lost)) + (power - F::of(0.5));
    select(x == F::of(0.0), x, half + half)
}

#[inline(always)]
pub(super) fn exprel<F: Exp>(x: F) -> F {
    let x = at_most(F::HIGHEST, x);
    let Reduced { shifted, r, .. } = reduce(at_least(F::LOWEST, x));
    let power = F::half_power_of_2(shifted);
    let near_0 = F::exprel_near_0(r);
    let half = power * (r * near_0) + (power - F::of(0.5));
    select(shifted == F::ROUNDER, near_0, (half + half) / x)
}
