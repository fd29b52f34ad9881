//! The hyperbolic tangent.
//!
//! `tanh x = 1 - 2 / (e^2x + 1)`, in which something cancels near zero. There `tanh x = x - x z / Q(z)` with `z = x^2`; `Q` is what
//! Lambert's continued fraction says of it, `3 + z / (5/... )`, as a polynomial. Both are one sum with one quotient.

use std::hint::select_unpredictable as select;

use super::exp::{Exp, exp};
use super::format::polynomial;

/// The constants of the hyperbolic tangent.
pub trait Tanh: Exp {
    /// `Q(z) = z / (1 - tanh(x)/x)`: the polynomial that agrees with it at the Chebyshev nodes of `0 <= x <= 0.55`, computed with
    /// 60 digits.
    const FRACTION: &'static [Self];
}

impl Tanh for f32 {
    const FRACTION: &'static [Self] = &[3.0, 1.199_999_9, -0.005_712_926_4, 0.000_246_733_08];
}

impl Tanh for f64 {
    const FRACTION: &'static [Self] = &[
        3.0,
        1.199_999_999_999_987_3,
        -0.005_714_285_713_611_902,
        0.000_253_968_240_582_520_8,
        -1.220_354_256_929_610_5e-5,
        5.981_485_720_311_3e-7,
        -2.806_445_563_924_502_7e-8,
    ];
}

#[inline(always)]
pub(super) fn tanh<F: Tanh>(x: F) -> F {
    let (one, two) = (F::of(1.0), F::of(2.0));
    let a = x.magnitude();
    let z = a * a;
    let near_0 = a < F::of(0.55);
    let first = select(near_0, a, one);
    let numerator = select(near_0, a * z, two);
    let denominator = select(near_0, polynomial(z, F::FRACTION), exp(a + a) + one);
    (first - numerator / denominator).times_sign_of(x)
}
