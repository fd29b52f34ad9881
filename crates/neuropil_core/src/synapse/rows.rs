//! Synapses in rows: for each source those that its spikes reach, in one array.

use std::ops::Range;

use crate::error::StorageError;
use crate::number::memory::{try_filled, try_reserved};
use crate::number::simd::prefetch;
use crate::synapse::segments::Segments;
use crate::synapse::wiring::{Incoming, Target, Wiring};

/// An integer that holds the place of a target's input.
pub trait TargetIndex: Copy + std::fmt::Debug + Default + Send + Sync + 'static {
    /// The largest number of inputs that it can tell apart.
    const LIMIT: u64;

    /// The index as this type; the caller has checked that it fits.
    fn new(index: u32) -> Self;
    /// The index as a place in an array.
    fn place(self) -> usize;
}

impl TargetIndex for u16 {
    const LIMIT: u64 = 1 << 16;

    fn new(index: u32) -> Self {
        index as Self
    }
    #[inline]
    fn place(self) -> usize {
        usize::from(self)
    }
}

impl TargetIndex for u32 {
    const LIMIT: u64 = 1 << 32;

    fn new(index: u32) -> Self {
        index
    }
    #[inline]
    fn place(self) -> usize {
        self as usize
    }
}

/// For each source (a row) its synapses, sorted by part and target and, for synapses of one target, by the order in which they
/// were drawn. What is stored of a synapse is up to the model: its target, and what it needs beside.
#[derive(Clone, Debug, Default)]
pub struct SynapseRows<T> {
    offsets: Vec<u64>,
    items: Vec<T>,
}

/// The length of each row, counted before any synapse is placed.
#[derive(Clone, Debug)]
pub struct CountedRows {
    offsets: Vec<u64>,
}

/// Where a synapse comes to lie, for the caller of [`CountedRows::place`] to store more about it.
#[derive(Clone, Copy, Debug)]
pub struct Placement<'a> {
    /// The target.
    pub target: Target,
    /// All synapses of the target.
    pub incoming: Incoming<'a>,
    /// Its position among the synapses of the target.
    pub nth: usize,
    /// Its position among all synapses.
    pub slot: usize,
}

impl CountedRows {
    /// Counts the synapses of each row, over all parts.
    ///
    /// # Errors
    /// [`StorageError::OutOfMemory`].
    pub fn count(parts: &[&dyn Wiring], n_rows: u32) -> Result<Self, StorageError> {
        let mut offsets = try_filled(n_rows as usize + 1, 0_u64)?;
        for wiring in parts {
            wiring.visit(&mut |_, incoming| {
                for &row in incoming.rows {
                    offsets[row as usize] += 1;
                }
            });
        }
        let mut total = 0;
        for offset in &mut offsets {
            total += std::mem::replace(offset, total);
        }
        Ok(Self { offsets })
    }

    /// The number of all synapses.
    #[must_use]
    pub fn n_synapses(&self) -> usize {
        self.offsets[self.offsets.len() - 1] as usize
    }

    /// Sorts the synapses into rows, without a temporary copy: the same wiring is asked once more.
    /// `place` gives, part by part and target by target in the order drawn, what is stored of each synapse.
    ///
    /// # Errors
    /// [`StorageError::OutOfMemory`].
    pub fn place<T: Copy + Default>(
        self,
        parts: &[&dyn Wiring],
        mut place: impl FnMut(usize, Placement<'_>) -> T,
    ) -> Result<SynapseRows<T>, StorageError> {
        let mut items = try_filled(self.n_synapses(), T::default())?;
        let mut offsets = self.offsets;
        for (part, wiring) in parts.iter().enumerate() {
            wiring.visit(&mut |target, incoming| {
                for (nth, &row) in incoming.rows.iter().enumerate() {
                    let cursor = &mut offsets[row as usize];
                    let slot = *cursor as usize;
                    *cursor += 1;
                    items[slot] = place(part, Placement { target, incoming, nth, slot });
                }
            });
        }
        // Each cursor has moved to the end of its row, which is where the next row begins.
        offsets.rotate_right(1);
        offsets[0] = 0;
        Ok(SynapseRows { offsets, items })
    }
}

impl<T: Copy> SynapseRows<T> {
    /// Rows of synapses that come row by row.
    ///
    /// # Errors
    /// [`StorageError::OutOfMemory`].
    pub fn collect(
        n_rows: u32,
        n_synapses: u64,
        synapses: impl FnOnce(&mut dyn FnMut(u32, T)),
    ) -> Result<Self, StorageError> {
        let mut offsets = try_filled(n_rows as usize + 1, 0_u64)?;
        let mut items = try_reserved(n_synapses as usize)?;
        synapses(&mut |row, item| {
            items.push(item);
            offsets[row as usize + 1] = items.len() as u64;
        });
        // A row without synapses ends where the row before it does.
        let mut end = 0;
        for offset in &mut offsets {
            end = end.max(*offset);
            *offset = end;
        }
        Ok(Self { offsets, items })
    }

