//! Synapses in rows: for each source the targets it reaches, in one array.

use crate::synapse::{BuildError, Incoming, Target, Wiring};

/// An integer that holds the place of a target's input.
pub trait TargetIndex: Copy + Default + Send + Sync + 'static {
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

/// For each source (a row) the inputs that its spikes reach, sorted by target and, for synapses of one target,
/// by the order in which they were drawn.
#[derive(Clone, Debug, Default)]
pub struct Rows<I> {
    offsets: Vec<u64>,
    targets: Vec<I>,
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
    /// Its position in the arrays.
    pub slot: usize,
}

impl CountedRows {
    /// Counts the synapses of each row.
    ///
    /// # Errors
    /// [`BuildError::OutOfMemory`].
    pub fn count(wiring: &dyn Wiring, n_rows: u32) -> Result<Self, BuildError> {
        let mut offsets = try_filled(n_rows as usize + 1, 0_u64)?;
        wiring.visit(&mut |_, incoming| {
            for &row in incoming.rows {
                offsets[row as usize] += 1;
            }
        });
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
    /// `place` gives each synapse, target by target in the order drawn, the place of its input.
    ///
    /// # Errors
    /// [`BuildError::OutOfMemory`].
    pub fn place<I: TargetIndex>(
        self,
        wiring: &dyn Wiring,
        mut place: impl FnMut(Placement<'_>) -> u32,
    ) -> Result<Rows<I>, BuildError> {
        let mut targets = try_filled(self.n_synapses(), I::default())?;
        let mut offsets = self.offsets;
        wiring.visit(&mut |target, incoming| {
            for (nth, &row) in incoming.rows.iter().enumerate() {
                let cursor = &mut offsets[row as usize];
                let slot = *cursor as usize;
                *cursor += 1;
                targets[slot] = I::new(place(Placement { target, incoming, nth, slot }));
            }
        });
        // Each cursor has moved to the end of its row, which is where the next row begins.
        offsets.rotate_right(1);
        offsets[0] = 0;
        Ok(Rows { offsets, targets })
    }
}

impl<I: TargetIndex> Rows<I> {
    /// The range of a row in the arrays.
    #[inline]
    #[must_use]
    pub fn range(&self, row: u32) -> std::ops::Range<usize> {
        self.offsets[row as usize] as usize..self.offsets[row as usize + 1] as usize
    }

    /// The inputs that all synapses reach, row by row, to be changed.
    pub fn all_targets_mut(&mut self) -> &mut [I] {
        &mut self.targets
    }

    /// The inputs that a range of synapses reaches.
    #[inline]
    #[must_use]
    pub fn targets(&self, range: std::ops::Range<usize>) -> &[I] {
        &self.targets[range]
    }

    /// The number of rows.
    #[must_use]
    pub fn n_rows(&self) -> u32 {
        (self.offsets.len() - 1) as u32
    }

    /// The number of synapses.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.targets.len() as u64
    }

    /// Whether there are no synapses.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The memory that `n_synapses` in `n_rows` take, in bytes.
    #[must_use]
    pub fn bytes_for(n_rows: u32, n_synapses: u64) -> u64 {
        (size_of::<I>() as u64).saturating_mul(n_synapses).saturating_add(8 * (u64::from(n_rows) + 1))
    }

    /// Sorts each row by delay, keeping the order of synapses with equal delays, and says where the delays
    /// change. `others` holds further arrays that are sorted along.
    pub fn sort_by_delay<W: Copy>(&mut self, delays: &[u32], others: &mut [W]) -> Segments {
        let mut segments = Segments { first: vec![0], delays: Vec::new(), begins: Vec::new() };
        let mut order: Vec<u32> = Vec::new();
        let (mut row_targets, mut row_others) = (Vec::new(), Vec::new());
        for row in 0..self.n_rows() {
            let range = self.range(row);
            let delays = &delays[range.clone()];
            order.clear();
            order.extend(0..delays.len() as u32);
            order.sort_by_key(|&i| delays[i as usize]);
            permute(&mut self.targets[range.clone()], &order, &mut row_targets);
            if !others.is_empty() {
                permute(&mut others[range.clone()], &order, &mut row_others);
            }
            segments.push_row(order.iter().map(|&i| delays[i as usize]), range.start);
        }
        segments.begins.push(self.targets.len() as u64);
        segments
    }
}

/// Reorders `values` so that the `i`-th is the former `order[i]`-th; `scratch` is reused.
fn permute<T: Copy>(values: &mut [T], order: &[u32], scratch: &mut Vec<T>) {
    scratch.clear();
    scratch.extend(order.iter().map(|&i| values[i as usize]));
    values.copy_from_slice(scratch);
}

/// A vector of `n` equal elements.
///
/// # Errors
/// [`BuildError::OutOfMemory`].
pub fn try_filled<T: Clone>(n: usize, value: T) -> Result<Vec<T>, BuildError> {
    let mut vec = Vec::new();
    vec.try_reserve_exact(n)
        .map_err(|_| BuildError::OutOfMemory { bytes: n as u64 * size_of::<T>() as u64 })?;
    vec.resize(n, value);
    Ok(vec)
}

/// The parts of rows whose synapses share a delay.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    /// The first segment of each row, and the number of all segments.
    first: Vec<u64>,
    delays: Vec<u32>,
    /// Where each segment begins in the arrays, and the number of all synapses.
    begins: Vec<u64>,
}

