//! Rows of a table, and what makes them fit it.

use neuropil_core::{Batch, Cells, ColumnKind};

use crate::column::Column;

/// What sorts rows: the step, and numbers of a population and of a neuron where the table has them for that.
pub(crate) type Key = (u64, u32, u32);

/// No rows, of a table with these columns.
pub(crate) fn none(columns: &[Column]) -> Batch {
    let kinds = columns.iter().map(|column| column.kind).filter(|kind| kind.is_cells());
    Batch { step: Vec::new(), cells: kinds.map(Cells::of).collect() }
}

/// The memory held, in bytes.
pub(crate) fn bytes(rows: &Batch) -> usize {
    8 * rows.step.capacity() + rows.cells.iter().map(Cells::bytes).sum::<usize>()
}

/// Whether the rows are of a table with these columns, and all columns equally long.
pub(crate) fn fit(rows: &Batch, columns: &[Column]) -> bool {
    let expected = none(columns).cells;
    rows.cells.len() == expected.len()
        && rows.cells.iter().zip(&expected).all(|(cells, kind)| cells.is_like(kind))
        && rows.cells.iter().all(|cells| cells.len() == rows.len())
}

/// The first row that names a neuron that its population has not, or a population that there is not: as
/// (population, neuron).
pub(crate) fn unknown_neuron(
    rows: &Batch,
    columns: &[Column],
    populations: &[(String, u64)],
) -> Option<(u32, u32)> {
    let kinds: Vec<_> = columns.iter().map(|c| c.kind).filter(|kind| kind.is_cells()).collect();
    let pairs = kinds.windows(2).zip(rows.cells.windows(2));
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
pub(crate) fn keys(rows: &Batch, n_ids: usize) -> impl Iterator<Item = Key> {
    let mut ids = rows.cells[..n_ids].iter().map(Cells::ids);
    let (first, second) = (ids.next().unwrap_or_default(), ids.next().unwrap_or_default());
    let id = |ids: &[u32], row: usize| ids.get(row).copied().unwrap_or(0);
    rows.step.iter().enumerate().map(move |(row, &step)| (step, id(first, row), id(second, row)))
}
