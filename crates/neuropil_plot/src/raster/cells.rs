use std::ops::Range;

use super::bands::Bands;
use super::mark::Mark;
use crate::layout::Panel;

/// With more spikes than this they are drawn smaller.
const CROWD: u64 = 200_000;

/// How many spikes fall on each column of pixels in each row, or in each line of pixels where rows are thinner.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cells {
    width: usize,
    height: usize,
    /// Rows are no thinner than a line.
    by_row: bool,
    n_spikes: u64,
    counts: Vec<u32>,
    /// Which band each line of pixels belongs to.
    pub(super) owners: Vec<usize>,
}

impl Cells {
    pub(crate) fn new(bands: &Bands, panel: &Panel) -> Self {
        let (width, height) = (panel.width() as usize, panel.height() as usize);
        let by_row = bands.height() <= height as f64;
        let n_rows = if by_row { bands.height() as usize } else { height };
        let owners = owners(bands, height);
        Self { width, height, by_row, n_spikes: 0, counts: vec![0; n_rows * width], owners }
    }

    pub(crate) fn add(&mut self, bands: &Bands, mark: &Mark) {
        let row = if self.by_row { Some(mark.row as usize) } else { self.own_line(bands, mark) };
        let column = ((mark.time * self.width as f64) as usize).min(self.width - 1);
        self.n_spikes += 1;
        if let Some(row) = row {
            self.counts[row * self.width + column] += 1;
        }
    }

    /// The line of a row, or one beside it where that is another band's.
    fn own_line(&self, bands: &Bands, mark: &Mark) -> Option<usize> {
        let line = lines(bands, self.height, mark.row, mark.row + 1.0).start;
        let nearby = [Some(line), line.checked_sub(1), Some(line + 1)];
        nearby.into_iter().flatten().find(|&line| self.owners.get(line) == Some(&mark.band))
    }

    /// Spikes per pixel, each of them as large as a row but no smaller than can be seen.
    pub(crate) fn pixels(&self, bands: &Bands) -> Vec<u32> {
        let side = if self.n_spikes > CROWD { 2 } else { 3 };
        let mut pixels = vec![0; self.width * self.height];
        for (i, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (row, column) = (i / self.width, i % self.width);
            let (rows, band) = if self.by_row {
                let first = row as f64;
                let band = bands.bands.partition_point(|band| band.end_row() <= first);
                (lines(bands, self.height, first, first + 1.0), band)
            } else {
                (row..row + 1, self.owners[row])
            };
            let columns = widened(column..column + 1, side, self.width);
            // At the edge of a band, a spike keeps to its own side.
            for y in widened(rows, side, self.height).filter(|&y| self.owners[y] == band) {
                pixels[y * self.width..][columns.clone()].iter_mut().for_each(|pixel| *pixel += count);
            }
        }
        pixels
    }
}

/// Which band each line of pixels belongs to; a small one wins, or it would not be seen.
fn owners(bands: &Bands, height: usize) -> Vec<usize> {
    let n_rows = |band: usize| bands.bands[band].n_rows;
    let mut order: Vec<usize> = (0..bands.bands.len()).filter(|&band| n_rows(band) > 0).collect();
    order.sort_by_key(|&band| std::cmp::Reverse(n_rows(band)));
    let mut owners = vec![0; height];
    for number in order {
        let band = &bands.bands[number];
        owners[lines(bands, height, band.first_row, band.end_row())].fill(number);
    }
    owners
}

/// A range made `at_least` so long on both sides, as far as there is room between 0 and `end`.
fn widened(range: Range<usize>, at_least: usize, end: usize) -> Range<usize> {
    let length = range.len().max(at_least).min(end);
    let first = range.start.saturating_sub(length.saturating_sub(range.len()) / 2).min(end - length);
    first..first + length
}

/// The lines of pixels, from the top, that some rows fall on: those whose centre they cover, or the nearest.
fn lines(bands: &Bands, height: usize, first_row: f64, end_row: f64) -> Range<usize> {
    let line = |row: f64| height as f64 * (1.0 - row / bands.height());
    let first = (line(end_row) + 0.5).max(0.0) as usize;
    let end = (line(first_row) + 0.5) as usize;
    let first = if end > first { first } else { line((first_row + end_row) / 2.0) as usize };
    let first = first.min(height - 1);
    first..end.clamp(first + 1, height)
}