impl Segments {
    fn push_row(&mut self, delays: impl Iterator<Item = u32>, start: usize) {
        let mut last = None;
        for (i, delay) in delays.enumerate() {
            if last != Some(delay) {
                self.delays.push(delay);
                self.begins.push((start + i) as u64);
                last = Some(delay);
            }
        }
        self.first.push(self.delays.len() as u64);
    }

    /// The segments of a row, by number, with their delays in steps.
    pub fn of_row(&self, row: u32) -> impl Iterator<Item = (u64, u32)> {
        let (begin, end) = (self.first[row as usize], self.first[row as usize + 1]);
        (begin..end).map(|segment| (segment, self.delays[segment as usize]))
    }

    /// The range of a segment in the arrays.
    #[must_use]
    pub fn range(&self, segment: u64) -> std::ops::Range<usize> {
        self.begins[segment as usize] as usize..self.begins[segment as usize + 1] as usize
    }

    /// The memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        8 * self.first.len() as u64 + 4 * self.delays.len() as u64 + 8 * self.begins.len() as u64
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

    fn rows() -> (Rows<u16>, Vec<u32>) {
        let wiring = List(vec![vec![2, 0], vec![2, 2], vec![], vec![0, 3]]);
        let counted = CountedRows::count(&wiring, 4).unwrap();
        let mut delays = vec![0; counted.n_synapses()];
        let rows = counted.place(&wiring, |p| {
            delays[p.slot] = 5 - p.target.index - p.nth as u32;
            p.target.index
        });
        let rows = rows.unwrap();
        (rows, delays)
    }

    #[test]
    fn synapses_are_sorted_by_source_then_target() {
        let (rows, _) = rows();
        let of = |row| rows.targets(rows.range(row)).to_vec();
        assert_eq!([of(0), of(1), of(2), of(3)], [vec![0, 3], vec![], vec![0, 1, 1], vec![3]]);
        assert_eq!((rows.len(), rows.n_rows()), (6, 4));
    }

    #[test]
    fn rows_are_cut_into_segments_of_equal_delay() {
        let (mut rows, delays) = rows();
        assert_eq!(delays, [4, 2, 5, 4, 3, 1]);
        let mut numbers = [0, 1, 2, 3, 4, 5];
        let segments = rows.sort_by_delay(&delays, &mut numbers);
        assert_eq!(numbers, [1, 0, 4, 3, 2, 5]);
        assert_eq!(segments.of_row(2).collect::<Vec<_>>(), [(2, 3), (3, 4), (4, 5)]);
        assert_eq!(rows.targets(segments.range(4)), [0]);
        assert_eq!(segments.range(5), 5..6);
        assert_eq!(segments.of_row(1).count(), 0);
    }
}
