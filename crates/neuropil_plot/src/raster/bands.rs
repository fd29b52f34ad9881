use super::setup::RasterSetup;
use crate::layout::Panel;
use crate::names::Names;
use crate::palette::color;
use crate::picture::{Bar, Picture};

/// The rows of a raster, stacked population by population.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bands {
    /// From the bottom.
    pub(crate) bands: Vec<Band>,
    /// What has a colour: the populations, then the groups.
    pub(crate) series: Vec<Series>,
    /// The bands of each population.
    of_population: Vec<std::ops::Range<usize>>,
}

/// Adjacent rows of one series.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Band {
    pub(crate) series: usize,
    /// The first row within the population.
    start: u32,
    pub(crate) n_rows: u32,
    /// The first row within the raster.
    pub(crate) first_row: f64,
}

/// A group of neurons, or those of a population that are in no group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) n_rows: f64,
}

impl Bands {
    pub(crate) fn new(setup: &RasterSetup) -> Self {
        let names = setup.populations.iter().map(|p| &p.name).chain(setup.groups.iter().map(|g| &g.name));
        let series = names.map(|name| Series { name: name.clone(), n_rows: 0.0 }).collect();
        let mut all = Self { bands: Vec::new(), series, of_population: Vec::new() };
        for number in 0..setup.populations.len() {
            let first = all.bands.len();
            for (start, end, series) in parts(setup, number) {
                let band = Band { series, start, n_rows: end - start, first_row: all.n_rows() };
                all.series[series].n_rows += f64::from(band.n_rows);
                all.bands.push(band);
            }
            all.of_population.push(first..all.bands.len());
        }
        all
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        self.series.iter().map(|series| &series.name)
    }

    pub(crate) fn n_rows(&self) -> f64 {
        self.bands.last().map_or(0.0, Band::end_row)
    }

    /// Length of the neuron axis: an empty raster has one too.
    pub(crate) fn height(&self) -> f64 {
        self.n_rows().max(1.0)
    }

    /// The band with a row of a population, and the row within the raster.
    pub(crate) fn find(&self, population: u32, row: u32) -> Option<(usize, f64)> {
        let bands = self.of_population.get(population as usize)?;
        let inside = self.bands[bands.clone()].partition_point(|band| band.start <= row);
        let number = bands.start + inside.checked_sub(1)?;
        let band = &self.bands[number];
        let row = row - band.start;
        (row < band.n_rows).then(|| (number, band.first_row + f64::from(row)))
    }

    /// The names of the series beside their bands, and a strip of colour beside each band.
    pub(crate) fn draw_names(&self, picture: &mut Picture, panel: &Panel) {
        let y = |row: f64| panel.y(row / self.height());
        for band in &self.bands {
            let (top, bottom) = (y(band.end_row()).round() + 1.0, y(band.first_row).round());
            let (left, right) = (f64::from(panel.right) + 8.0, f64::from(panel.right) + 14.0);
            let bar = Bar { left, right, top, bottom: bottom.max(top + 3.0) };
            picture.bar(bar, color(band.series));
        }
        let wanted: Vec<f64> = (0..self.series.len()).map(|series| y(self.middle(series))).collect();
        Names::new(self.names()).draw(picture, panel, &wanted);
    }

    /// The middle of the largest band of a series.
    fn middle(&self, series: usize) -> f64 {
        let bands = self.bands.iter().filter(|band| band.series == series);
        bands
            .max_by_key(|band| band.n_rows)
            .map_or(self.height(), |band| (band.first_row + band.end_row()) / 2.0)
    }
}

impl Band {
    pub(crate) fn end_row(&self) -> f64 {
        self.first_row + f64::from(self.n_rows)
    }
}

/// Start, end and series of the stretches that groups cut a population into.
fn parts(setup: &RasterSetup, population: usize) -> Vec<(u32, u32, usize)> {
    let n_rows = setup.populations[population].n_rows;
    let groups: Vec<(u32, u32, usize)> = setup
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.population as usize == population)
        .map(|(i, group)| (group.rows.start, group.rows.end.min(n_rows), setup.populations.len() + i))
        .filter(|(start, end, _)| start < end)
        .collect();
    let mut cuts: Vec<u32> = groups.iter().flat_map(|group| [group.0, group.1]).chain([0, n_rows]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let owner = |start| groups.iter().find(|group| (group.0..group.1).contains(&start));
    let stretch = |ends: &[u32]| (ends[0], ends[1], owner(ends[0]).map_or(population, |group| group.2));
    cuts.windows(2).map(stretch).collect()
}
