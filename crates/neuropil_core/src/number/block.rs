//! Blocks of neurons.

/// How many neurons a loop does at once where constants differ.
pub(crate) const BLOCK: usize = 64;

/// Neurons that a loop runs over at once: all of a slice, or a few that stay in the first cache.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub(crate) start: usize,
    pub(crate) len: usize,
}

impl Block {
    /// The block of `len` neurons from `start` on.
    pub(crate) fn new(start: usize, len: usize) -> Self {
        Self { start, len }
    }

    /// A block of all neurons of a slice.
    #[must_use]
    pub fn whole(neurons: usize) -> Self {
        Self { start: 0, len: neurons }
    }

    /// How many neurons.
    #[inline(always)]
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a loop over none is a loop")]
    pub fn len(self) -> usize {
        self.len
    }

    /// The block's part of a column.
    #[inline(always)]
    #[must_use]
    pub fn of<T>(self, column: &mut [T]) -> &mut [T] {
        &mut column[self.start..][..self.len]
    }

    /// The block's part of a column that is only read.
    #[inline(always)]
    #[must_use]
    pub fn read<T>(self, column: &[T]) -> &[T] {
        &column[self.start..][..self.len]
    }
}
