use std::ops::Range;

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType};

use crate::figure::Figure;
use crate::frame::Panel;
use crate::palette::{N_COLORS, color};

/// How strong a pixel with next to nothing is, of 255.
const FAINTEST: f64 = 40.0;

/// With more spikes than this they are drawn smaller.
const CROWD: usize = 200_000;

/// How many spikes fall on each pixel of the raster, as an image of palette indices.
pub(crate) struct Density {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Index 0 is transparent, the others are a colour at a level of opacity.
    pub(crate) pixels: Vec<u8>,
    n_colors: usize,
}

impl Density {
    pub(crate) fn new(figure: &Figure, panel: &Panel) -> Self {
        let (width, height) = (panel.width(), panel.height());
        let owners = owners(figure, height as usize);
        let counts = counts(figure, &owners, width);
        let n_colors = figure.rows.bands.len().clamp(1, N_COLORS);
        let mut density = Self { width, height, pixels: Vec::new(), n_colors };
        let level = density.levels(&counts);
        let index = |(i, &count): (usize, &u32)| {
            let color = owners[i / width as usize] % n_colors;
            if count == 0 { 0 } else { 1 + (color * density.n_levels() + level(count)) as u8 }
        };
        density.pixels = counts.iter().enumerate().map(index).collect();
        density
    }

    /// A colour and its opacity.
    pub(crate) fn look(&self, index: u8) -> ([u8; 3], u8) {
        let Some(index) = usize::from(index).checked_sub(1) else {
            return ([255; 3], 0);
        };
        let strength = (index % self.n_levels()) as f64 / (self.n_levels() - 1) as f64;
        (color(index / self.n_levels()), (FAINTEST + (255.0 - FAINTEST) * strength) as u8)
    }

    /// The image as the bytes of a PNG file.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, EncodingError> {
        let looks = (0..=(self.n_colors * self.n_levels()) as u8).map(|index| self.look(index));
        let (colors, alphas): (Vec<[u8; 3]>, Vec<u8>) = looks.unzip();
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(colors.concat());
        encoder.set_trns(alphas);
        encoder.set_compression(Compression::Default);
        encoder.set_filter(FilterType::NoFilter);
        encoder.write_header()?.write_image_data(&self.pixels)?;
        Ok(file)
    }

    /// Levels of opacity per colour: all of them fit into the 255 colours of a palette.
    fn n_levels(&self) -> usize {
        (255 / self.n_colors).min(32)
    }

    /// Levels on a log scale up to the count that only one pixel in a hundred exceeds.
    fn levels(&self, counts: &[u32]) -> impl Fn(u32) -> usize + use<> {
        let mut seen: Vec<u32> = counts.iter().copied().filter(|&count| count > 0).collect();
        seen.push(1);
        let place = (seen.len() - 1) - (seen.len() - 1) / 100;
        let strongest = *seen.select_nth_unstable(place).1;
        let top = self.n_levels() - 1;
        let scale = top as f64 / libm::log1p(f64::from(strongest));
        move |count| ((libm::log1p(f64::from(count)) * scale).round() as usize).min(top)
    }
}

/// Which population each line of pixels belongs to; a small one wins, or it would not be seen.
fn owners(figure: &Figure, height: usize) -> Vec<usize> {
    let bands = &figure.rows.bands;
    let mut order: Vec<usize> = (0..bands.len()).filter(|&population| bands[population].n_rows > 0).collect();
    order.sort_by_key(|&population| std::cmp::Reverse(bands[population].n_rows));
    let mut owners = vec![0; height];
    for population in order {
        let band = &bands[population];
        owners[lines(figure, height, band.first_row, band.end_row())].fill(population);
    }
    owners
}

/// Spikes per pixel, each of them as large as a row but no smaller than can be seen.
fn counts(figure: &Figure, owners: &[usize], width: u32) -> Vec<u32> {
    let width = width as usize;
    let side = if figure.marks.len() > CROWD { 2 } else { 3 };
    let mut counts = vec![0; width * owners.len()];
    for mark in &figure.marks {
        let column = (mark.time * width as f64) as usize;
        let columns = widened(column..column + 1, side, width);
        let rows = lines(figure, owners.len(), mark.row, mark.row + 1.0);
        let rows = widened(rows, side, owners.len());
        // At the edge of a band, a spike keeps to its own side.
        for y in rows.filter(|&y| owners[y] == mark.population) {
            let line = &mut counts[y * width..][columns.clone()];
            line.iter_mut().for_each(|count| *count += 1);
        }
    }
    counts
}

/// A range made `at_least` so long on both sides, as far as there is room between 0 and `end`.
fn widened(range: Range<usize>, at_least: usize, end: usize) -> Range<usize> {
    let length = range.len().max(at_least).min(end);
    let first = range.start.saturating_sub(length.saturating_sub(range.len()) / 2).min(end - length);
    first..first + length
}

/// The lines of pixels, from the top, that some rows fall on: those whose centre they cover, or the nearest.
fn lines(figure: &Figure, height: usize, first_row: f64, end_row: f64) -> Range<usize> {
    let line = |row: f64| height as f64 * (1.0 - row / figure.rows.height());
    let first = (line(end_row) + 0.5).max(0.0) as usize;
    let end = (line(first_row) + 0.5) as usize;
    let first = if end > first { first } else { line((first_row + end_row) / 2.0) as usize };
    let first = first.min(height - 1);
    first..end.clamp(first + 1, height)
}
