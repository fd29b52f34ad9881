//! Adds rows of bits: how many of them have each bit set.
//!
//! Rows are added as a circuit adds numbers: the bits of one weight from many rows go through full adders, which are five
//! operations on 512 columns at once, until one bit of each weight is left. The counts are those bits, read column by
//! column.

use neuropil_core::{Kernel, StorageError, dispatch, prefetch, try_filled};

/// The number of columns of a line.
pub(crate) const COLUMNS: usize = 512;

/// The bits of 512 columns: a line of the cache.
///
/// Column `c` is bit `c / 64` of byte `c % 64`, so that the counts of 64 neighbours are the bytes of one line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line([u64; 8]);

impl Line {
    const ZERO: Self = Self([0; 8]);

    #[inline(always)]
    fn zip(mut self, other: Self, f: impl Fn(u64, u64) -> u64) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word = f(*word, other);
        }
        self
    }

    /// The sum of two bits in each column, and the carry.
    #[inline(always)]
    fn half_add(self, other: Self) -> (Self, Self) {
        (self.zip(other, |a, b| a ^ b), self.zip(other, |a, b| a & b))
    }

    /// The sum of three bits in each column, and the carry.
    #[inline(always)]
    fn full_add(self, b: Self, c: Self) -> (Self, Self) {
        let (ab, carry) = self.half_add(b);
        (ab.zip(c, |x, c| x ^ c), carry.zip(ab.zip(c, |x, c| x & c), |x, y| x | y))
    }
}

/// The lowest bit of each byte.
const LOWEST: u64 = 0x0101_0101_0101_0101;

/// A matrix of bits, row by row.
#[derive(Clone, Debug)]
pub(crate) struct BitMatrix {
    lines: Vec<Line>,
    /// Lines in a row.
    width: usize,
}

/// Rows that are added in one go: their counts fit in eight bits.
const MOST: usize = 248;
/// Lines of a row that are fetched ahead of the one that is added.
const AHEAD: usize = 4;

impl BitMatrix {
    /// A matrix without a bit set.
    pub(crate) fn new(n_rows: u32, n_columns: u32) -> Result<Self, StorageError> {
        let width = (n_columns as usize).div_ceil(COLUMNS);
        let n_lines = (n_rows as usize).checked_mul(width);
        let lines = n_lines.ok_or(StorageError::OutOfMemory { bytes: u64::MAX })?;
        Ok(Self { lines: try_filled(lines, Line::ZERO)?, width })
    }

    /// The memory of a matrix, in bytes.
    pub(crate) fn bytes_for(n_rows: u32, n_columns: u64) -> u64 {
        n_columns.div_ceil(COLUMNS as u64).saturating_mul(u64::from(n_rows)).saturating_mul(64)
    }

    /// The line that holds a bit, the number in the line, and the bit.
    fn place(&self, row: u32, column: u32) -> (usize, usize, u64) {
        let column = column as usize;
        let (line, byte, bit) = (column / COLUMNS, column % 64, column % COLUMNS / 64);
        (row as usize * self.width + line, byte / 8, 1 << (byte % 8 * 8 + bit))
    }

    /// Calls `visit` with the columns of a row whose bits are set, in ascending order.
    pub(crate) fn for_each_set(&self, row: u32, mut visit: impl FnMut(u32)) {
        let lines = &self.lines[row as usize * self.width..][..self.width];
        for (first, line) in (0..).step_by(COLUMNS).zip(lines) {
            for bit in 0..8 {
                for (number, word) in (0..).zip(line.0) {
                    let mut set = word >> bit & LOWEST;
                    while set != 0 {
                        visit(first + 64 * bit + 8 * number + set.trailing_zeros() / 8);
                        set &= set - 1;
                    }
                }
            }
        }
    }

    /// Sets a bit; whether it was not set before.
    pub(crate) fn set(&mut self, row: u32, column: u32) -> bool {
        let (line, number, bit) = self.place(row, column);
        let number = &mut self.lines[line].0[number];
        let new = *number & bit == 0;
        *number |= bit;
        new
    }

    /// Adds to each column's count how many of `rows` have its bit set. There are as many counts as columns, filled up to
    /// whole lines.
    pub(crate) fn add_rows(&self, rows: &[u32], counts: &mut [u16]) {
        for rows in rows.chunks(MOST) {
            for &row in rows {
                let begin = row as usize * self.width;
                prefetch(&self.lines[begin..begin + self.width.min(AHEAD)]);
            }
            // As few bits as the count can need.
            match rows.len() {
                ..8 => dispatch(AddRows::<3> { matrix: self, rows, counts }),
                8..16 => dispatch(AddRows::<4> { matrix: self, rows, counts }),
                16..64 => dispatch(AddRows::<6> { matrix: self, rows, counts }),
                _ => dispatch(AddRows::<8> { matrix: self, rows, counts }),
            }
        }
    }

