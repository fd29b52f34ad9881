//! The bits of a floating-point number, as functions of it need them.

use std::hint::select_unpredictable as select;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A binary floating-point type: `f32` or `f64`.
pub trait Format:
    Copy
    + PartialOrd
    + Add<Output = Self>
    + AddAssign
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    /// 1.5 times the power of two whose unit in the last place is 1: a number that is added to it and taken off again
    /// comes out rounded to a whole number, which is in the lowest bits of the sum meanwhile.
    const ROUNDER: Self;
    /// Numbers below it can be rounded with [`Self::ROUNDER`].
    const ROUNDED_BELOW: Self;
    /// The smallest number that is not subnormal.
    const MIN_POSITIVE: Self;
    /// Infinity.
    const INFINITY: Self;
    /// Not a number.
    const NAN: Self;

    /// The nearest number to a literal.
    fn of(literal: f64) -> Self;
    /// The number without its sign.
    fn magnitude(self) -> Self;
    /// The number, with its sign flipped if `other` has one.
    fn times_sign_of(self, other: Self) -> Self;
    /// The root, which IEEE 754 fixes to the last bit.
    fn root(self) -> Self;
    /// 2 to the power `n - 1`, where `shifted` is `n` plus [`Self::ROUNDER`]; 0 where that is subnormal.
    fn half_power_of_2(shifted: Self) -> Self;
    /// `k` and `m` of a positive number that is not subnormal: it is `2^k m`, and `sqrt(1/2) <= m < sqrt(2)`.
    fn exponent_and_mantissa(self) -> (Self, Self);
    /// Whether the whole number in the lowest bits is odd.
    fn is_odd(shifted: Self) -> bool;
    /// The number, with its sign flipped if the second lowest bit of `shifted` is set.
    fn times_sign_of_half_turn(self, shifted: Self) -> Self;
}

/// Implements [`Format`] for a type of so many bits after the point of its mantissa.
macro_rules! format {
    ($real:ty, $bits:ty, $digits:literal) => {
        impl Format for $real {
            const ROUNDER: Self = 1.5 * ((1 as $bits) << $digits) as Self;
            const ROUNDED_BELOW: Self = ((1 as $bits) << ($digits - 1)) as Self;
            const MIN_POSITIVE: Self = Self::MIN_POSITIVE;
            const INFINITY: Self = Self::INFINITY;
            const NAN: Self = Self::NAN;

            #[inline(always)]
            fn of(literal: f64) -> Self {
                literal as Self
            }
            #[inline(always)]
            fn magnitude(self) -> Self {
                self.abs()
            }
            #[inline(always)]
            fn times_sign_of(self, other: Self) -> Self {
                const SIGN: $bits = 1 << (<$bits>::BITS - 1);
                Self::from_bits(self.to_bits() ^ (other.to_bits() & SIGN))
            }
            #[inline(always)]
            fn root(self) -> Self {
                self.sqrt()
            }
            #[inline(always)]
            fn half_power_of_2(shifted: Self) -> Self {
                const HALF: $bits = (0.5 as $real).to_bits();
                Self::from_bits((shifted.to_bits() << $digits).wrapping_add(HALF))
            }
            #[inline(always)]
            fn exponent_and_mantissa(self) -> (Self, Self) {
                const ONE: $bits = (1.0 as $real).to_bits();
                const ROOT_HALF: $bits = (std::f64::consts::FRAC_1_SQRT_2 as $real).to_bits();
                // The exponent, shifted down, becomes the last digits of a number whose unit in the last place is 1.
                const UNIT: $real = ((1 as $bits) << $digits) as $real;
                const BIAS: $real = UNIT + (<$real>::MAX_EXP - 1) as $real;
                let from_root_half = self.to_bits().wrapping_add(ONE - ROOT_HALF);
                let exponent = Self::from_bits((from_root_half >> $digits) | UNIT.to_bits()) - BIAS;
                let mantissa = (from_root_half & ((1 << $digits) - 1)) + ROOT_HALF;
                (exponent, Self::from_bits(mantissa))
            }
            #[inline(always)]
            fn is_odd(shifted: Self) -> bool {
                shifted.to_bits() & 1 != 0
            }
            #[inline(always)]
            fn times_sign_of_half_turn(self, shifted: Self) -> Self {
                let sign = (shifted.to_bits() >> 1) << (<$bits>::BITS - 1);
                Self::from_bits(self.to_bits() ^ sign)
            }
        }
    };
}

format!(f32, u32, 23);
format!(f64, u64, 52);

/// The number, or `low` where it is less. What is not a number stays so.
#[inline(always)]
pub(super) fn at_least<F: Format>(low: F, x: F) -> F {
    select(low > x, low, x)
}

/// The number, or `high` where it is more. What is not a number stays so.
#[inline(always)]
pub(super) fn at_most<F: Format>(high: F, x: F) -> F {
    select(high < x, high, x)
}

/// `c[0] + c[1] x + c[2] x^2 + ...`: even and odd terms, each by Horner's rule. In one chain of all, every term would wait for the
/// last; two take a square more, which most callers have anyway.
#[inline(always)]
pub(super) fn polynomial<F: Format>(x: F, coefficients: &[F]) -> F {
    let square = x * x;
    let every_other = |from: usize| {
        let mut terms = coefficients[from..].iter().step_by(2).rev();
        let last = *terms.next().expect("a polynomial has two coefficients or more");
        terms.fold(last, |sum, coefficient| sum * square + *coefficient)
    };
    every_other(0) + x * every_other(1)
}
