//! Rows that wait.

use neuropil_record::Batch;

/// Rows that are collected before they go to the writer.
pub(super) const BATCH_ROWS: usize = 16_384;

/// Rows of one table that have not been sent yet.
pub(super) trait Rows {
    fn len(&self) -> usize;

    /// The rows, which are forgotten.
    fn take(&mut self) -> Batch;
}
