//! Sine and cosine.
//!
//! `|x| = n pi/2 + r` with a whole number `n` and `|r|` up to about `pi/4`. The lowest bits of `n` say which of the functions of
//! `r` it is, and with which sign; both are polynomials. `pi/2` is subtracted in parts, of which all but the last have so few
//! digits that their products with `n` are exact.

use std::hint::select_unpredictable as select;

use super::format::{Format, polynomial};

/// Sine and cosine near zero, and how an angle gets there.
pub trait Circular: Format {
    /// What is left of an angle without its quarter turns; in two parts, where one would not be enough.
    type Rest: Copy;
    /// Above it an angle has no sine.
    const MOST: Self;

    /// `n` plus the rounder, and the rest, of an angle that is not negative.
    fn quarter_turns(angle: Self) -> (Self, Self::Rest);
    /// The sine of the rest.
    fn sin_of(rest: Self::Rest) -> Self;
    /// The cosine of the rest.
    fn cos_of(rest: Self::Rest) -> Self;
}

/// The first 33 digits of pi/2.
const QUARTER_HIGH: f64 = f64::from_bits(0x3ff9_21fb_5440_0000);
/// The next 33 digits.
const QUARTER_MIDDLE: f64 = f64::from_bits(0x3dd0_b461_1a60_0000);
/// What is left of pi/2.
const QUARTER_LOW: f64 = f64::from_bits(0x3ba3_198a_2e03_7073);

/// `S(z) = (sin(r)/r - 1)/z` and `C(z) = (cos r - 1 + z/2)/z^2` with `z = r^2`: the polynomials that agree with them at the Chebyshev
/// nodes of `|r| <= pi/4`, computed with 60 digits.
const SIN: [f64; 6] = [
    -0.166_666_666_666_666_66,
    0.008_333_333_333_330_936,
    -0.000_198_412_698_367_405_32,
    2.755_731_609_319_840_4e-6,
    -2.505_112_989_645_018_5e-8,
    1.591_798_897_939_743_5e-10,
];
const COS: [f64; 6] = [
    0.041_666_666_666_666_664,
    -0.001_388_888_888_888_738_9,
    2.480_158_729_875_44e-5,
    -2.755_731_726_587_808e-7,
    2.087_614_504_941_318e-9,
    -1.138_254_464_534_925e-11,
];

impl Circular for f64 {
    type Rest = (Self, Self);
    const MOST: Self = 1_073_741_824.0;

    #[inline(always)]
    fn quarter_turns(angle: Self) -> (Self, Self::Rest) {
        let shifted = angle * std::f64::consts::FRAC_2_PI + Self::ROUNDER;
        let n = shifted - Self::ROUNDER;
        let coarse = angle - n * QUARTER_HIGH;
        let middle = n * QUARTER_MIDDLE;
        let fine = coarse - middle;
        let lost = (coarse - fine) - middle;
        let low = n * QUARTER_LOW - lost;
        let rest = fine - low;
        (shifted, (rest, (fine - rest) - low))
    }

    #[inline(always)]
    fn sin_of((r, low): Self::Rest) -> Self {
        let z = r * r;
        r + (r * z * polynomial(z, &SIN) + low * (1.0 - 0.5 * z))
    }

    #[inline(always)]
    fn cos_of((r, low): Self::Rest) -> Self {
        let z = r * r;
        let half = 0.5 * z;
        let first = 1.0 - half;
        first + (((1.0 - first) - half) + (z * z * polynomial(z, &COS) - r * low))
    }
}

/// The same for single precision. The interval is wider by 0.03, because `n` is found with few digits.
const SIN_SINGLE: [f32; 4] = [-0.166_666_67, 0.008_333_332, -0.000_198_398_96, 2.722_613_3e-6];
const COS_SINGLE: [f32; 3] = [0.041_666_664, -0.001_388_820_8, 2.452_830_6e-5];

impl Circular for f32 {
    type Rest = Self;
    const MOST: Self = 1_048_576.0;

    /// The rest in double precision: with the digits of single precision alone, more parts of pi/2 would be needed.
    #[inline(always)]
    fn quarter_turns(angle: Self) -> (Self, Self) {
        let shifted = angle * std::f32::consts::FRAC_2_PI + Self::ROUNDER;
        let n = f64::from(shifted - Self::ROUNDER);
        let rest = (f64::from(angle) - n * QUARTER_HIGH) - n * (QUARTER_MIDDLE + QUARTER_LOW);
        (shifted, rest as Self)
    }

    #[inline(always)]
    fn sin_of(r: Self) -> Self {
        let z = r * r;
        r + r * z * polynomial(z, &SIN_SINGLE)
    }

    #[inline(always)]
    fn cos_of(r: Self) -> Self {
        let z = r * r;
        (1.0 - 0.5 * z) + z * z * polynomial(z, &COS_SINGLE)
    }
}

#[inline(always)]
pub(super) fn sin<F: Circular>(x: F) -> F {
    let angle = x.magnitude();
    let (shifted, rest) = F::quarter_turns(angle);
    let value = select(F::is_odd(shifted), F::cos_of(rest), F::sin_of(rest));
    let value = value.times_sign_of_half_turn(shifted).times_sign_of(x);
    select(angle <= F::MOST, value, F::NAN)
}

#[inline(always)]
pub(super) fn cos<F: Circular>(x: F) -> F {
    let angle = x.magnitude();
    let (shifted, rest) = F::quarter_turns(angle);
    let value = select(F::is_odd(shifted), F::sin_of(rest), F::cos_of(rest));
    // The sine that stands for a cosine in odd quarters is negative one quarter earlier.
    let value = value.times_sign_of_half_turn(shifted + F::of(1.0));
    select(angle <= F::MOST, value, F::NAN)
}
