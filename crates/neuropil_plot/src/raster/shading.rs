use super::bands::Bands;
use super::cells::Cells;
use crate::layout::Panel;
use crate::palette::{Color, N_COLORS, color};
use crate::picture::Density;

/// How strong a pixel with next to nothing is, of 255.
const FAINTEST: f64 = 40.0;

/// How many spikes fall on each pixel of the raster, as an image: the more, the more opaque.
pub(crate) fn shaded(cells: &Cells, bands: &Bands, panel: &Panel) -> Density {
    let shades = Shades { n_colors: bands.series.len().clamp(1, N_COLORS) };
    let (left, top, width, height) = (panel.left, panel.top, panel.width(), panel.height());
    let counts = cells.pixels(bands);
    let level = shades.levels(&counts);
    let color = |band: &usize| bands.bands.get(*band).map_or(0, |band| band.series % shades.n_colors);
    let colors: Vec<usize> = cells.owners.iter().map(color).collect();
    let index = |(i, &count): (usize, &u32)| match count {
        0 => 0,
        _ => shades.index(colors[i / width as usize], level(count)),
    };
    let pixels = counts.iter().enumerate().map(index).collect();
    Density { left, top, width, height, pixels, looks: shades.looks() }
}

/// Colours at levels of opacity, as many as fit into the palette of an image.
#[derive(Clone, Copy)]
struct Shades {
    n_colors: usize,
}

impl Shades {
    /// Levels of opacity per colour: all of them fit into the 255 colours of a palette.
    fn n_levels(self) -> usize {
        (255 / self.n_colors).min(32)
    }

    /// Where a colour at a level stands in the palette, whose first is transparent.
    fn index(self, color: usize, level: usize) -> u8 {
        1 + (color * self.n_levels() + level) as u8
    }

    /// The palette.
    fn looks(self) -> Vec<(Color, u8)> {
        let opacity = |level: usize| {
            let strength = level as f64 / (self.n_levels() - 1) as f64;
            (FAINTEST + (255.0 - FAINTEST) * strength) as u8
        };
        let shades = |number| (0..self.n_levels()).map(move |level| (color(number), opacity(level)));
        [([255; 3], 0)].into_iter().chain((0..self.n_colors).flat_map(shades)).collect()
    }

    /// Levels on a log scale up to the count that only one pixel in a hundred exceeds.
    fn levels(self, counts: &[u32]) -> impl Fn(u32) -> usize + use<> {
        let mut seen: Vec<u32> = counts.iter().copied().filter(|&count| count > 0).collect();
        seen.push(1);
        let place = (seen.len() - 1) - (seen.len() - 1) / 100;
        let strongest = *seen.select_nth_unstable(place).1;
        let top = self.n_levels() - 1;
        let scale = top as f64 / libm::log1p(f64::from(strongest));
        move |count| ((libm::log1p(f64::from(count)) * scale).round() as usize).min(top)
    }
}
