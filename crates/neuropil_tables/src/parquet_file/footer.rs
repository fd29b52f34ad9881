//! A correction to the footer of Parquet files, for readers older than 2026.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Entries of the footer's last list, one for each column: what order the statistics are in. As Thrift has
/// it, a field's number and type, then the ends of an empty structure and of the union around it.
const TYPE_ORDER: [u8; 3] = [0x1c, 0, 0];
const IEEE_754_ORDER: [u8; 3] = [0x2c, 0, 0];

/// What follows the list: the end of the footer, its length, and the mark of the format.
const AFTER_LIST: usize = 1 + 4 + 4;

/// Declares the old order for columns of floating-point numbers.
///
/// The Parquet crate declares them to be in IEEE 754 total order, which is new in the format: at least up to
/// version 1.38 Polars takes the file for damaged, and at least up to version 26 `PyArrow` ignores the
/// statistics. For numbers that are neither NaN nor negative the two orders agree, and only the times have
/// statistics.
///
/// # Errors
/// Where the file cannot be read or written.
pub fn declare_type_order(mut file: &File, n_columns: usize) -> io::Result<()> {
    let list_length = TYPE_ORDER.len() * n_columns;
    let back = -((list_length + AFTER_LIST) as i64);
    let mut tail = vec![0; list_length + AFTER_LIST];
    file.seek(SeekFrom::End(back))?;
    file.read_exact(&mut tail)?;
    let (list, after) = tail.split_at_mut(list_length);
    let known = |entry: &[u8]| entry == TYPE_ORDER || entry == IEEE_754_ORDER;
    // A footer that looks different is still right, only less widely understood; a test would notice.
    if list.chunks_exact(TYPE_ORDER.len()).all(known) && after[0] == 0 && after.ends_with(b"PAR1") {
        list.copy_from_slice(&TYPE_ORDER.repeat(n_columns));
        file.seek(SeekFrom::End(back))?;
        file.write_all(&tail)?;
    }
    Ok(())
}
