//! CSV, with or without a line of names.

mod read;
mod table;
mod write;

pub(crate) use read::{read_connections, read_values};
pub(crate) use write::write_connections;
