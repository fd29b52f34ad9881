use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType};

use crate::layout::Panel;
use crate::palette::{Color, N_COLORS, color};
use crate::raster::Bands;
use crate::raster::cells::Cells;

/// How strong a pixel with next to nothing is, of 255.
const FAINTEST: f64 = 40.0;

/// How many spikes fall on each pixel of the raster, as an image of palette indices.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Density {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Index 0 is transparent, the others are a colour at a level of opacity.
    pub(crate) pixels: Vec<u8>,
    n_colors: usize,
}

impl Density {
    pub(crate) fn new(cells: &Cells, bands: &Bands, panel: &Panel) -> Self {
        let n_colors = bands.series.len().clamp(1, N_COLORS);
        let (left, top, width, height) = (panel.left, panel.top, panel.width(), panel.height());
        let mut density = Self { left, top, width, height, pixels: Vec::new(), n_colors };
        let counts = cells.pixels(bands);
        let level = density.levels(&counts);
        let colors: Vec<usize> = cells
            .owners
            .iter()
            .map(|&band| bands.bands.get(band).map_or(0, |band| band.series % n_colors))
            .collect();
        let index = |(i, &count): (usize, &u32)| {
            let color = colors[i / width as usize];
            if count == 0 { 0 } else { 1 + (color * density.n_levels() + level(count)) as u8 }
        };
        density.pixels = counts.iter().enumerate().map(index).collect();
        density
    }

    /// A colour and its opacity.
    pub(crate) fn look(&self, index: u8) -> (Color, u8) {
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
