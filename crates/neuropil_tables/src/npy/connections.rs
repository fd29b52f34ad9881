//! Connections from an array: records, pairs, or a dense matrix.

use super::array::Array;
use super::dtype::{Dtype, Member, Number};
use crate::columns::Columns;
use crate::connections::{Connection, Connections};
use crate::error::Fault;
use crate::scalar::{push_indices, push_reals};

/// Reads connections in any of the ways in which an array can hold them.
pub(crate) fn read_connections(array: &Array) -> Result<Connections, Fault> {
    match (&array.dtype, array.shape.as_slice()) {
        (Dtype::Record(members, _), [_]) => from_records(array, members),
        (Dtype::Number(number), [n_sources, n_targets]) if number.is_real() || number.is_bool() => {
            from_matrix(array, *number, *n_sources, *n_targets)
        }
        (Dtype::Number(number), [n, 2]) if !number.is_bytes() => from_pairs(array, *number, *n),
        (_, shape) => Err(Fault::content(format!(
            "expected one of: records with members source, target, weight and delay; \
             a dense matrix of floats or bools; whole numbers of shape (n, 2); \
             found shape {shape:?} of another type"
        ))),
    }
}

fn from_records(array: &Array, members: &[Member]) -> Result<Connections, Fault> {
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let columns = Columns::from_names(&names).map_err(Fault::content)?;
    let indices = |column: usize, name| {
        let (mut indices, member) = (Vec::new(), &members[column]);
        push_indices(&mut indices, name, array.column(member.number, member.offset)).map(|()| indices)
    };
    let reals = |column: usize, name| {
        let (mut reals, member) = (Vec::new(), &members[column]);
        push_reals(&mut reals, name, array.column(member.number, member.offset)).map(|()| reals)
    };
    Ok(Connections {
        n_sources: None,
        n_targets: None,
        source: indices(columns.source, "source")?,
        target: indices(columns.target, "target")?,
        weight: columns.weight.map(|column| reals(column, "weight")).transpose()?,
        delay: columns.delay.map(|column| reals(column, "delay")).transpose()?,
    })
}

fn from_pairs(array: &Array, number: Number, n: usize) -> Result<Connections, Fault> {
    let mut connections = Connections::default();
    let positions = |member: usize| {
        (0..n).map(move |pair| if array.fortran_order { member * n + pair } else { 2 * pair + member })
    };
    let scalars = |member| positions(member).map(|position| array.scalar(number, position));
    push_indices(&mut connections.source, "source", scalars(0))?;
    push_indices(&mut connections.target, "target", scalars(1))?;
    Ok(connections)
}

/// What is not zero is a connection. Only bools have no weights.
fn from_matrix(array: &Array, number: Number, rows: usize, columns: usize) -> Result<Connections, Fault> {
    let size =
        |n: usize| u32::try_from(n).map_err(|_| Fault::content(format!("{n} rows or columns are too many")));
    let (n_sources, n_targets) = (size(rows)?, size(columns)?);
    let weight = number.is_real().then(Vec::new);
    let mut connections = Connections {
        n_sources: Some(n_sources),
        n_targets: Some(n_targets),
        weight,
        ..Connections::default()
    };
    let (row_stride, column_stride) = if array.fortran_order { (1, rows) } else { (columns, 1) };
    // A matrix without columns may claim any number of rows.
    let rows = if array.len() == 0 { 0 } else { n_sources };
    for source in 0..rows {
        for target in 0..n_targets {
            let scalar = array.scalar(number, source as usize * row_stride + target as usize * column_stride);
            let weight = scalar.to_real().ok_or_else(|| {
                Fault::content(format!("the weight at [{source}, {target}] is {scalar}, which is not finite"))
            })?;
            if weight != 0.0 {
                connections.push(Connection { source, target, weight, delay: 0.0 })?;
            }
        }
    }
    Ok(connections)
}
