//! From a file to columns.

use std::io::Read;

use super::table::{Row, Table};
use crate::columns::{Columns, value_column};
use crate::connections::{Connection, Connections};
use crate::error::Fault;
use crate::field::{real, unsigned};
use crate::scalar::index_of_real;

/// Reads a table of connections.
pub(crate) fn read_connections(reader: impl Read) -> Result<Connections, Fault> {
    let mut table = Table::open(reader)?;
    let columns = match table.names() {
        Some(names) => Columns::from_names(&names),
        None => Columns::from_count(table.n_columns()),
    };
    let columns = columns.map_err(|problem| table.fault(problem))?;
    let mut connections = Connections {
        weight: columns.weight.map(|_| Vec::new()),
        delay: columns.delay.map(|_| Vec::new()),
        ..Connections::default()
    };
    while let Some(row) = table.next()? {
        connections.push(connection(&row, &columns)?)?;
    }
    Ok(connections)
}

fn connection(row: &Row<'_>, columns: &Columns) -> Result<Connection, Fault> {
    Ok(Connection {
        source: index(row, columns.source, "source")?,
        target: index(row, columns.target, "target")?,
        weight: columns.weight.map_or(Ok(1.0), |column| row.field(column).real("weight"))?,
        delay: columns.delay.map_or(Ok(0.0), |column| row.field(column).real("delay"))?,
    })
}

/// The number of a neuron; NumPy's `savetxt` writes whole numbers as floats.
#[inline]
fn index(row: &Row<'_>, column: usize, what: &str) -> Result<u32, Fault> {
    let field = row.field(column);
    let whole = unsigned(field.text).and_then(|number| u32::try_from(number).ok());
    whole.or_else(|| real(field.text).and_then(index_of_real)).ok_or_else(|| {
        let (found, max) = (field.quoted(), u32::MAX);
        field.fault(format!("expected a whole number from 0 to {max} as {what}, found {found}"))
    })
}

/// Reads one column of numbers.
pub(crate) fn read_values(reader: impl Read, wanted: Option<&str>) -> Result<Vec<f64>, Fault> {
    let mut table = Table::open(reader)?;
    let column = match (table.names(), wanted, table.n_columns()) {
        (Some(names), _, _) => value_column(&names, wanted),
        (None, None, 1) => Ok(0),
        (None, None, n) => {
            Err(format!("expected one number in each line, found {n}; name the columns and say which"))
        }
        (None, Some(wanted), _) => {
            Err(format!("there is no column `{wanted}`, because the first line has numbers and no names"))
        }
    };
    let column = column.map_err(|problem| table.fault(problem))?;
    let mut values = Vec::new();
    while let Some(row) = table.next()? {
        values.try_reserve(1).map_err(|_| Fault::memory(values.len()))?;
        values.push(row.field(column).real("value")?);
    }
    Ok(values)
}