    /// The memory it takes, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        size_of_val(self.lines.as_slice()) as u64
    }
}

/// Adds fewer than 2^`PLANES` rows.
struct AddRows<'a, const PLANES: usize> {
    matrix: &'a BitMatrix,
    rows: &'a [u32],
    counts: &'a mut [u16],
}

impl<const PLANES: usize> Kernel for AddRows<'_, PLANES> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (counts, _) = self.counts.as_chunks_mut::<COLUMNS>();
        for (line, counts) in counts.iter_mut().enumerate().take(self.matrix.width) {
            let planes: [Line; PLANES] = add_lines(self.matrix, self.rows, line);
            expand(&planes, counts);
        }
    }
}

/// The binary digits of the counts of one line: of weight 1, 2, 4 and so on.
#[inline(always)]
fn add_lines<const PLANES: usize>(matrix: &BitMatrix, rows: &[u32], line: usize) -> [Line; PLANES] {
    let mut planes = [Line::ZERO; PLANES];
    for eight in rows.chunks(8) {
        let mut bits = [Line::ZERO; 8];
        for (bits, &row) in bits.iter_mut().zip(eight) {
            let place = row as usize * matrix.width + line;
            prefetch(matrix.lines.get(place + AHEAD..=place + AHEAD).unwrap_or_default());
            *bits = matrix.lines[place];
        }
        let [a, b, c, d, e, f, g, h] = bits;
        let (ones, ab) = planes[0].full_add(a, b);
        let (ones, cd) = ones.full_add(c, d);
        let (ones, ef) = ones.full_add(e, f);
        let (ones, gh) = ones.full_add(g, h);
        let (twos, abcd) = planes[1].full_add(ab, cd);
        let (twos, efgh) = twos.full_add(ef, gh);
        let (fours, mut carry) = planes[2].full_add(abcd, efgh);
        (planes[0], planes[1], planes[2]) = (ones, twos, fours);
        for plane in &mut planes[3..] {
            (*plane, carry) = plane.half_add(carry);
        }
    }
    planes
}

/// Adds the counts that `planes` hold, digit by digit, to those of the columns.
#[inline(always)]
fn expand<const PLANES: usize>(planes: &[Line; PLANES], counts: &mut [u16; COLUMNS]) {
    let (groups, _) = counts.as_chunks_mut::<64>();
    for (bit, counts) in groups.iter_mut().enumerate() {
        let mut words = Line::ZERO;
        for (weight, plane) in planes.iter().enumerate() {
            words = words.zip(*plane, |sum, word| sum | (word >> bit & LOWEST) << weight);
        }
        let mut bytes = [0; 64];
        for (bytes, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(words.0) {
            *bytes = word.to_le_bytes();
        }
        for (count, byte) in counts.iter_mut().zip(bytes) {
            *count += u16::from(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any matrix, added in any number of rows: as many as fill one, two or more groups of each size.
    #[test]
    fn counts_are_sums_of_bits() {
        const ROWS: u32 = 700;
        let mut state = 1_u64;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as u32
        };
        for columns in [1, 63, 64, 65, 511, 512, 513, 1500] {
            let mut matrix = BitMatrix::new(ROWS, columns).unwrap();
            let bits: Vec<(u32, u32)> =
                (0..20 * columns).map(|_| (random() % ROWS, random() % columns)).collect();
            for &(row, column) in &bits {
                matrix.set(row, column);
            }
            let mut set = vec![vec![false; columns as usize]; ROWS as usize];
            for (row, set) in (0..ROWS).zip(&mut set) {
                let mut last = None;
                matrix.for_each_set(row, |column| {
                    assert!(last < Some(column));
                    last = Some(column);
                    set[column as usize] = true;
                });
            }
            assert!(bits.iter().all(|&(row, column)| set[row as usize][column as usize]));
            for n in [1, 2, 7, 8, 9, 15, 16, 63, 64, 200, 248, 249, 500, 700] {
                let rows: Vec<u32> = (0..n).collect();
                let mut counts = vec![3_u16; (columns as usize).next_multiple_of(COLUMNS)];
                matrix.add_rows(&rows, &mut counts);
                for column in 0..columns {
                    let n_set = set[..n as usize].iter().filter(|row| row[column as usize]).count();
                    assert_eq!(usize::from(counts[column as usize]), 3 + n_set, "{n} rows, column {column}");
                }
            }
        }
    }
}
