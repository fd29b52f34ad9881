//! Writing files, by the ends of their names.

use std::path::Path;

use crate::connections::Connection;
use crate::error::TableError;
use crate::format::{Format, TextFormat};
use crate::header::ConnectionHeader;
use crate::{atomic, comma_separated, matrix_market, parquet_file};

/// Writes connections to a file, in the order in which they come. The end of its name says which format it
/// gets:
///
/// - `.mtx` or `.wmat`: Matrix Market, `real general` or without weights `pattern general`; row = source + 1,
///   column = target + 1. It has no place for delays. Auryn wants the connections sorted by source.
/// - `.parquet`: columns `source` and `target` (u32), and perhaps `weight` and `delay` (f64), not compressed.
///   The sizes are in the file's metadata.
/// - `.csv`: the same columns.
///
/// Rows are streamed, and the file is visible only when it is complete. Numbers read back the same to the
/// last bit.
///
/// # Errors
/// Where the file cannot be written, the rows are not what the header says, a weight or a delay is not
/// finite, or the format has no place for something. What was at `path` before is then still there.
pub fn write_connections(
    path: &Path,
    header: &ConnectionHeader,
    rows: impl IntoIterator<Item = Connection>,
) -> Result<(), TableError> {
    let rows = rows.into_iter();
    let written = match Format::of(path) {
        Some(Format::Text(TextFormat::MatrixMarket, false)) => {
            atomic::write(path, |file| matrix_market::write(file, header, rows))
        }
        Some(Format::Text(TextFormat::CommaSeparated, false)) => {
            atomic::write(path, |file| comma_separated::write_connections(file, header, rows))
        }
        Some(Format::Parquet) => {
            atomic::write(path, |file| parquet_file::write_connections(file, header, rows))
        }
        _ => {
            let known = "files that end in .mtx, .wmat, .csv or .parquet";
            return Err(Format::unknown(path, "connections are written to", known));
        }
    };
    written.map_err(|fault| fault.written_to(path))
}
