//! From connections to a file.

use std::fs::File;

use crate::connections::Connection;
use crate::error::Fault;
use crate::header::ConnectionHeader;
use crate::text::TextWriter;

/// Writes a table of connections.
pub(crate) fn write_connections(
    file: &File,
    header: &ConnectionHeader,
    rows: impl Iterator<Item = Connection>,
) -> Result<(), Fault> {
    let mut text = TextWriter::new(file);
    text.text("source,target");
    text.text(if header.weights { ",weight" } else { "" });
    text.text(if header.delays { ",delay" } else { "" });
    text.end_line()?;
    let mut written = 0;
    for row in rows {
        header.check(&row)?;
        write_row(&mut text, header, &row)?;
        written += 1;
    }
    header.check_count(written)?;
    text.finish()
}

fn write_row(text: &mut TextWriter<'_>, header: &ConnectionHeader, row: &Connection) -> Result<(), Fault> {
    text.integer(row.source.into());
    text.byte(b',');
    text.integer(row.target.into());
    if header.weights {
        text.byte(b',');
        text.real(row.weight);
    }
    if header.delays {
        text.byte(b',');
        text.real(row.delay);
    }
    text.end_line()
}
