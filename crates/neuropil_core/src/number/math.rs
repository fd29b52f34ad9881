//! Elementary functions that give the same bits on every machine.
//!
//! The standard library calls the platform's C library, whose last bit differs between versions and
//! processors. These come from the `libm` crate, which is plain Rust. They are for what is computed once; kernels, which do the
//! same for every neuron in every step, have [`Functions`](crate::Functions).

/// e to the power `x`.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e to the power `x`, minus one, exact for small `x`.
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// The natural logarithm.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// The natural logarithm of `1 + x`, exact for small `x`.
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// `x` to the power `y`.
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// The natural logarithm of the gamma function.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The branch W₋₁ of the Lambert W function: the solution `w <= -1` of `w e^w = x`, for `-1/e <= x < 0`.
///
/// NaN outside that interval.
#[must_use]
pub fn lambert_w_m1(x: f64) -> f64 {
    let branch_point = -exp(-1.0);
    if !(x >= branch_point && x < 0.0) {
        return f64::NAN;
    }
    let w = if x < -0.25 {
        let p = -(2.0 * (1.0 + std::f64::consts::E * x)).max(0.0).sqrt();
        -1.0 + p - p * p / 3.0
    } else {
        let l1 = ln(-x);
        l1 - ln(-l1)
    };
    halley(w, x)
}

/// The solution of `w e^w = x` near `w`, by Halley's iteration.
fn halley(mut w: f64, x: f64) -> f64 {
    for _ in 0..50 {
        let e = exp(w);
        let f = w * e - x;
        let step = f / (e * (w + 1.0) - (w + 2.0) * f / (2.0 * w + 2.0));
        if !step.is_finite() {
            break;
        }
        w -= step;
        if step.abs() <= 4.0 * f64::EPSILON * w.abs() {
            break;
        }
    }
    w
}

/// What an exponential current of 1 pA at the beginning of a step adds to the membrane by its end, in mV:
/// `(e^(-h/tau_m) - e^(-h/tau_syn)) / (C (1/tau_syn - 1/tau_m))`.
///
/// It does not change when the time constants trade places. With the larger one in front, and
/// `beta = tau_syn tau_m / |tau_m - tau_syn|`, it is `beta/C e^(-h/slow) (1 - e^(-h/beta))`: nothing cancels where they
/// come close, and nothing overflows where one is far below `h`. Where they are equal it is `h/C e^(-h/tau_m)`.
#[must_use]
pub fn exponential_to_membrane(h: f64, tau_m: f64, tau_syn: f64, c_m: f64) -> f64 {
    let (slow, fast) = if tau_m > tau_syn { (tau_m, tau_syn) } else { (tau_syn, tau_m) };
    let difference = slow - fast;
    let held = if difference == 0.0 {
        h
    } else {
        let beta = fast * (slow / difference);
        -beta * exp_m1(-h / beta)
    };
    held / c_m * exp(-h / slow)
}

/// What a current that rises as `t e^(-t/tau_syn)`, in pA and ms, adds to the membrane in the step in which it begins:
/// `h²/C e^(-h/tau_syn) f(x)` with `f(x) = (e^x - 1 - x) / x²` and `x = h/tau_syn - h/tau_m`.
///
/// Where the time constants come close, the series of `f` is summed: nothing cancels, and equality is no special case.
#[must_use]
pub fn ramp_to_membrane(h: f64, tau_m: f64, tau_syn: f64, c_m: f64) -> f64 {
    let x = h / tau_syn - h / tau_m;
    let decay = exp(-h / tau_syn);
    if x.abs() > 0.5 {
        return (exponential_to_membrane(h, tau_m, tau_syn, c_m) - h / c_m * decay) * (h / x);
    }
    let mut term = 0.5;
    let mut sum = 0.0;
    for k in 3..20 {
        sum += term;
        term *= x / f64::from(k);
    }
    h * h / c_m * decay * sum
}

/// The time and height of the maximum of the postsynaptic potential that an alpha-shaped current with a
/// peak of 1 pA causes in a passive membrane: ms and mV per pA.
///
/// `tau_m` and `tau_syn` in ms, `c_m` in pF. The maximum lies where
/// `e^(b t) = 1 + b t tau_m/tau_syn` with `b = 1/tau_syn - 1/tau_m`: a closed form with the Lambert W function.
/// NaN where the two time constants are equal or not positive.
#[must_use]
pub fn psp_max_alpha(tau_m: f64, tau_syn: f64, c_m: f64) -> (f64, f64) {
    let a = tau_m / tau_syn;
    let b = 1.0 / tau_syn - 1.0 / tau_m;
    let w = if a > 1.0 { lambert_w_m1(-exp(-1.0 / a) / a) } else { lambert_w_0_of_psp(a) };
    let t_max = (-w - 1.0 / a) / b;
    let difference = exp(-t_max / tau_m) - exp(-t_max / tau_syn);
    let height = std::f64::consts::E / (tau_syn * c_m * b) * (difference / b - t_max * exp(-t_max / tau_syn));
    (t_max, height)
}

