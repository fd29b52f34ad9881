//! Files of connections and of values, in and out.
//!
//! [`read_connections`] and [`write_connections`] know Matrix Market, CSV and Parquet, and reading knows
//! NumPy's arrays as well. [`read_values`] reads one number per neuron, and [`read_patterns`] Auryn's
//! patterns of neurons. The end of a file's name says which format it has.
//!
//! ## What is promised
//!
//! - Numbers of neurons count from 0 here, whatever the file does.
//! - Numbers are read to the nearest `f64`, and written so that they read back the same.
//! - A damaged file is an error, and not a panic. What a header claims is held against the size of the file
//!   before memory is taken.
//! - A file that is written is visible only when it is complete.
//!
//! ```
//! use neuropil_tables::{Connection, ConnectionHeader, read_connections, write_connections};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let path = folder.path().join("exc_to_inh.mtx");
//! let header = ConnectionHeader {
//!     n_sources: 80,
//!     n_targets: 20,
//!     n_connections: 1,
//!     weights: true,
//!     delays: false,
//!     comment: "from exc to inh, in pA".into(),
//! };
//! write_connections(&path, &header, [Connection { source: 79, target: 0, weight: 0.1, delay: 1.5 }])?;
//! let read = read_connections(&path)?;
//! assert_eq!((read.n_sources, read.source[0], read.weight), (Some(80), 79, Some(vec![0.1])));
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod atomic;
mod columns;
mod comma_separated;
mod connections;
mod error;
mod field;
mod format;
mod header;
mod input_file;
mod lines;
mod matrix_market;
mod npy;
mod npz;
mod parquet_file;
mod patterns;
mod read;
mod scalar;
mod text;
mod write;

pub use connections::{Connection, Connections};
pub use error::TableError;
pub use header::ConnectionHeader;
pub use parquet_file::declare_type_order;
pub use patterns::{Pattern, read_patterns};
pub use read::{read_connections, read_values};
pub use write::write_connections;
