//! Entries of a dense matrix, listed column by column. Zeros are no connections there.

use std::io::Read;

use super::COMMENT;
use super::banner::{Banner, Symmetry, Values};
use super::entries::{expect_end, none_of, push, value};
use super::sizes::Sizes;
use crate::connections::Connections;
use crate::error::Fault;
use crate::lines::{Line, Lines};

pub(super) fn read<R: Read>(
    lines: &mut Lines<R>,
    banner: &Banner,
    sizes: &Sizes,
) -> Result<Connections, Fault> {
    let mut connections = none_of(sizes, banner.values);
    let mut position = (first_row(banner.symmetry, 0), 0);
    for read in 0..sizes.entries {
        let Some(line) = lines.next_content(COMMENT)? else {
            sizes.check_end(read, lines.number())?;
            return Ok(connections);
        };
        let weight = entry(line, banner.values)?;
        if weight != 0.0 {
            push(&mut connections, banner.symmetry, position, weight)?;
        }
        position = next(position, banner.symmetry, sizes.rows);
    }
    expect_end(lines, sizes)?;
    Ok(connections)
}

fn entry(line: Line<'_>, values: Values) -> Result<f64, Fault> {
    let mut fields = line.fields();
    let field = fields.next().ok_or_else(|| line.fault("the value is missing"))?;
    let weight = value(&field, values)?;
    match fields.next() {
        None => Ok(weight),
        Some(extra) => {
            let found = extra.quoted();
            Err(extra.fault(format!("expected one value in each line of an array, found {found} after it")))
        }
    }
}

fn next((row, column): (u32, u32), symmetry: Symmetry, rows: u32) -> (u32, u32) {
    if row + 1 < rows { (row + 1, column) } else { (first_row(symmetry, column + 1), column + 1) }
}

fn first_row(symmetry: Symmetry, column: u32) -> u32 {
    match symmetry {
        Symmetry::General => 0,
        Symmetry::Symmetric => column,
        Symmetry::SkewSymmetric => column.saturating_add(1),
    }
}