/// W₀(-e^(-1/a)/a) for `a < 1`, where the membrane is faster than the synapse and the other branch holds the maximum.
fn lambert_w_0_of_psp(a: f64) -> f64 {
    if !(a > 0.0 && a < 1.0) {
        return f64::NAN;
    }
    let x = -exp(-1.0 / a) / a;
    let w = if x < -0.25 { -1.0 + (2.0 * (1.0 + std::f64::consts::E * x)).max(0.0).sqrt() } else { x };
    halley(w, x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lambert_w_solves_its_equation() {
        for x in [-0.367_879, -0.3, -0.25, -0.1, -1e-3, -1e-9, -1e-200] {
            let w = lambert_w_m1(x);
            assert!(w <= -1.0 && (w * exp(w) / x - 1.0).abs() < 1e-13, "x {x} w {w}");
        }
        assert!(lambert_w_m1(-0.4).is_nan() && lambert_w_m1(0.0).is_nan());
    }

    /// The calibration of NEST's `brunel_alpha_nest.py`, computed there by numerical libraries.
    #[test]
    fn psp_of_the_brunel_network() {
        let (t_max, height) = psp_max_alpha(20.0, 0.5, 250.0);
        assert!((t_max - 2.756_585_476_769_8).abs() < 1e-12);
        assert!((height / 0.004_835_553_641_72 - 1.0).abs() < 1e-11);
        assert!((0.1 / height - 20.680_155_243_678_46).abs() < 1e-11);
    }

    /// Near the singular point the exponential entry is the series around it: `1 + x/2` for a small `x = h/beta`.
    #[test]
    fn the_singular_limit_is_continuous() {
        let (h, tau_m, c_m) = (0.1, 10.0, 250.0);
        let at = exponential_to_membrane(h, tau_m, tau_m, c_m);
        assert_eq!(at, h / c_m * exp(-h / tau_m));
        for exponent in 4..16 {
            for sign in [1.0, -1.0] {
                let tau_syn = tau_m * (1.0 + sign * 10_f64.powi(-exponent));
                let x = h * (tau_syn - tau_m) / (tau_m * tau_syn);
                let near = exponential_to_membrane(h, tau_m, tau_syn, c_m);
                let error = near / (at * (1.0 + 0.5 * x)) - 1.0;
                assert!(error.abs() < 1e-15 + x * x, "{error:e} at {sign}e-{exponent}");
            }
        }
    }

    /// A current that is gone within a step leaves its charge on the membrane.
    #[test]
    fn time_constants_far_below_a_step() {
        let (h, tau_m, c_m) = (0.1, 10.0, 250.0);
        for tau_syn in [1e-3, 1e-4, 1e-5, 1e-9] {
            let left = exp(-h / tau_m) / c_m;
            let entry = exponential_to_membrane(h, tau_m, tau_syn, c_m);
            assert!((entry / (tau_syn * left) - 1.0).abs() < 2.0 * tau_syn, "{tau_syn}: {entry:e}");
            let entry = ramp_to_membrane(h, tau_m, tau_syn, c_m);
            assert!((entry / (tau_syn * tau_syn * left) - 1.0).abs() < 2.0 * tau_syn, "{tau_syn}: {entry:e}");
        }
    }

    /// Both entries against the integral of the current times the decay of the membrane, by Simpson's rule.
    #[test]
    fn entries_are_integrals() {
        let (h, c_m, n) = (0.5, 250.0, 2000);
        for (tau_m, tau_syn) in
            [(10.0, 2.0), (10.0, 10.0), (10.0, 10.01), (10.0, 9.0), (1.0, 0.1), (0.3, 20.0)]
        {
            let integral = |current: &dyn Fn(f64) -> f64| {
                let f = |i: i32| {
                    let s = h * f64::from(i) / f64::from(n);
                    let weight = if i == 0 || i == n { 1.0 } else { f64::from(2 + 2 * (i % 2)) };
                    weight * current(s) * exp(-(h - s) / tau_m) / c_m
                };
                (0..=n).map(f).sum::<f64>() * h / f64::from(3 * n)
            };
            let exponential = integral(&|s| exp(-s / tau_syn));
            let ramp = integral(&|s| s * exp(-s / tau_syn));
            assert!((exponential_to_membrane(h, tau_m, tau_syn, c_m) / exponential - 1.0).abs() < 1e-11);
            assert!(
                (ramp_to_membrane(h, tau_m, tau_syn, c_m) / ramp - 1.0).abs() < 1e-11,
                "{tau_m} {tau_syn}"
            );
        }
    }

    #[test]
    fn psp_maximum_is_where_the_slope_vanishes() {
        for (tau_m, tau_syn) in [(10.0, 2.0), (2.0, 10.0), (20.0, 19.0)] {
            let (t, height) = psp_max_alpha(tau_m, tau_syn, 250.0);
            let b = 1.0 / tau_syn - 1.0 / tau_m;
            let psp = |t: f64| {
                std::f64::consts::E / (tau_syn * 250.0 * b)
                    * ((exp(-t / tau_m) - exp(-t / tau_syn)) / b - t * exp(-t / tau_syn))
            };
            assert!((psp(t) - height).abs() < 1e-15);
            assert!(psp(t - 1e-3) < height && psp(t + 1e-3) < height, "{tau_m} {tau_syn} {t}");
        }
    }
}
