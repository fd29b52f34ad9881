//! From a file to connections.

use super::banner::{Banner, Layout};
use super::sizes::Sizes;
use super::{array, coordinate};
use crate::connections::Connections;
use crate::error::Fault;
use crate::input_file::InputFile;
use crate::lines::Lines;

/// Reads a matrix whose rows are sources and whose columns are targets.
pub(crate) fn read(source: InputFile) -> Result<Connections, Fault> {
    let mut lines = Lines::new(source.reader);
    let banner = Banner::read(&mut lines)?;
    let sizes = Sizes::read(&mut lines, &banner, source.max_bytes)?;
    match banner.layout {
        Layout::Coordinate => coordinate::read(&mut lines, &banner, &sizes),
        Layout::Array => array::read(&mut lines, &banner, &sizes),
    }
}
