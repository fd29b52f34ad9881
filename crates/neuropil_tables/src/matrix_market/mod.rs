//! Matrix Market, the text format of matrices that `SciPy`, MATLAB and Auryn (`.wmat`) read and write.

mod array;
mod banner;
mod coordinate;
mod entries;
mod read;
mod sizes;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;

/// What begins a comment line.
const COMMENT: u8 = b'%';
