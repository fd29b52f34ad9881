//! The errors of the functions for kernels are those that their documentation states, in both precisions.

mod reference;

use neuropil_core::{Functions, math};
use reference::{Double, magnitudes, spread};

const N: u32 = 6000;

/// The largest error in units in the last place, and where it is.
fn worst(
    x: impl Iterator<Item = f64>,
    exact: impl Fn(f64) -> Double,
    function: fn(f64) -> f64,
) -> (f64, f64) {
    x.map(|x| (exact(x).ulps(function(x)), x))
        .fold((0.0, 0.0), |worst, at| if at.0 > worst.0 { at } else { worst })
}

fn assert_within(bound: f64, name: &str, (error, x): (f64, f64)) {
    assert!(error <= bound, "{name} errs by {error:.2} units in the last place at {x:e}");
    assert!(error > bound / 2.0, "{name} errs by {error:.2} units only: what is stated can be less");
}

/// Numbers where the exponent changes by one: just below and above the borders of the reduction.
fn borders_of_exp(most: f64) -> impl Iterator<Item = f64> {
    spread(-most, most, N).flat_map(|k| {
        let border = (k.round() + 0.5) * std::f64::consts::LN_2;
        [border - 1e-3 * k.fract(), border + 1e-3 * k.fract()]
    })
}

#[test]
fn exponentials() {
    let double = |f: fn(Double) -> Double| move |x: f64| f(x.into());
    let wide = || spread(-707.0, 709.7, N).chain(magnitudes(1e-10, 700.0, N)).chain(borders_of_exp(1020.0));
    assert_within(1.0, "exp", worst(wide(), double(Double::exp), Functions::exp));
    let near = || spread(-3.0, 3.0, N).chain(magnitudes(1e-10, 700.0, N)).chain(borders_of_exp(4.0));
    assert_within(1.7, "exp_m1", worst(near(), double(Double::exp_m1), Functions::exp_m1));
    let exprel = |x: f64| Double::from(x).exp_m1() / x.into();
    assert_within(3.0, "exprel", worst(near(), exprel, Functions::exprel));
    assert_within(1.5, "tanh", worst(near(), double(Double::tanh), Functions::tanh));
}

#[test]
fn logarithms() {
    let around_1 = || magnitudes(1e-10, 0.5, 2 * N);
    let positive = magnitudes(1e-300, 1e300, N).map(f64::abs).chain(around_1().map(|x| 1.0 + x));
    let ln = |x: f64| Double::from(x).ln();
    assert_within(0.9, "ln", worst(positive.chain(spread(0.65, 1.5, N)), ln, Functions::ln));
    let above = magnitudes(1e-10, 1e300, N).map(f64::abs).chain(around_1());
    assert_within(0.9, "ln_1p", worst(above.chain(spread(-0.4, 0.5, N)), Double::ln_1p, Functions::ln_1p));
}

#[test]
fn angles() {
    let angles = || {
        let borders = spread(0.0, 1e6, N).map(|k| (k.round() + 0.5) * std::f64::consts::FRAC_PI_2);
        let zeros = spread(0.0, 1e6, N).map(|k| k.round() * std::f64::consts::FRAC_PI_2);
        spread(-1.6e6, 1.6e6, N).chain(magnitudes(1e-5, 10.0, N)).chain(borders).chain(zeros)
    };
    assert_within(0.9, "sin", worst(angles(), |x| Double::sin_cos(x).0, Functions::sin));
    assert_within(0.9, "cos", worst(angles(), |x| Double::sin_cos(x).1, Functions::cos));
}

#[test]
fn powers() {
    let mut found = (0.0, 0.0);
    let bases = magnitudes(1e-300, 1e300, N).chain(spread(0.5, 2.0, N)).chain(spread(0.0, 100.0, N));
    for (base, result) in bases.map(f64::abs).zip(spread(-700.0, 700.0, 3 * N)) {
        for exponent in [result / math::ln(base), result / 100.0] {
            let exact = (Double::from(base).ln() * exponent.into()).exp();
            if exact.0 > 1e-300 && exact.0 < 1e300 {
                let error = exact.ulps(Functions::pow(base, exponent));
                found = if error > found.0 { (error, base) } else { found };
            }
        }
    }
    assert_within(1.6, "pow", found);
}

/// Single precision against double, whose errors do not count beside it.
#[test]
fn single_precision() {
    let check = |bound: f64, name: &str, x: Vec<f64>, exact: fn(f64) -> f64, function: fn(f32) -> f32| {
        let error = |x: f64| {
            let (exact, x) = (exact(f64::from(x as f32)), x as f32);
            let unit = f64::from_bits(exact.to_bits() & (0x7ff << 52)) * f64::from(f32::EPSILON);
            ((f64::from(function(x)) - exact) / unit, x)
        };
        let worst = x.into_iter().map(error).map(|(e, x)| (e.abs(), f64::from(x)));
        assert_within(
            bound,
            name,
            worst.fold((0.0, 0.0), |worst, at| if at.0 > worst.0 { at } else { worst }),
        );
    };
    let near =
        || spread(-80.0, 80.0, N).chain(magnitudes(1e-6, 80.0, N)).chain(borders_of_exp(4.0)).collect();
    check(1.0, "exp", near(), math::exp, Functions::exp);
    check(1.6, "exp_m1", near(), math::exp_m1, Functions::exp_m1);
    check(2.2, "exprel", near(), |x| math::exp_m1(x) / x, Functions::exprel);
    check(1.5, "tanh", near(), |x| Double::from(x).tanh().0, Functions::tanh);
    let positive = || magnitudes(1e-37, 1e38, N).map(f64::abs).chain(spread(0.65, 1.5, N)).collect();
    check(0.9, "ln", positive(), math::ln, Functions::ln);
    check(0.9, "ln_1p", positive(), math::ln_1p, Functions::ln_1p);
    let angles = || spread(-1e6, 1e6, N).chain(spread(-10.0, 10.0, N)).collect();
    check(1.6, "sin", angles(), |x| Double::sin_cos(x).0.0, Functions::sin);
    check(1.6, "cos", angles(), |x| Double::sin_cos(x).1.0, Functions::cos);
    check(0.51, "pow", spread(0.01, 50.0, N).collect(), |x| math::pow(x, 2.5), |x| Functions::pow(x, 2.5));
}
