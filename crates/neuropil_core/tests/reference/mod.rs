//! The functions with twice the digits of a double, from their series.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// The sum of two doubles, of which the second is less than half a unit in the last place of the first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Double(pub(crate) f64, pub(crate) f64);

fn two_sum(a: f64, b: f64) -> Double {
    let sum = a + b;
    let b_in_sum = sum - a;
    Double(sum, (a - (sum - b_in_sum)) + (b - b_in_sum))
}

fn two_product(a: f64, b: f64) -> Double {
    let halves = |x: f64| {
        let high = f64::from_bits(x.to_bits() & !0x7ff_ffff);
        (high, x - high)
    };
    let ((a_high, a_low), (b_high, b_low)) = (halves(a), halves(b));
    let product = a * b;
    let rest = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    Double(product, rest)
}

impl From<f64> for Double {
    fn from(x: f64) -> Self {
        Self(x, 0.0)
    }
}

impl Add for Double {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (high, low) = (two_sum(self.0, other.0), two_sum(self.1, other.1));
        let sum = two_sum(high.0, high.1 + low.0);
        two_sum(sum.0, sum.1 + low.1)
    }
}

impl Neg for Double {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0, -self.1)
    }
}

impl Sub for Double {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Double {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = two_product(self.0, other.0);
        two_sum(product.0, product.1 + (self.0 * other.1 + self.1 * other.0))
    }
}

impl Div for Double {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.0 / other.0;
        let second = (self - other * first.into()).0 / other.0;
        two_sum(first, second)
    }
}

impl Double {
    /// The distance of a result, in units in the last place of the exact value.
    pub(crate) fn ulps(self, result: f64) -> f64 {
        let unit = self.0.abs().to_bits() & (0x7ff << 52);
        ((result - self.0) - self.1).abs() / (f64::from_bits(unit) * f64::EPSILON)
    }

    /// `sum x^k / k!` over `k = first, first + stride, ...`, with alternating signs where `sign` is -1.
    fn series(self, first: u32, stride: u32, sign: f64) -> Self {
        let mut term = (1..=first).fold(Self(1.0, 0.0), |term, k| term * self / f64::from(k).into());
        let mut sum = term;
        for k in (first..40).step_by(stride as usize) {
            let next = (k + 1..=k + stride).fold(term, |term, k| term * self / f64::from(k).into());
            term = next * sign.into();
            sum = sum + term;
        }
        sum
    }

    pub(crate) fn exp_m1(self) -> Self {
        if self.0.abs() < 0.5 { self.series(1, 1, 1.0) } else { self.exp() - 1.0.into() }
    }

    pub(crate) fn exp(self) -> Self {
        const LN_2: Double = Double(std::f64::consts::LN_2, 2.319_046_813_846_299_6e-17);
        let n = (self.0 / LN_2.0).round();
        let power = (self - LN_2 * n.into()).series(0, 1, 1.0);
        // In two steps, since 2^1024 is none of the numbers.
        let half = 2_f64.powi(n as i32 / 2);
        let other = 2_f64.powi(n as i32 - n as i32 / 2);
        Self(power.0 * half * other, power.1 * half * other)
    }

    /// One step of Newton's method, with the term of second order, from a double.
    pub(crate) fn ln(self) -> Self {
        let near = neuropil_core::math::ln(self.0);
        let rest = self * Self(-near, 0.0).exp() - 1.0.into();
        Self(near, 0.0) + rest - rest * rest * 0.5.into()
    }

    pub(crate) fn ln_1p(x: f64) -> Self {
        two_sum(1.0, x).ln()
    }

    pub(crate) fn tanh(self) -> Self {
        let e = (self + self).exp_m1();
        e / (e + 2.0.into())
    }

    /// Sine and cosine.
    pub(crate) fn sin_cos(x: f64) -> (Self, Self) {
        let quarter = [std::f64::consts::FRAC_PI_2, 6.123_233_995_736_766e-17, -1.497_384_904_859_169_8e-33];
        let n = (x / quarter[0]).round();
        let r = quarter.iter().fold(Self(x, 0.0), |r, part| r - two_product(n, *part));
        let (sin, cos) = (r.series(1, 2, -1.0), r.series(0, 2, -1.0));
        match n.rem_euclid(4.0) as u8 {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        }
    }
}

/// Numbers spread evenly over an interval, in the order of the golden section, so that none is special.
pub(crate) fn spread(from: f64, to: f64, n: u32) -> impl Iterator<Item = f64> {
    (0..n).map(move |i| from + (to - from) * (f64::from(i) * 0.618_033_988_749_894_9).fract())
}

/// Numbers of either sign whose logarithms are spread evenly.
pub(crate) fn magnitudes(from: f64, to: f64, n: u32) -> impl Iterator<Item = f64> {
    let sizes = spread(neuropil_core::math::ln(from), neuropil_core::math::ln(to), n);
    sizes.enumerate().map(|(i, ln)| if i % 2 == 0 { 1.0 } else { -1.0 } * neuropil_core::math::exp(ln))
}
