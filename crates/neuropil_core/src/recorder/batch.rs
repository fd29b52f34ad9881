//! Rows on their way to a table.

use std::ops::Range;

use crate::recorder::observation::Observation;
use crate::recorder::table::{ColumnKind, Table};

/// Rows of a table, column by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The stamp of each row.
    pub step: Vec<u64>,
    /// All columns of the table but those of time and step, in its order.
    pub cells: Vec<Cells>,
}

/// The cells of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Populations, as numbers, and neurons.
    Ids(Vec<u32>),
    /// Counts.
    Counts(Vec<u64>),
    /// Quantities, also those that are written with 32 bits.
    Values(Vec<f64>),
}

/// A cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A population or a neuron.
    Id(u32),
    /// A count.
    Count(u64),
    /// A quantity.
    Value(f64),
}

impl Batch {
    /// No rows, of this table.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let kinds = table.columns().iter().map(|column| column.kind).filter(|kind| kind.is_cells());
        Self { step: Vec::new(), cells: kinds.map(Cells::of).collect() }
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.step.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.step.is_empty()
    }

    /// Appends a row: the cells of all columns but time and step, in the order of the table.
    pub fn push<const N: usize>(&mut self, stamp: u64, cells: [Cell; N]) {
        self.step.push(stamp);
        self.cells.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
    }

    /// Appends a row for each of some neurons of one population, to a table of neurons: its other columns are to be
    /// filled with as many values.
    pub fn push_neurons(&mut self, stamp: u64, population: u32, neurons: &[u32]) {
        if let [Cells::Ids(populations), Cells::Ids(rows), ..] = &mut self.cells[..] {
            rows.extend_from_slice(neurons);
            populations.resize(rows.len(), population);
            self.step.resize(rows.len(), stamp);
        }
    }

    /// Appends a row for each neuron that was sampled, to a table of neurons whose columns are the sampled variables.
    pub fn push_samples(&mut self, seen: &Observation<'_>) {
        for sample in seen.sampled() {
            self.push_neurons(sample.stamp, sample.population, sample.neurons);
            let columns = self.cells.get_mut(2..).unwrap_or_default();
            let n_variables = columns.len();
            for (nth, column) in columns.iter_mut().enumerate() {
                if let Cells::Values(column) = column {
                    column.extend(sample.values[nth..].iter().step_by(n_variables));
                }
            }
        }
    }

    /// The populations or neurons of a column; none of another. Columns are counted from 0, without time and step.
    pub fn ids_mut(&mut self, column: usize) -> Option<&mut Vec<u32>> {
        match self.cells.get_mut(column) {
            Some(Cells::Ids(cells)) => Some(cells),
            _ => None,
        }
    }

    /// The quantities of a column; none of another. Columns are counted from 0, without time and step.
    pub fn values_mut(&mut self, column: usize) -> Option<&mut Vec<f64>> {
        match self.cells.get_mut(column) {
            Some(Cells::Values(cells)) => Some(cells),
            _ => None,
        }
    }

    /// The rows, which are forgotten.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let empty = Self { step: Vec::new(), cells: self.cells.iter().map(Cells::empty).collect() };
        std::mem::replace(self, empty)
    }

    /// Appends some rows of another part of the same table.
    pub fn extend(&mut self, other: &Self, rows: Range<usize>) {
        self.step.extend_from_slice(&other.step[rows.clone()]);
        self.cells.iter_mut().zip(&other.cells).for_each(|(cells, more)| cells.extend(more, rows.clone()));
    }

    /// Removes all rows and keeps the memory.
    pub fn clear(&mut self) {
        self.step.clear();
        self.cells.iter_mut().for_each(Cells::clear);
    }
}

impl Cells {
    /// The cells of a column of this kind, none yet.
    #[must_use]
    pub fn of(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Population | ColumnKind::Neuron => Self::Ids(Vec::new()),
            ColumnKind::Time | ColumnKind::Step | ColumnKind::Count => Self::Counts(Vec::new()),
            ColumnKind::State | ColumnKind::Weight | ColumnKind::Value | ColumnKind::Repeated => {
                Self::Values(Vec::new())
            }
        }
    }

    fn empty(&self) -> Self {
        match self {
            Self::Ids(_) => Self::Ids(Vec::new()),
            Self::Counts(_) => Self::Counts(Vec::new()),
            Self::Values(_) => Self::Values(Vec::new()),
        }
    }

    /// Whether both are of one kind.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// The number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Ids(cells) => cells.len(),
            Self::Counts(cells) => cells.len(),
            Self::Values(cells) => cells.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The memory held, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Ids(cells) => 4 * cells.capacity(),
            Self::Counts(cells) => 8 * cells.capacity(),
            Self::Values(cells) => 8 * cells.capacity(),
        }
    }

    /// A cell of another kind is left out: that a column is too short is found when the rows are written.
    fn push(&mut self, cell: Cell) {
        match (self, cell) {
            (Self::Ids(cells), Cell::Id(id)) => cells.push(id),
            (Self::Counts(cells), Cell::Count(count)) => cells.push(count),
            (Self::Values(cells), Cell::Value(value)) => cells.push(value),
            _ => {}
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

    /// Populations or neurons; none of another column.
    #[must_use]
    pub fn ids(&self) -> &[u32] {
        if let Self::Ids(cells) = self { cells } else { &[] }
    }

    /// Counts; none of another column.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        if let Self::Counts(cells) = self { cells } else { &[] }
    }

    /// Quantities; none of another column.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        if let Self::Values(cells) = self { cells } else { &[] }
    }
}
