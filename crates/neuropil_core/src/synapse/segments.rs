//! Segments of rows: synapses of one source that share a delay.

use crate::number::simd::prefetch;

/// The parts of rows whose synapses share a delay.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    /// The first segment of each row, and the number of all segments.
    first: Vec<u64>,
    segments: Vec<Segment>,
}

/// Synapses of a row that share a delay.
///
/// There are hardly more synapses than segments, so they are small. What does not fit goes on in another segment: one of the
/// same delay, or one without synapses.
#[derive(Clone, Copy, Debug)]
struct Segment {
    /// By how many steps the delay is longer than that of the segment before, or than zero.
    longer: u16,
    /// How many synapses.
    len: u16,
}

impl Segments {
    /// Segments of no row yet.
    pub(super) fn new() -> Self {
        Self { first: vec![0], segments: Vec::new() }
    }

    /// Adds a row whose synapses have these delays, in ascending order.
    pub(super) fn push_row(&mut self, delays: impl Iterator<Item = u32>) {
        let begin = self.segments.len();
        let mut last = 0;
        for delay in delays {
            let mut longer = delay - last;
            last = delay;
            while longer > u32::from(u16::MAX) {
                self.segments.push(Segment { longer: u16::MAX, len: 0 });
                longer -= u32::from(u16::MAX);
            }
            match self.segments[begin..].last_mut() {
                Some(segment) if longer == 0 && segment.len < u16::MAX => segment.len += 1,
                _ => self.segments.push(Segment { longer: longer as u16, len: 1 }),
            }
        }
        self.first.push(self.segments.len() as u64);
    }

    /// Calls `visit` with the delay and the number of synapses of each segment of a row, in the order of its synapses.
    #[inline]
    pub fn for_each_of_row(&self, row: u32, mut visit: impl FnMut(u64, u16)) {
        let mut delay = 0;
        for segment in self.of_row(row) {
            delay += u64::from(segment.longer);
            visit(delay, segment.len);
        }
    }

    #[inline]
    fn of_row(&self, row: u32) -> &[Segment] {
        let (begin, end) = (self.first[row as usize], self.first[row as usize + 1]);
        &self.segments[begin as usize..end as usize]
    }

    /// Asks for what tells where the segments of a row are to be brought into the cache.
    #[inline]
    pub fn prefetch_row(&self, row: u32) {
        prefetch(&self.first[row as usize..][..2]);
    }

    /// Asks for the segments of a row to be brought into the cache.
    #[inline]
    pub fn prefetch_segments(&self, row: u32) {
        prefetch(self.of_row(row));
    }

    /// The memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        Self::bytes_for((self.first.len() - 1) as u32, self.segments.len() as u64)
    }

    /// The memory that `n_segments` in `n_rows` take, in bytes.
    #[must_use]
    pub fn bytes_for(n_rows: u32, n_segments: u64) -> u64 {
        (size_of::<Segment>() as u64).saturating_mul(n_segments).saturating_add(8 * (u64::from(n_rows) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_row(segments: &Segments, row: u32) -> Vec<(u64, u16)> {
        let mut all = Vec::new();
        segments.for_each_of_row(row, |delay, len| all.push((delay, len)));
        all
    }

    #[test]
    fn segments_go_on_where_numbers_do_not_fit() {
        let mut segments = Segments::new();
        let delays = [(3, 70_000), (70_000, 2), (300_000, 1)];
        segments.push_row(delays.iter().flat_map(|&(delay, n)| std::iter::repeat_n(delay, n)));
        for (delay, n) in delays {
            let of_delay = of_row(&segments, 0).into_iter().filter(|s| s.0 == u64::from(delay));
            assert_eq!(of_delay.map(|s| usize::from(s.1)).sum::<usize>(), n);
        }
    }
}