    /// The same rows with other items.
    ///
    /// # Errors
    /// [`StorageError::OutOfMemory`].
    pub fn map<U>(&self, item: impl Fn(T) -> U) -> Result<SynapseRows<U>, StorageError> {
        let mut items = try_reserved(self.items.len())?;
        items.extend(self.items.iter().map(|&old| item(old)));
        Ok(SynapseRows { offsets: self.offsets.clone(), items })
    }

    /// The range of a row in all items.
    #[inline]
    #[must_use]
    pub fn range(&self, row: u32) -> Range<usize> {
        self.offsets[row as usize] as usize..self.offsets[row as usize + 1] as usize
    }

    /// Asks for what [`Self::range`] reads to be brought into the cache.
    #[inline]
    pub fn prefetch_row(&self, row: u32) {
        prefetch(&self.offsets[row as usize..][..2]);
    }

    /// The items of all synapses, row by row.
    #[inline]
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The same, to be changed.
    pub fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// The number of rows.
    #[must_use]
    pub fn n_rows(&self) -> u32 {
        (self.offsets.len() - 1) as u32
    }

    /// The number of synapses.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.items.len() as u64
    }

    /// Whether there are no synapses.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        Self::bytes_for(self.n_rows(), self.len())
    }

    /// The memory that `n_synapses` in `n_rows` take, in bytes.
    #[must_use]
    pub fn bytes_for(n_rows: u32, n_synapses: u64) -> u64 {
        (size_of::<T>() as u64).saturating_mul(n_synapses).saturating_add(8 * (u64::from(n_rows) + 1))
    }

    /// Sorts each row by delay, in steps, keeping the order of synapses with equal delays, and says where the delays
    /// change.
    pub fn sort_by_delay(&mut self, delays: &[u32]) -> Segments {
        let mut segments = Segments::new();
        // A delay and a position in one number: as fast to sort as can be, and no two are equal.
        let mut order: Vec<u64> = Vec::new();
        let mut sorted = Vec::new();
        for row in 0..self.n_rows() {
            let range = self.range(row);
            order.clear();
            order.extend((0..).zip(&delays[range.clone()]).map(|(i, &delay)| u64::from(delay) << 32 | i));
            order.sort_unstable();
            let items = &mut self.items[range];
            sorted.clear();
            sorted.extend(order.iter().map(|&key| items[key as u32 as usize]));
            items.copy_from_slice(&sorted);
            segments.push_row(order.iter().map(|&key| (key >> 32) as u32));
        }
        segments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct List(Vec<Vec<u32>>);

    impl Wiring for List {
        fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>)) {
            for (target, rows) in self.0.iter().enumerate() {
                let target = Target { index: target as u32, position: 0 };
                visit(target, Incoming { rows, ..Incoming::default() });
            }
        }
    }

    fn rows() -> (SynapseRows<u16>, Vec<u32>) {
        let wiring = List(vec![vec![2, 0], vec![2, 2], vec![], vec![0, 3]]);
        let counted = CountedRows::count(&[&wiring], 4).unwrap();
        let mut delays = vec![0; counted.n_synapses()];
        let rows = counted.place(&[&wiring], |_, p| {
            delays[p.slot] = 5 - p.target.index - p.nth as u32;
            p.target.index as u16
        });
        (rows.unwrap(), delays)
    }

    fn of<T: Copy>(rows: &SynapseRows<T>, row: u32) -> Vec<T> {
        rows.items()[rows.range(row)].to_vec()
    }

    #[test]
    fn synapses_are_sorted_by_source_then_target() {
        let (rows, _) = rows();
        let all = [of(&rows, 0), of(&rows, 1), of(&rows, 2), of(&rows, 3)];
        assert_eq!(all, [vec![0, 3], vec![], vec![0, 1, 1], vec![3]]);
        assert_eq!((rows.len(), rows.n_rows()), (6, 4));
    }

    #[test]
    fn rows_are_collected_and_mapped() {
        let (rows, _) = rows();
        let collected = SynapseRows::collect(4, rows.len(), |push| {
            (0..4).for_each(|row| of(&rows, row).into_iter().for_each(|item| push(row, u32::from(item) + 1)));
        });
        let (collected, mapped) = (collected.unwrap(), rows.map(|item| u32::from(item) + 1).unwrap());
        for row in 0..4 {
            assert_eq!(of(&collected, row), of(&mapped, row));
            assert_eq!(of(&mapped, row).len(), of(&rows, row).len());
        }
    }

    #[test]
    fn rows_are_cut_into_segments_of_equal_delay() {
        let (mut rows, delays) = rows();
        assert_eq!(delays, [4, 2, 5, 4, 3, 1]);
        let segments = rows.sort_by_delay(&delays);
        assert_eq!(rows.items(), [3, 0, 1, 1, 0, 3]);
        assert_eq!(of_row(&segments, 2), [(3, 1), (4, 1), (5, 1)]);
        assert_eq!((of_row(&segments, 0), of_row(&segments, 1)), (vec![(2, 1), (4, 1)], vec![]));
    }

    fn of_row(segments: &Segments, row: u32) -> Vec<(u64, u16)> {
        let mut all = Vec::new();
        segments.for_each_of_row(row, |delay, len| all.push((delay, len)));
        all
    }
}
