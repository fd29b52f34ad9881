//! From connections to a file.

use std::fs::File;

use crate::connections::Connection;
use crate::error::Fault;
use crate::header::ConnectionHeader;
use crate::text::TextWriter;

/// Writes a coordinate matrix, row by row as they come.
pub(crate) fn write(
    file: &File,
    header: &ConnectionHeader,
    rows: impl Iterator<Item = Connection>,
) -> Result<(), Fault> {
    if header.delays {
        return Err(Fault::content(
            "Matrix Market has no place for delays; leave them out, or write .parquet or .csv",
        ));
    }
    let mut text = TextWriter::new(file);
    write_head(&mut text, header)?;
    let mut written = 0;
    for row in rows {
        header.check(&row)?;
        text.integer(u64::from(row.source) + 1);
        text.byte(b' ');
        text.integer(u64::from(row.target) + 1);
        if header.weights {
            text.byte(b' ');
            text.real(row.weight);
        }
        text.end_line()?;
        written += 1;
    }
    header.check_count(written)?;
    text.finish()
}

fn write_head(text: &mut TextWriter<'_>, header: &ConnectionHeader) -> Result<(), Fault> {
    let values = if header.weights { "real" } else { "pattern" };
    text.text(&format!("%%MatrixMarket matrix coordinate {values} general"));
    text.end_line()?;
    for line in header.comment.lines() {
        text.text(&format!("% {line}"));
        text.end_line()?;
    }
    text.text(&format!("{} {} {}", header.n_sources, header.n_targets, header.n_connections));
    text.end_line()
}
