//! Elementary functions that give the same bits on every machine.
//!
//! The standard library calls the platform's C library, whose last bit differs between versions and
//! processors. These come from the `libm` crate, which is plain Rust.

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
/// NaN outside that interval. Halley's iteration from the branch-point series or the asymptotic form.
#[must_use]
pub fn lambert_w_m1(x: f64) -> f64 {
    let branch_point = -exp(-1.0);
    if !(x >= branch_point && x < 0.0) {
        return f64::NAN;
    }
    let mut w = if x < -0.25 {
        let p = -(2.0 * (1.0 + std::f64::consts::E * x)).max(0.0).sqrt();
        -1.0 + p - p * p / 3.0
    } else {
        let l1 = ln(-x);
        l1 - ln(-l1)
    };
    for _ in 0..50 {
        let e = exp(w);
        let f = w * e - x;
        let slope = e * (w + 1.0);
        if slope == 0.0 {
            break;
        }
        let step = f / (slope - (w + 2.0) * f / (2.0 * w + 2.0));
        w -= step;
        if step.abs() <= 4.0 * f64::EPSILON * w.abs() {
            break;
        }
    }
    w
}

/// The time and height of the maximum of the postsynaptic potential that an alpha-shaped current of 1 pA
/// causes in a passive membrane: ms and mV per pA.
///
/// `tau_m` and `tau_syn` in ms, `c_m` in pF. The maximum lies where
/// `e^(-t/tau_m) = e^(-t/tau_syn) (1 + b t + b t² / (tau_syn b) ...)`; it has a closed form with [`lambert_w_m1`].
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
    let mut w = if x < -0.25 { -1.0 + (2.0 * (1.0 + std::f64::consts::E * x)).max(0.0).sqrt() } else { x };
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

    /// The calibration of NEST's `brunel_alpha_nest.py`, computed there with SciPy.
    #[test]
    fn psp_of_the_brunel_network() {
        let (t_max, height) = psp_max_alpha(20.0, 0.5, 250.0);
        assert!((t_max - 2.756_585_476_769_8).abs() < 1e-12);
        assert!((height / 0.004_835_553_641_72 - 1.0).abs() < 1e-11);
        assert!((0.1 / height - 20.680_155_243_678_46).abs() < 1e-11);
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
