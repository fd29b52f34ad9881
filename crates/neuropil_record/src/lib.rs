//! The folder of a run: its manifest, and its tables streamed to Parquet.
//!
//! A [`RunFolder`] belongs to one run as long as it lives. Small files go there whole, through
//! [`RunFolder::write_text`] and [`RunFolder::write_manifest`]. Tables are streamed by a [`Writer`]: a
//! thread that encodes rows, saves them in segments every few seconds, and at the end joins the segments to
//! one file per table.
//!
//! ## What is promised
//!
//! - A file that is visible is complete: files are written under a hidden name, synced and renamed.
//! - A killed run loses the rows of one [`FlushPolicy::interval`] at most; the others are in segments named
//!   like `spikes-000012.parquet`.
//! - The bytes of a finished table depend on its rows and its [`TableContext`] alone: not on batches,
//!   segments, threads or the clock.
//! - Memory is bounded: [`Writer::send`] blocks while too much is under way.
//!
//! ## Tables
//!
//! What columns a table has is up to the recorder that writes it: a [`TableSpec`] is a name with a
//! [`Table`](neuropil_core::Table). Those of the recorders that come with the program are
//!
//! | table | file | columns |
//! |-------|------|---------|
//! | spikes | `spikes.parquet` | `time_ms` f64, `population` string, `neuron` u32, `step` i64 |
//! | traces | `traces_<name>.parquet` | the same, then `<variable>_<unit>` f64 or f32 for each variable |
//! | rate | `rate_<name>.parquet` | `time_ms` f64, `rate_Hz` f64, `n_spikes` i64, `step` i64 |
//! | weights | `weights_<name>.parquet` | `time_ms` f64, `source_population` string, `source` u32, `target_population` string, `target` u32, `weight` f64 or f32, `delay_ms` f64, `step` i64 |
//!
//! Rows are sorted by step. Those of tables of neurons are then sorted by population in the order of the scene, and by
//! neuron; those of others stay in the order in which they are sent.
//!
//! Nothing is nullable. The key `neuropil` of the file's metadata holds units, populations and the time step as JSON.
//!
//! ```
//! use neuropil_core::{Batch, Precision, Table, TimeGrid};
//! use neuropil_record::{FlushPolicy, RunFolder, TableContext, TableSpec, Writer, read_spikes};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let parent = tempfile::tempdir()?;
//! # let path = parent.path().join("run");
//! let folder = RunFolder::create(&path, false)?;
//! let context = TableContext {
//!     grid: TimeGrid::new(0.1).ok_or("no grid")?,
//!     precision: Precision::F64,
//!     populations: vec![("exc".into(), 80), ("inh".into(), 20)],
//!     scene_hash: "0".repeat(64),
//!     version: "0.1.0".into(),
//! };
//! let spikes = TableSpec::new("spikes", Table::of_neurons([]));
//! let mut rows = Batch::of(&spikes.table);
//! rows.push_neurons(2999, 1, &[7]);
//! let mut writer = Writer::start(&folder, context, vec![spikes], FlushPolicy::default())?;
//! writer.send(0, rows)?;
//! let report = writer.finish()?;
//! assert_eq!((report.tables[0].file.as_str(), report.tables[0].rows), ("spikes.parquet", 1));
//! assert_eq!(read_spikes(&path)?.time_ms, [299.9]);
//! # Ok(())
//! # }
//! ```

mod atomic;
mod chunk;
mod column;
mod decode;
mod encode;
mod error;
mod file_names;
mod folder;
mod hybrid;
mod keys;
mod layout;
mod lock;
mod manifest;
mod overwrite;
mod pages;
mod queue;
mod read;
mod rows;
mod segments;
mod spec;
mod stream;
mod table;
mod writer;

pub use error::RecordError;
pub use folder::RunFolder;
pub use manifest::{
    BuildInfo, Digest, EventSummary, FormatVersion, HostInfo, Manifest, PopulationSummary, ProfileRow,
    ProfileSummary, ProjectionSummary, RecorderSummary, RunStatus, SceneFile, SceneInfo, SynapseTypeSummary,
    TableReport, WallTimes,
};
pub use read::{SpikeTable, TableReader, TableRows, read_spikes, read_table};
pub use spec::{TableContext, TableSpec};
pub use writer::{FlushPolicy, WriteReport, Writer};
