//! Numbers in messages: short enough to read, and without the noise of binary fractions.

use neuropil_core::engine::OffGrid;
use neuropil_core::units::MS;

/// `x` with up to twelve digits, and with an exponent where it is very large or very small.
pub(crate) fn number(x: f64) -> String {
    let x = rounded(x);
    if x == 0.0 || !x.is_finite() || (1e-4..1e12).contains(&x.abs()) {
        x.to_string()
    } else {
        format!("{x:e}")
    }
}

/// `x` as in [`number`], or with all its digits where the rounded number would not be `wrong`, as the message says.
pub(crate) fn wrong_number(x: f64, wrong: impl Fn(f64) -> bool) -> String {
    if wrong(rounded(x)) { number(x) } else { format!("{x:?}") }
}

fn rounded(x: f64) -> f64 {
    format!("{x:.11e}").parse().unwrap_or(x)
}

/// Times of more steps than this cannot be counted.
const MAX_STEPS: f64 = 9_007_199_254_740_992.0;

/// What a time is that is not a whole number of steps.
pub(crate) const OFF_GRID: &str = "is off the grid";

/// Why a time is not one of the grid: that it is too long, or which are the nearest.
pub(crate) fn off_grid(error: &OffGrid) -> (&'static str, String) {
    let OffGrid { time_ms, dt_ms, below_ms, above_ms } = *error;
    let longest = MAX_STEPS * dt_ms;
    if time_ms >= longest {
        let (time, longest) = (number(time_ms), format!("{longest:.0e}"));
        return ("is too long", format!("{time} {MS}, but times are at most about {longest} {MS}"));
    }
    let wrong = |x: f64| x != below_ms && x != above_ms;
    let (time, dt) = (wrong_number(time_ms, wrong), number(dt_ms));
    let message = format!("{time} {MS} is not a whole number of steps of {dt} {MS}");
    let (below, above) = (number(below_ms), number(above_ms));
    let nearest = if below_ms > 0.0 {
        format!("the nearest are {below} {MS} and {above} {MS}")
    } else {
        format!("the nearest is {above} {MS}")
    };
    (OFF_GRID, format!("{message}; {nearest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (x, text) in [
            (0.0, "0"),
            (-65.0, "-65"),
            (3.0 * 0.6, "1.8"),
            (0.1 + 0.2, "0.3"),
            (1e300, "1e300"),
            (-2.5e-7, "-2.5e-7"),
            (4_294_967_294.0, "4294967294"),
            (1e12, "1e12"),
            (1.0 / 3.0, "0.333333333333"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(number(x), text);
        }
        assert_eq!(wrong_number(1.0 + 1e-15, |x| x > 1.0), "1.000000000000001");
    }
}
