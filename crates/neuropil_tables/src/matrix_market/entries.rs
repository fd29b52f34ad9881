//! What entries have in common, however they are listed.

use std::io::Read;

use super::COMMENT;
use super::banner::{Symmetry, Values};
use super::sizes::Sizes;
use crate::connections::{Connection, Connections};
use crate::error::Fault;
use crate::field::{Field, is_integer};
use crate::lines::Lines;

/// Connections of a matrix of this size.
pub(super) fn none_of(sizes: &Sizes, values: Values) -> Connections {
    Connections {
        n_sources: Some(sizes.rows),
        n_targets: Some(sizes.columns),
        weight: (values != Values::Pattern).then(Vec::new),
        ..Connections::default()
    }
}

/// Appends an entry and the one for which it stands, too.
#[inline]
pub(super) fn push(
    connections: &mut Connections,
    symmetry: Symmetry,
    (row, column): (u32, u32),
    weight: f64,
) -> Result<(), Fault> {
    connections.push(Connection { source: row, target: column, weight, delay: 0.0 })?;
    let mirrored = match symmetry {
        Symmetry::General => return Ok(()),
        Symmetry::Symmetric => weight,
        Symmetry::SkewSymmetric => -weight,
    };
    if row == column {
        return Ok(());
    }
    connections.push(Connection { source: column, target: row, weight: mirrored, delay: 0.0 })
}

/// The value at the end of a line.
pub(super) fn value(field: &Field<'_>, values: Values) -> Result<f64, Fault> {
    if values == Values::Integer && !is_integer(field.text) {
        return Err(field.fault(format!(
            "expected a whole number as value, found {}; declare `real` in the first line for others",
            field.quoted()
        )));
    }
    field.real("value")
}

/// Reads what is left, in which there should be no entry.
pub(super) fn expect_end<R: Read>(lines: &mut Lines<R>, sizes: &Sizes) -> Result<(), Fault> {
    match lines.next_content(COMMENT)? {
        None => Ok(()),
        Some(line) => Err(sizes.surplus(line)),
    }
}
