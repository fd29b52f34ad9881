//! Functions for kernels at exact points, at the ends of the range, and where there is no number; how they go over borders.

use neuropil_core::{Functions, Real};

/// The edges, in either precision.
fn edges<R: Real + Into<f64>>(infinity: R, largest: R, smallest: R) {
    let real = R::from_f64;
    let (zero, one, nan) = (R::ZERO, real(1.0), real(f64::NAN));
    let minus_zero = -zero;
    let is = |value: R, expected: R| {
        let same = value == expected
            && (real(1.0) / value).into().is_sign_negative()
                == (real(1.0) / expected).into().is_sign_negative();
        assert!(same, "{value}, not {expected}, in {:?}", R::PRECISION);
    };
    let is_nan = |value: R| assert!(value.into().is_nan(), "{value} in {:?}", R::PRECISION);

    is(zero.exp(), one);
    is(minus_zero.exp(), one);
    is((-infinity).exp(), zero);
    is((-largest).exp(), zero);
    is(largest.exp(), infinity);
    is(infinity.exp(), infinity);
    for same in [zero, minus_zero, smallest, -smallest] {
        is(same.exp_m1(), same);
        is(same.ln_1p(), same);
        is(same.tanh(), same);
        is(same.sin(), same);
        is(same.cos(), one);
        is(same.exprel(), one);
    }
    is((-infinity).exp_m1(), -one);
    is(infinity.exp_m1(), infinity);
    is((-infinity).exprel(), zero);
    is(real(-1e6).exprel(), real(1e-6));
    is(infinity.exprel(), infinity);

    is(one.ln(), zero);
    is(zero.ln(), -infinity);
    is(minus_zero.ln(), -infinity);
    is(infinity.ln(), infinity);
    is_nan((-smallest).ln());
    is_nan((-infinity).ln());
    is((-one).ln_1p(), -infinity);
    is(infinity.ln_1p(), infinity);
    is_nan(real(-1.5).ln_1p());

    is(infinity.tanh(), one);
    is((-largest).tanh(), -one);
    is_nan(infinity.sin());
    is_nan((-infinity).cos());
    is_nan(real(1.1e9).sin());

    is(real(4.0).sqrt(), real(2.0));
    is(minus_zero.abs(), zero);
    is(real(-2.5).powi(3), real(-15.625));
    is(real(7.0).powi(0), one);
    for (x, floor) in [(2.5, 2.0), (-2.5, -3.0), (3.0, 3.0), (-0.1, -1.0), (0.9, 0.0), (1e30, 1e30)] {
        is(real(x).floor(), real(floor));
    }
    let functions =
        [R::exp, R::exp_m1, R::exprel, R::ln, R::ln_1p, R::tanh, R::sin, R::cos, R::sqrt, R::floor];
    functions.iter().for_each(|function| is_nan(function(nan)));
}

fn powers<R: Real + Into<f64>>(infinity: R, largest: R) {
    let real = R::from_f64;
    let (zero, one, nan) = (R::ZERO, real(1.0), real(f64::NAN));
    let is = |value: R, expected: f64| assert_eq!(value.into(), expected, "{:?}", R::PRECISION);
    for x in [zero, one, real(0.3), real(-2.0), infinity, nan] {
        is(x.pow(zero), 1.0);
        is(one.pow(x), 1.0);
    }
    for i in 0..2000 {
        let x = real(f64::from(i) * 0.0137 - 10.0);
        is(x.pow(one), x.into());
    }
    for x in [largest, zero, infinity, -infinity] {
        is(x.pow(one), x.into());
    }
    is(zero.pow(real(-0.5)), f64::INFINITY);
    is(zero.pow(real(1e-5)), 0.0);
    is(infinity.pow(real(-2.0)), 0.0);
    is(real(2.0).pow(infinity), f64::INFINITY);
    is(real(2.0).pow(-infinity), 0.0);
    is(real(0.5).pow(infinity), 0.0);
    is(real(0.5).pow(-largest), f64::INFINITY);
    is(largest.pow(real(1.01)), f64::INFINITY);
    is(largest.pow(real(-1.2)), 0.0);
    is(real(-2.0).pow(real(3.0)), -8.0);
    is(real(-2.0).pow(real(-2.0)), 0.25);
    for undefined in [real(-2.0).pow(real(0.5)), nan.pow(one), real(2.0).pow(nan)] {
        assert!(undefined.into().is_nan());
    }
}

#[test]
fn of_functions() {
    edges(f32::INFINITY, f32::MAX, f32::MIN_POSITIVE);
    edges(f64::INFINITY, f64::MAX, f64::MIN_POSITIVE);
}

#[test]
fn of_powers() {
    powers(f32::INFINITY, f32::MAX);
    powers(f64::INFINITY, f64::MAX);
}

/// Where the reduction changes by one, a larger argument gives no result that is smaller by more than a unit in the last place.
#[test]
fn borders_are_no_steps() {
    let rises = |border: f64, function: fn(f64) -> f64| {
        let values = (0..200).map(|i| function(f64::from_bits(border.to_bits() - 100 + i)));
        let mut highest = f64::NEG_INFINITY;
        for value in values {
            let unit = highest.abs() * f64::EPSILON;
            assert!(value >= highest - unit, "{value:e} after {highest:e} near {border}");
            highest = highest.max(value);
        }
    };
    for k in 0..100 {
        let border = (f64::from(k) + 0.5) * std::f64::consts::LN_2;
        rises(border, Functions::exp);
        rises(border, Functions::exp_m1);
        rises(border, |x| -Functions::exp(-x));
        rises(2_f64.powi(k) * std::f64::consts::FRAC_1_SQRT_2, Functions::ln);
        rises(2_f64.powi(k) * std::f64::consts::FRAC_1_SQRT_2, Functions::ln_1p);
    }
    rises(0.55, Functions::tanh);
    rises(std::f64::consts::FRAC_PI_4, Functions::sin);
}
