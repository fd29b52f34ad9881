//! Parquet.

mod footer;
mod read;
mod write;

pub use footer::declare_type_order;
pub(crate) use read::{read_connections, read_values};
pub(crate) use write::write_connections;

/// The keys of the file's metadata that hold the numbers of sources and targets.
const N_SOURCES: &str = "neuropil.n_sources";
const N_TARGETS: &str = "neuropil.n_targets";
