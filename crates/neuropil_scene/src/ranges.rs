//! Numbers outside of the range that is allowed.

use neuropil_core::Range;
use neuropil_core::units::{NONE, Unit};

use crate::numbers::wrong_number;

/// That `what` must be within `range`, but is `x`.
pub(crate) fn out_of_range(what: &str, unit: Option<Unit>, x: f64, range: Range) -> String {
    if x.is_infinite() && !range.allows_infinity() {
        return format!("{what} must be finite");
    }
    let number = wrong_number(x, |x| !range.contains(x));
    let shown = match unit {
        Some(unit) if unit != NONE && x.is_finite() => format!("{number} {unit}"),
        _ => number,
    };
    format!("{what} must be {}, but is {shown}", words(range))
}

/// What a range demands.
pub(crate) fn words(range: Range) -> String {
    match range {
        Range::Probability => "from 0 to 1".to_owned(),
        Range::NonNegativeOrInfinite => Range::NonNegative.to_string(),
        range => range.to_string(),
    }
}
