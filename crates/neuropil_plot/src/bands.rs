use crate::raster::RasterPopulation;

/// The rows of a raster, stacked population by population.
pub(crate) struct Bands {
    pub(crate) bands: Vec<Band>,
    pub(crate) n_rows: f64,
}

/// The rows of one population.
pub(crate) struct Band {
    pub(crate) name: String,
    pub(crate) first_row: f64,
    pub(crate) n_rows: u32,
}

impl Bands {
    pub(crate) fn new(populations: &[RasterPopulation]) -> Self {
        let mut n_rows = 0.0;
        let bands = populations.iter().map(|population| {
            let first_row = n_rows;
            n_rows += f64::from(population.n_rows);
            Band { name: printable(&population.name), first_row, n_rows: population.n_rows }
        });
        Self { bands: bands.collect(), n_rows }
    }

    /// Length of the neuron axis: an empty raster has one too.
    pub(crate) fn height(&self) -> f64 {
        self.n_rows.max(1.0)
    }
}

impl Band {
    pub(crate) fn middle(&self) -> f64 {
        self.first_row + f64::from(self.n_rows) / 2.0
    }

    pub(crate) fn end_row(&self) -> f64 {
        self.first_row + f64::from(self.n_rows)
    }
}

/// The text without what XML forbids even in escaped form.
pub(crate) fn printable(text: &str) -> String {
    let legal = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if legal(c) { c } else { ' ' }).collect()
}
