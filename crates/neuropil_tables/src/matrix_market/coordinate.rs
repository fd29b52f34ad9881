//! Entries that are listed with their row and column.

use std::io::Read;

use super::COMMENT;
use super::banner::{Banner, Symmetry, Values};
use super::entries::{expect_end, none_of, push, value};
use super::sizes::Sizes;
use crate::connections::Connections;
use crate::error::Fault;
use crate::field::{Field, unsigned};
use crate::lines::{Line, Lines};

/// Room that is made at once. A compressed file can claim a thousand times what is in it.
const RESERVED: u64 = 1 << 24;

pub(super) fn read<R: Read>(
    lines: &mut Lines<R>,
    banner: &Banner,
    sizes: &Sizes,
) -> Result<Connections, Fault> {
    let mut connections = none_of(sizes, banner.values);
    connections.reserve(sizes.entries.min(RESERVED) as usize)?;
    for read in 0..sizes.entries {
        let Some(line) = lines.next_content(COMMENT)? else {
            sizes.check_end(read, lines.number())?;
            return Ok(connections);
        };
        let (position, weight) = entry(line, banner, sizes)?;
        push(&mut connections, banner.symmetry, position, weight)?;
    }
    expect_end(lines, sizes)?;
    Ok(connections)
}

#[inline]
fn entry(line: Line<'_>, banner: &Banner, sizes: &Sizes) -> Result<((u32, u32), f64), Fault> {
    let mut fields = line.fields();
    let (Some(row), Some(column)) = (fields.next(), fields.next()) else {
        return Err(line.fault(format!("the line ends early; expected `{}`", form(banner.values))));
    };
    let position = (index(&row, "row", sizes.rows)?, index(&column, "column", sizes.columns)?);
    let weight = match (banner.values, fields.next()) {
        (Values::Pattern, None) => 1.0,
        (Values::Pattern, Some(extra)) => return Err(value_in_pattern(&extra)),
        (_, None) => return Err(line.fault("the value is missing; expected `row column value`")),
        (values, Some(field)) => value(&field, values)?,
    };
    if let Some(extra) = fields.next() {
        return Err(
            extra.fault(format!("expected the end of the line after the value, found {}", extra.quoted()))
        );
    }
    if banner.symmetry != Symmetry::General {
        check_triangle(line, banner.symmetry, position)?;
    }
    Ok((position, weight))
}

fn form(values: Values) -> &'static str {
    if values == Values::Pattern { "row column" } else { "row column value" }
}

fn value_in_pattern(extra: &Field<'_>) -> Fault {
    let found = extra.quoted();
    extra.fault(format!(
        "a `pattern` has no values, found {found}; declare `real` in the first line to read them"
    ))
}

/// An index, counted from 1 in the file and from 0 here.
#[inline]
fn index(field: &Field<'_>, what: &str, n: u32) -> Result<u32, Fault> {
    match unsigned(field.text) {
        Some(number) if (1..=u64::from(n)).contains(&number) => Ok((number - 1) as u32),
        other => Err(index_fault(field, what, n, other)),
    }
}

#[cold]
fn index_fault(field: &Field<'_>, what: &str, n: u32, number: Option<u64>) -> Fault {
    field.fault(match number {
        Some(0) => {
            format!("the {what} is 0, but indices begin at 1 in Matrix Market; add 1 to every row and column")
        }
        Some(number) => format!("{what} {number} is beyond the {n} {what}s of the size line"),
        None => format!("expected a {what} (a whole number from 1 to {n}), found {}", field.quoted()),
    })
}

/// Of a symmetric matrix only the lower triangle is listed; an entry above would count twice.
fn check_triangle(line: Line<'_>, symmetry: Symmetry, (row, column): (u32, u32)) -> Result<(), Fault> {
    if row < column {
        return Err(line.fault(format!(
            "the entry ({}, {}) is above the diagonal, but a symmetric matrix lists the lower triangle only; \
             swap the two or declare `general`",
            row + 1,
            column + 1
        )));
    }
    if row == column && symmetry == Symmetry::SkewSymmetric {
        return Err(line.fault("the diagonal of a skew-symmetric matrix is zero and is not listed"));
    }
    Ok(())
}
