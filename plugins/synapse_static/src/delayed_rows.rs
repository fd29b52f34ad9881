//! Rows of synapses with their delays: which of them arrive in a step.

use std::ops::Range;

use neuropil_core::{
    CountedRows, Placement, SourceRows, SpikeHistory, StorageError, SynapseRows, SynapseSetup, SynapseValues,
    prefetch, try_filled,
};

use crate::calendar::Calendar;
use crate::plan::{delay_bounds, parameters, shared_delay};

/// Rows of synapses; what is stored of each is `T`.
#[derive(Clone, Debug)]
pub(crate) struct DelayedRows<T> {
    pub(crate) rows: SynapseRows<T>,
    delays: Delays,
}

/// One delay for all synapses, or delays by which each row is sorted.
#[derive(Clone, Debug)]
enum Delays {
    /// With the rows that arrive in the step at hand; scratch.
    Shared(u64, Vec<u32>),
    Grouped(Calendar),
}

/// Rows lie far apart in memory: the row after so many others is fetched while those are added.
const ROWS_AHEAD: usize = 3;
/// The same for pieces of rows, which are shorter.
const PIECES_AHEAD: usize = 16;

impl<T: Copy + Default> DelayedRows<T> {
    /// Builds the rows; `store` gives what is stored of a synapse of a part, part by part and target by target. All parts
    /// share one delay, or each synapse of each part has its own.
    pub(crate) fn new(
        parts: &[SynapseSetup<'_>],
        mut store: impl FnMut(usize, &Placement<'_>) -> T,
    ) -> Result<Self, StorageError> {
        let plan = &parts[0].plan;
        let wirings: Vec<_> = parts.iter().map(|part| part.wiring).collect();
        let counted = CountedRows::count(&wirings, plan.n_rows)?;
        if let Some(delay) = shared_delay(plan) {
            return Ok(Self::with_delay(counted.place(&wirings, |part, at| store(part, &at))?, delay));
        }
        let grid = plan.grid;
        let mut draws: Vec<_> =
            parts.iter().map(|part| SynapseValues::delays(parameters(&part.plan).delay, part)).collect();
        let mut delays = try_filled(counted.n_synapses(), 0_u32)?;
        let mut rows = counted.place(&wirings, |part, at| {
            delays[at.slot] = grid.delay_steps(draws[part].next(&at, at.incoming.delays)) as u32;
            store(part, &at)
        })?;
        let segments = rows.sort_by_delay(&delays);
        // Bounds of the distributions, not of these slices: the order of sums may not depend on slices.
        let (low, high) = parts
            .iter()
            .map(|part| delay_bounds(&part.plan))
            .fold((f64::INFINITY, 0.0_f64), |(low, high), part| (low.min(part.0), high.max(part.1)));
        let calendar = Calendar::new(segments, grid.delay_steps(low), grid.delay_steps(high));
        Ok(Self { rows, delays: Delays::Grouped(calendar) })
    }
}

impl<T: Copy> DelayedRows<T> {
    /// Rows that share a delay, in steps.
    pub(crate) fn with_delay(rows: SynapseRows<T>, delay: u64) -> Self {
        Self { rows, delays: Delays::Shared(delay, Vec::new()) }
    }

    /// The same rows, with what is under way, where something else is stored of each synapse.
    pub(crate) fn map<U: Copy>(&self, item: impl Fn(T) -> U) -> Result<DelayedRows<U>, StorageError> {
        Ok(DelayedRows { rows: self.rows.map(item)?, delays: self.delays.clone() })
    }

    /// Finds the spikes that arrive in `step`.
    pub(crate) fn collect_arrivals(&mut self, step: u64, history: &SpikeHistory, sources: &[SourceRows]) {
        match &mut self.delays {
            Delays::Shared(delay, arrivals) => {
                let Some(emission) = step.checked_sub(*delay) else { return };
                SourceRows::fired_in(sources, history, emission, arrivals);
            }
            Delays::Grouped(calendar) => calendar.enter(step, history, sources, &self.rows),
        }
    }

    /// Gives the synapses over which spikes arrive in `step` to `visit`, piece by piece in the order in which they are to be
    /// added; returns their number.
    pub(crate) fn for_each_arrival(&self, step: u64, visit: impl FnMut(&[T])) -> u64 {
        let Self { rows, delays } = self;
        match delays {
            Delays::Shared(_, arrivals) => {
                for_each_piece::<_, ROWS_AHEAD, _>(rows.items(), arrivals, |&row| rows.range(row), visit)
            }
            Delays::Grouped(calendar) => {
                let arrivals = calendar.arrivals(step);
                for_each_piece::<_, PIECES_AHEAD, _>(rows.items(), arrivals, |piece| piece.range(), visit)
            }
        }
    }

    /// Forgets the spikes that arrive in `step`: they have been added.
    pub(crate) fn forget_arrivals(&mut self, step: u64) {
        match &mut self.delays {
            Delays::Shared(_, arrivals) => arrivals.clear(),
            Delays::Grouped(calendar) => calendar.turn(step),
        }
    }

    /// Shows every synapse, with its row and delay, by source and delay.
    pub(crate) fn visit(&self, mut visit: impl FnMut(u32, u64, T)) {
        self.for_each_range(|row, delay, range| {
            self.rows.items()[range].iter().for_each(|&item| visit(row, delay, item));
        });
    }

    /// Lets `edit` change every synapse, in the same order.
    pub(crate) fn try_edit(
        &mut self,
        mut edit: impl FnMut(u32, u64, &mut T) -> Result<(), StorageError>,
    ) -> Result<(), StorageError> {
        let mut pieces = Vec::new();
        self.for_each_range(|row, delay, range| pieces.push((row, delay, range)));
        for (row, delay, range) in pieces {
            self.rows.items_mut()[range].iter_mut().try_for_each(|item| edit(row, delay, item))?;
        }
        Ok(())
    }

    fn for_each_range(&self, mut visit: impl FnMut(u32, u64, Range<usize>)) {
        for row in 0..self.rows.n_rows() {
            let range = self.rows.range(row);
            match &self.delays {
                Delays::Shared(delay, _) => visit(row, *delay, range),
                Delays::Grouped(calendar) => {
                    calendar.for_each_of_row(row, range.start, |range, delay| visit(row, delay, range));
                }
            }
        }
    }

    /// The number of synapses.
    pub(crate) fn len(&self) -> u64 {
        self.rows.len()
    }

    /// The memory of all arrays, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.rows.bytes()
            + match &self.delays {
                Delays::Shared(..) => 0,
                Delays::Grouped(calendar) => calendar.bytes(),
            }
    }
}

/// Visits pieces of rows, while the piece after the next `AHEAD` is fetched; returns the number of synapses.
#[inline]
fn for_each_piece<P, const AHEAD: usize, T>(
    items: &[T],
    pieces: &[P],
    range: impl Fn(&P) -> Range<usize>,
    mut visit: impl FnMut(&[T]),
) -> u64 {
    let mut n = 0;
    for (i, piece) in pieces.iter().enumerate() {
        if let Some(later) = pieces.get(i + AHEAD) {
            prefetch(&items[range(later)]);
        }
        let items = &items[range(piece)];
        visit(items);
        n += items.len() as u64;
    }
    n
}
