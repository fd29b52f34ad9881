use std::ops::Range;

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType};

use crate::figure::Figure;
use crate::frame::Panel;
use crate::palette::{N_COLORS, color};

/// How strong a pixel with a single spike is, of 255.
const FAINTEST: f64 = 90.0;

/// With fewer spikes than this on every pixel, none is drawn at full strength.
const WEAKEST_TOP: u32 = 3;

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
        let owners = owners(figure, height);
        let counts = counts(figure, width, height);
        let n_colors = figure.rows.bands.len().clamp(1, N_COLORS);
        let mut density = Self {
            width,
            height,
            pixels: Vec::new(),
            n_colors,
        };
        let level = density.levels(&counts);
        let index = |(i, &count): (usize, &u32)| {
            let color = owners[i / width as usize] % n_colors;
            if count == 0 {
                0
            } else {
                1 + (color * density.n_levels() + level(count)) as u8
            }
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
        (
            color(index / self.n_levels()),
            (FAINTEST + (255.0 - FAINTEST) * strength) as u8,
        )
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

    /// Levels on a log scale up to the count that only one pixel in a thousand exceeds.
    fn levels(&self, counts: &[u32]) -> impl Fn(u32) -> usize + use<> {
        let mut seen: Vec<u32> = counts.iter().copied().filter(|&count| count > 0).collect();
        seen.push(WEAKEST_TOP);
        let place = seen.len() - 1 - seen.len() / 1000;
        let strongest = (*seen.select_nth_unstable(place).1).max(WEAKEST_TOP);
        let top = self.n_levels() - 1;
        let scale = top as f64 / libm::log(f64::from(strongest));
        move |count| ((libm::log(f64::from(count)) * scale) as usize).min(top)
    }
}

/// Which population each line of pixels belongs to; a small one wins, or it would not be seen.
fn owners(figure: &Figure, height: u32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..figure.rows.bands.len()).collect();
    order.sort_by_key(|&population| std::cmp::Reverse(figure.rows.bands[population].n_rows));
    let mut owners = vec![0; height as usize];
    for population in order {
        let band = &figure.rows.bands[population];
        owners[lines(figure, height, band.first_row, band.end_row())].fill(population);
    }
    owners
}

fn counts(figure: &Figure, width: u32, height: u32) -> Vec<u32> {
    let mut counts = vec![0; width as usize * height as usize];
    for mark in &figure.marks {
        let x = ((mark.time * f64::from(width)) as usize).min(width as usize - 1);
        for y in lines(figure, height, mark.row, mark.row + 1.0) {
            counts[y * width as usize + x] += 1;
        }
    }
    counts
}

/// The lines of pixels, from the top, that some rows fall on: those whose centre they cover, or the nearest.
fn lines(figure: &Figure, height: u32, first_row: f64, end_row: f64) -> Range<usize> {
    let line = |row: f64| f64::from(height) * (1.0 - row / figure.rows.height());
    let first = (line(end_row) + 0.5).max(0.0) as usize;
    let end = (line(first_row) + 0.5) as usize;
    let first = if end > first {
        first
    } else {
        line((first_row + end_row) / 2.0) as usize
    };
    let first = first.min(height as usize - 1);
    first..end.clamp(first + 1, height as usize)
}
