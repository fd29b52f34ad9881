//! What a file of connections says besides its rows.

use crate::connections::{Connection, Connections};
use crate::error::Fault;

/// What a file of connections says besides its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectionHeader {
    /// The number of sources.
    pub n_sources: u32,
    /// The number of targets.
    pub n_targets: u32,
    /// The number of connections that follow.
    pub n_connections: u64,
    /// Whether weights are written.
    pub weights: bool,
    /// Whether delays are written.
    pub delays: bool,
    /// Lines for the reader, which only Matrix Market has a place for. May be empty.
    pub comment: String,
}

impl ConnectionHeader {
    /// The header of these connections, with the given sizes where they know none.
    #[must_use]
    pub fn of(connections: &Connections, n_sources: u32, n_targets: u32) -> Self {
        Self {
            n_sources: connections.n_sources.unwrap_or(n_sources),
            n_targets: connections.n_targets.unwrap_or(n_targets),
            n_connections: connections.len() as u64,
            weights: connections.weight.is_some(),
            delays: connections.delay.is_some(),
            comment: String::new(),
        }
    }

    /// Holds a row against the header, so that every file that is written can be read.
    #[inline]
    pub(crate) fn check(&self, row: &Connection) -> Result<(), Fault> {
        let known = row.source < self.n_sources && row.target < self.n_targets;
        let finite = (!self.weights || row.weight.is_finite()) && (!self.delays || row.delay.is_finite());
        if known && finite { Ok(()) } else { Err(self.fault(row)) }
    }

    #[cold]
    fn fault(&self, row: &Connection) -> Fault {
        let Self { n_sources, n_targets, .. } = self;
        Fault::content(format!(
            "{row:?} does not fit: there are {n_sources} sources and {n_targets} targets, \
             and numbers are finite"
        ))
    }

    /// As many rows as announced.
    pub(crate) fn check_count(&self, written: u64) -> Result<(), Fault> {
        if written == self.n_connections {
            return Ok(());
        }
        Err(Fault::content(format!("{} connections were announced, but {written} came", self.n_connections)))
    }
}
