//! Columns of state.

use std::ops::{Deref, DerefMut};

/// The bytes that a vector load takes at most, and those of a cache line: loads that straddle two lines cost two.
const LINE: usize = 64;

/// One number for each neuron of a slice, beginning where vectors load it fastest. It is used as a slice.
#[derive(Clone, Debug)]
pub struct StateColumn<T> {
    /// More than the numbers of the column, which begin at `start`; a clone may begin off the line, and is slower.
    values: Vec<T>,
    start: usize,
    len: usize,
}

impl<T: Copy + Default> StateColumn<T> {
    /// How many numbers a cache line holds.
    pub const PER_LINE: usize = LINE / size_of::<T>();

    /// The same number for `len` neurons.
    #[must_use]
    pub fn filled(value: T, len: usize) -> Self {
        let values = vec![value; len + Self::PER_LINE];
        let start = values.as_ptr().align_offset(LINE).min(values.len() - len);
        Self { values, start, len }
    }
}

impl<T: Copy + Default> FromIterator<T> for StateColumn<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        let numbers: Vec<T> = numbers.into_iter().collect();
        let mut column = Self::filled(T::default(), numbers.len());
        column.copy_from_slice(&numbers);
        column
    }
}

impl<T> Deref for StateColumn<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.values[self.start..][..self.len]
    }
}

impl<T> DerefMut for StateColumn<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.values[self.start..][..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_begin_on_a_line_and_hold_what_was_collected() {
        for n in [0, 1, 19, 1000] {
            let column: StateColumn<f32> = (0..n).map(|i| i as f32).collect();
            assert!(column.as_ptr().addr().is_multiple_of(LINE));
            assert!(column.iter().zip(0..n).all(|(x, i)| *x == i as f32) && column.len() == n);
            assert_eq!(column.clone()[..], column[..]);
        }
    }
}
