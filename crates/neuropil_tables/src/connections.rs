//! Connections as columns, and one at a time.

use crate::error::Fault;

/// Connections between numbered sources and targets, as columns of equal length.
///
/// Numbers count from 0, whatever the file does. Pairs may repeat, and explicit zeros are connections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Connections {
    /// The number of sources, where the file says so.
    pub n_sources: Option<u32>,
    /// The number of targets, where the file says so.
    pub n_targets: Option<u32>,
    /// The source of each connection.
    pub source: Vec<u32>,
    /// The target of each connection.
    pub target: Vec<u32>,
    /// The weight of each connection, where the file has weights. They are finite.
    pub weight: Option<Vec<f64>>,
    /// The delay of each connection in ms, where the file has delays. They are finite.
    pub delay: Option<Vec<f64>>,
}

/// One connection, as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Connection {
    /// The source, counted from 0.
    pub source: u32,
    /// The target, counted from 0.
    pub target: u32,
    /// The weight; left out of a table without weights.
    pub weight: f64,
    /// The delay in ms; left out of a table without delays.
    pub delay: f64,
}

impl Connections {
    /// The number of connections.
    #[must_use]
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// The connections in the order of the file, with weight 1 and delay 0 where it has none.
    pub fn iter(&self) -> impl Iterator<Item = Connection> + '_ {
        let at = |column: &Option<Vec<f64>>, i: usize, default| column.as_ref().map_or(default, |c| c[i]);
        let pairs = self.source.iter().zip(&self.target).enumerate();
        pairs.map(move |(i, (&source, &target))| Connection {
            source,
            target,
            weight: at(&self.weight, i, 1.0),
            delay: at(&self.delay, i, 0.0),
        })
    }

    /// Makes room for `n` more, as far as there is memory.
    pub(crate) fn reserve(&mut self, n: usize) -> Result<(), Fault> {
        let len = self.len();
        let mut reals = self.weight.iter_mut().chain(&mut self.delay);
        reals
            .try_for_each(|column| column.try_reserve_exact(n))
            .and_then(|()| self.source.try_reserve_exact(n))
            .and_then(|()| self.target.try_reserve_exact(n))
            .map_err(|_| Fault::memory(len))
    }

    /// Appends a connection; the columns that the file lacks stay away.
    #[inline]
    pub(crate) fn push(&mut self, row: Connection) -> Result<(), Fault> {
        if self.source.len() == self.source.capacity() {
            self.reserve(self.len() / 2 + 1024)?;
        }
        self.source.push(row.source);
        self.target.push(row.target);
        if let Some(column) = &mut self.weight {
            column.push(row.weight);
        }
        if let Some(column) = &mut self.delay {
            column.push(row.delay);
        }
        Ok(())
    }

    /// Holds the numbers against the sizes that the file claims.
    pub(crate) fn check_sizes(&self) -> Result<(), Fault> {
        check_below(&self.source, self.n_sources, "source")?;
        check_below(&self.target, self.n_targets, "target")
    }
}

fn check_below(numbers: &[u32], n: Option<u32>, what: &str) -> Result<(), Fault> {
    let beyond = n.and_then(|n| Some((n, numbers.iter().position(|&number| number >= n)?)));
    match beyond {
        None => Ok(()),
        Some((n, row)) => Err(Fault::content(format!(
            "row {row} (counted from 0): there is no {what} {}, \
             because the file claims {n} {what}s, counted from 0",
            numbers[row]
        ))),
    }
}
