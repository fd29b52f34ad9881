//! Ends in their order.

use neuropil_core::prelude::*;

/// Checks that the arguments `low` and `high` leave room between them.
pub(crate) fn in_order(low: f64, high: f64, show: &dyn Fn(f64) -> String) -> Result<(), ParameterError> {
    if low < high {
        return Ok(());
    }
    let message = format!("`low` ({}) must be below `high` ({})", show(low), show(high));
    Err(ParameterError::new("low", message))
}
