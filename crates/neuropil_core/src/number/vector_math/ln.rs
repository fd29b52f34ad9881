//! Logarithms.
//!
//! `x = 2^k m` with `sqrt(1/2) <= m < sqrt(2)`, and `ln x = k ln 2 + ln m`. With `f = m - 1` and `s = f / (2 + f)`,
//! `ln m = 2 artanh s = f - (f^2/2 - s (f^2/2 + z L(z)))` where `z = s^2`: all but the first term is small, so that hardly
//! more than one rounding is seen (the arrangement is that of FreeBSD's `e_log.c`).

use std::hint::select_unpredictable as select;

use super::exp::Exp;
use super::format::{Format, polynomial};

/// The constants of the logarithm, besides those of the exponential function.
pub trait Ln: Exp {
    /// `L(z) = (2 artanh(s)/s - 2) / z`: the polynomial that agrees with it at the Chebyshev nodes of `0 <= z <= (3 - sqrt 8)^2`,
    /// computed with 60 digits.
    const ARTANH: &'static [Self];
    /// Below, `ln (1 + x)` is `x`.
    const NEGLIGIBLE: Self;
}

impl Ln for f32 {
    const ARTANH: &'static [Self] = &[0.666_666_7, 0.400_001_23, 0.285_508_16, 0.233_305_83];
    const NEGLIGIBLE: Self = 2e-8;
}

impl Ln for f64 {
    const ARTANH: &'static [Self] = &[
        0.666_666_666_666_667,
        0.399_999_999_998_994_44,
        0.285_714_286_260_032_7,
        0.222_222_111_302_598_78,
        0.181_828_894_556_749_47,
        0.153_317_106_182_107_73,
        0.146_165_854_248_886_23,
    ];
    const NEGLIGIBLE: Self = 5e-17;
}

#[inline(always)]
pub(super) fn ln<F: Ln>(x: F) -> F {
    of_edges(x, ln_of_normal(x, F::of(0.0)))
}

/// With `u = 1 + x`, rounded, and what the rounding lost: `ln (u + lost) = ln u + lost/u`.
#[inline(always)]
pub(super) fn ln_1p<F: Ln>(x: F) -> F {
    let one = F::of(1.0);
    let u = one + x;
    let lost = select(x > one, one - (u - x), x - (u - one));
    let result = of_edges(u, ln_of_normal(u, lost / u));
    select(x.magnitude() < F::NEGLIGIBLE, x, result)
}

/// `ln x + more` for a positive number that is not subnormal.
#[inline(always)]
fn ln_of_normal<F: Ln>(x: F, more: F) -> F {
    let (k, m) = x.exponent_and_mantissa();
    let f = m - F::of(1.0);
    let s = f / (F::of(2.0) + f);
    let z = s * s;
    let half_square = F::of(0.5) * f * f;
    let small = s * (half_square + z * polynomial(z, F::ARTANH)) + (k * F::LN_2_LOW + more);
    k * F::LN_2_HIGH - ((half_square - small) - f)
}

/// The result, or what is right where `x` is zero, negative, infinite or not a number.
#[inline(always)]
fn of_edges<F: Format>(x: F, result: F) -> F {
    let below = select(x < F::of(0.0), F::NAN, -F::INFINITY);
    let result = select(x < F::MIN_POSITIVE, below, result);
    select(x < F::INFINITY, result, x)
}
