//! Elementary functions that run on vectors, and give the same bits on every machine.
//!
//! A loop that calls a function of [`crate::number::math`] does one element at a time. These are straight lines of sums, products,
//! quotients, comparisons and shifts, whose results IEEE 754 fixes: no branch, no table, no fused product, no library of the
//! platform. So the compiler makes vectors of a loop around them, with 2 to 16 elements at once, and bits depend neither on the
//! instruction set nor on the place in the loop.
//!
//! Coefficients are those of polynomials that agree with the function at Chebyshev nodes, which is close to the best in the
//! sense of the largest error. They were found by solving for them in arithmetic with 60 digits, and rounded at the end.

mod circular;
mod exp;
mod format;
mod ln;
mod pow;
mod tanh;

use std::hint::select_unpredictable as select;

use circular::Circular;
use ln::Ln;
use pow::Pow;
use tanh::Tanh;

/// The version of [`Functions`]: another one, if a bit of any result changes.
pub const MATH_VERSION: &str = "neuropil-math/1";

/// Elementary functions for kernels. Every [`Real`](crate::Real) has them: `((V - c.V_th) / c.Delta_T).exp()`.
///
/// Where the type is written out, `f64` or `f32`, a method call means the standard library's function, whose bits depend on the
/// platform. Say `Functions::exp(x)` there, or [`crate::number::math::exp`].
///
/// The largest errors that were found, in units in the last place, with 0.5 for what is correctly rounded:
///
/// | | `f64` | `f32` | | `f64` | `f32` |
/// |---|---:|---:|---|---:|---:|
/// | `exp` | 1.0 | 1.0 | `pow` | 1.6 | 0.51 |
/// | `exp_m1` | 1.7 | 1.6 | `tanh` | 1.5 | 1.5 |
/// | `exprel` | 3.0 | 2.2 | `sin`, `cos` | 0.9 | 1.6 |
/// | `ln`, `ln_1p` | 0.9 | 0.9 | `sqrt`, `abs`, `floor` | 0.5, 0, 0 | 0.5, 0, 0 |
///
/// In all of them what is not a number stays so, and exact points are exact: `exp(0) = 1`, `ln(1) = 0`, `sin(0) = 0`, `pow(x, 1) = x`.
/// Subnormal numbers may count as zero, as an argument and as a result.
pub trait Functions: Sized {
    /// e to the power `self`. Zero from -708 down (-87 in `f32`), infinite where the result is above the largest number.
    #[must_use]
    fn exp(self) -> Self;
    /// e to the power `self`, minus one; nothing cancels near zero.
    #[must_use]
    fn exp_m1(self) -> Self;
    /// `(e^x - 1) / x`, which is 1 at zero: what a decay adds up to over a step. Infinite from 709.8 up (88.7 in `f32`).
    #[must_use]
    fn exprel(self) -> Self;
    /// The natural logarithm: of zero it is minus infinity, of a negative number no number.
    #[must_use]
    fn ln(self) -> Self;
    /// The natural logarithm of `1 + self`; nothing cancels near zero.
    #[must_use]
    fn ln_1p(self) -> Self;
    /// `self` to a power. 1 where the power is zero, or `self` is one; a negative number has whole powers alone.
    ///
    /// For small whole powers that are written in the code, [`Self::powi`] takes a tenth of the time.
    #[must_use]
    fn pow(self, exponent: Self) -> Self;
    /// `self` to a whole power, by squaring: each product rounds once.
    #[must_use]
    fn powi(self, exponent: u32) -> Self;
    /// The hyperbolic tangent.
    #[must_use]
    fn tanh(self) -> Self;
    /// The sine of an angle in radians.
    ///
    /// The errors above hold for `|x|` up to 1.6 million in `f64`. Beyond, the argument is off by a unit in its last place
    /// in addition; above 2^30 there is no result (NaN). In `f32` the bound for both is 2^20.
    #[must_use]
    fn sin(self) -> Self;
    /// The cosine of an angle in radians; for which angles, see [`Self::sin`].
    #[must_use]
    fn cos(self) -> Self;
    /// The square root, correctly rounded.
    #[must_use]
    fn sqrt(self) -> Self;
    /// The number without its sign.
    #[must_use]
    fn abs(self) -> Self;
    /// The largest whole number that is not above `self`.
    #[must_use]
    fn floor(self) -> Self;
}

impl<F: Circular + Ln + Pow + Tanh> Functions for F {
    #[inline(always)]
    fn exp(self) -> Self {
        exp::exp(self)
    }
    #[inline(always)]
    fn exp_m1(self) -> Self {
        exp::exp_m1(self)
    }
    #[inline(always)]
    fn exprel(self) -> Self {
        exp::exprel(self)
    }
    #[inline(always)]
    fn ln(self) -> Self {
        ln::ln(self)
    }
    #[inline(always)]
    fn ln_1p(self) -> Self {
        ln::ln_1p(self)
    }
    #[inline(always)]
    fn pow(self, exponent: Self) -> Self {
        pow::pow(self, exponent)
    }
    #[inline(always)]
    fn powi(self, exponent: u32) -> Self {
        let (mut power, mut square, mut left) = (F::of(1.0), self, exponent);
        while left > 0 {
            if left % 2 == 1 {
                power = power * square;
            }
            square = square * square;
            left /= 2;
        }
        power
    }
    #[inline(always)]
    fn tanh(self) -> Self {
        tanh::tanh(self)
    }
    #[inline(always)]
    fn sin(self) -> Self {
        circular::sin(self)
    }
    #[inline(always)]
    fn cos(self) -> Self {
        circular::cos(self)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.root()
    }
    #[inline(always)]
    fn abs(self) -> Self {
        self.magnitude()
    }
    #[inline(always)]
    fn floor(self) -> Self {
        let rounded = (self + F::ROUNDER) - F::ROUNDER;
        let down = select(rounded > self, rounded - F::of(1.0), rounded);
        select(self.magnitude() < F::ROUNDED_BELOW, down, self)
    }
}
