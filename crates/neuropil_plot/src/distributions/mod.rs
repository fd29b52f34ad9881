mod histograms;
mod statistics;

pub use statistics::SpikeStatistics;

use crate::font::{fitted, width};
use crate::layout::{BELOW, HEIGHT, LABEL_EM, LEFT, Panel, WIDTH};
use crate::palette::color;
use crate::picture::{Label, Picture, Side};
use crate::plot::draw_title;
use histograms::{Histograms, percents};
use statistics::{BINS_PER_DECADE, DECADES};

/// Room above the panels for the names of the populations.
const TOP: i32 = 140;
const GAP: i32 = 110;
const PANELS: i32 = 3;

/// Fewer intervals than these would not be seen, so the axis need not reach them.
const LEAST_PERCENT: f64 = 0.01;

/// How rates, inter-spike intervals and their irregularity are distributed in each population.
///
/// Three panels: the rates of all neurons, silent ones included; all intervals on a log axis; and the
/// coefficients of variation of the intervals of neurons with at least 3 spikes. Mean rates and mean
/// coefficients of variation are dashed lines. Every distribution is in percent of its population.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distributions {
    /// The line above the plot.
    pub title: String,
    /// The populations, each in its colour.
    pub populations: Vec<SpikeStatistics>,
}

impl Distributions {
    /// Draws the figure.
    #[must_use]
    pub fn draw(&self) -> Picture {
        let mut picture = Picture::default();
        draw_title(&mut picture, &self.title);
        self.draw_names(&mut picture);
        let rates = Histograms::linear(self.populations.iter().map(SpikeStatistics::rates_hz).collect());
        rates.draw(&mut picture, place(0), "rate (Hz)", "neurons (%)");
        self.intervals().draw(&mut picture, place(1), "interval (ms)", "intervals (%)");
        let cvs = Histograms::linear(self.populations.iter().map(SpikeStatistics::cvs).collect());
        cvs.draw(&mut picture, place(2), "CV of intervals", "neurons (%)");
        picture
    }

    /// The names of the populations in a line, as many as fit.
    fn draw_names(&self, picture: &mut Picture) {
        let mut x = f64::from(LEFT);
        for (i, population) in self.populations.iter().enumerate() {
            let text = fitted(LABEL_EM, &population.name, 300.0);
            let end = x + width(LABEL_EM, &text) + 40.0;
            if end > f64::from(WIDTH) {
                return;
            }
            picture.text(Label::new(text, (x, 96.0), LABEL_EM, Side::Left).colored(color(i)));
            x = end;
        }
    }

    fn intervals(&self) -> Histograms {
        let percents = self.populations.iter().map(|p| percents(&p.intervals)).collect::<Vec<_>>();
        let used = |bin: &usize| percents.iter().any(|percents| percents[*bin] > LEAST_PERCENT);
        let all = 0..DECADES.len() * BINS_PER_DECADE;
        let first = all.clone().find(used).unwrap_or(2 * BINS_PER_DECADE) / BINS_PER_DECADE;
        let end = all.rev().find(used).unwrap_or(5 * BINS_PER_DECADE - 1) / BINS_PER_DECADE + 1;
        let low = f64::from(DECADES.start) + first as f64;
        let bins = first * BINS_PER_DECADE..end * BINS_PER_DECADE;
        Histograms {
            low,
            high: low + (end - first) as f64,
            means: vec![None; percents.len()],
            percents: percents.iter().map(|percents| percents[bins.clone()].to_vec()).collect(),
            log: true,
        }
    }
}

fn place(column: i32) -> Panel {
    let width = (WIDTH as i32 - LEFT - 30 - (PANELS - 1) * GAP) / PANELS;
    let left = LEFT + column * (width + GAP);
    Panel { left, right: left + width, top: TOP, bottom: HEIGHT as i32 - BELOW }
}
