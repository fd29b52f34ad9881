//! Rows of a table of any kind, column by column.

use std::ops::Range;

use crate::batch::{Batch, RateBatch, SpikeBatch, TraceBatch, WeightBatch};
use crate::column::{Column, ColumnKind};

/// Rows of a table.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) step: Vec<u64>,
    /// All columns of the file but those of time and step, in its order.
    pub(crate) cells: Vec<Cells>,
}

/// The cells of a column.
#[derive(Debug, PartialEq)]
pub(crate) enum Cells {
    /// Populations, as numbers, and neurons.
    Ids(Vec<u32>),
    /// Counts.
    Counts(Vec<u64>),
    /// Quantities, also those that are written with 32 bits.
    Values(Vec<f64>),
}

/// What sorts rows: the step, and numbers of a population and of a neuron where the table has them for that.
pub(crate) type Key = (u64, u32, u32);

impl From<Batch> for Rows {
    fn from(batch: Batch) -> Self {
        let (step, cells) = match batch {
            Batch::Spikes(SpikeBatch { step, population, neuron }) => {
                (step, vec![Cells::Ids(population), Cells::Ids(neuron)])
            }
            Batch::Traces(TraceBatch { step, population, neuron, values }) => {
                let ids = [Cells::Ids(population), Cells::Ids(neuron)];
                (step, ids.into_iter().chain(values.into_iter().map(Cells::Values)).collect())
            }
            Batch::Rate(RateBatch { step, rate_hz, n_spikes }) => {
                (step, vec![Cells::Values(rate_hz), Cells::Counts(n_spikes)])
            }
            Batch::Weights(batch) => weight_cells(batch),
        };
        Self { step, cells }
    }
}

fn weight_cells(batch: WeightBatch) -> (Vec<u64>, Vec<Cells>) {
    let WeightBatch { step, source_population, source, target_population, target, weight, delay_ms } = batch;
    let ids = [source_population, source, target_population, target].map(Cells::Ids);
    (step, ids.into_iter().chain([weight, delay_ms].map(Cells::Values)).collect())
}

impl Rows {
    /// No rows, of a table with these columns.
    pub(crate) fn of(columns: &[Column]) -> Self {
        let kinds = columns.iter().map(|column| column.kind).filter(|kind| kind.is_cells());
        Self { step: Vec::new(), cells: kinds.map(Cells::of).collect() }
    }

    pub(crate) fn len(&self) -> usize {
        self.step.len()
    }

    /// The memory held, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        8 * self.step.capacity() + self.cells.iter().map(Cells::bytes).sum::<usize>()
    }

    /// Whether the rows are of a table with these columns, and all columns equally long.
    pub(crate) fn fits(&self, columns: &[Column]) -> bool {
        let expected = Self::of(columns).cells;
        self.cells.len() == expected.len()
            && self.cells.iter().zip(&expected).all(|(cells, kind)| cells.is_like(kind))
            && self.cells.iter().all(|cells| cells.len() == self.len())
    }

    /// The first row that names a neuron that its population has not, or a population that there is not: as
    /// (population, neuron).
    pub(crate) fn unknown_neuron(
        &self,
        columns: &[Column],
        populations: &[(String, u64)],
    ) -> Option<(u32, u32)> {
        let kinds: Vec<_> = columns.iter().map(|c| c.kind).filter(|kind| kind.is_cells()).collect();
        let pairs = kinds.windows(2).zip(self.cells.windows(2));
        let of_neurons = pairs.filter(|(kinds, _)| *kinds == [ColumnKind::Population, ColumnKind::Neuron]);
        let unknown = |&(population, neuron): &(u32, u32)| {
            populations.get(population as usize).is_none_or(|&(_, n)| u64::from(neuron) >= n)
        };
        let pair = |cells: &[Cells]| {
            let mut ids = cells[0].ids().iter().copied().zip(cells[1].ids().iter().copied());
            ids.find(unknown)
        };
        of_neurons.map(|(_, cells)| cells).find_map(pair)
    }

    /// What sorts the rows, row by row: the step and the first `n_ids` columns, at most two.
    pub(crate) fn keys(&self, n_ids: usize) -> impl Iterator<Item = Key> {
        let mut ids = self.cells[..n_ids].iter().map(Cells::ids);
        let (first, second) = (ids.next().unwrap_or_default(), ids.next().unwrap_or_default());
        let id = |ids: &[u32], row: usize| ids.get(row).copied().unwrap_or(0);
        self.step.iter().enumerate().map(move |(row, &step)| (step, id(first, row), id(second, row)))
    }

    /// Appends some rows of another part of the same table.
    pub(crate) fn extend(&mut self, other: &Self, rows: Range<usize>) {
        self.step.extend_from_slice(&other.step[rows.clone()]);
        for (cells, more) in self.cells.iter_mut().zip(&other.cells) {
            cells.extend(more, rows.clone());
        }
    }

    /// Removes all rows and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.step.clear();
        self.cells.iter_mut().for_each(Cells::clear);
    }
}

impl Cells {
    fn of(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Population | ColumnKind::Neuron => Self::Ids(Vec::new()),
            ColumnKind::Time | ColumnKind::Step | ColumnKind::Count => Self::Counts(Vec::new()),
            ColumnKind::Single | ColumnKind::Double | ColumnKind::Repeated => Self::Values(Vec::new()),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    fn len(&self) -> usize {
        match self {
            Self::Ids(cells) => cells.len(),
            Self::Counts(cells) => cells.len(),
            Self::Values(cells) => cells.len(),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Ids(cells) => 4 * cells.capacity(),
            Self::Counts(cells) => 8 * cells.capacity(),
            Self::Values(cells) => 8 * cells.capacity(),
        }
    }

    fn extend(&mut self, other: &Self, rows: Range<usize>) {
        match (self, other) {
            (Self::Ids(cells), Self::Ids(more)) => cells.extend_from_slice(&more[rows]),
            (Self::Counts(cells), Self::Counts(more)) => cells.extend_from_slice(&more[rows]),
            (Self::Values(cells), Self::Values(more)) => cells.extend_from_slice(&more[rows]),
            _ => debug_assert!(false, "rows of one table are of one kind"),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Ids(cells) => cells.clear(),
            Self::Counts(cells) => cells.clear(),
            Self::Values(cells) => cells.clear(),
        }
    }

    /// The cells of a column of populations or neurons; none of another.
    pub(crate) fn ids(&self) -> &[u32] {
        if let Self::Ids(cells) = self { cells } else { &[] }
    }

    /// As [`ids`](Self::ids), and gives them away.
    pub(crate) fn into_ids(self) -> Vec<u32> {
        if let Self::Ids(cells) = self { cells } else { Vec::new() }
    }

    /// The cells of a column of counts; none of another.
    pub(crate) fn into_counts(self) -> Vec<u64> {
        if let Self::Counts(cells) = self { cells } else { Vec::new() }
    }

    /// The cells of a column of quantities; none of another.
    pub(crate) fn into_values(self) -> Vec<f64> {
        if let Self::Values(cells) = self { cells } else { Vec::new() }
    }
}
