use crate::axis::{Axis, nice_step};
use crate::layout::Panel;
use crate::palette::{Color, color};
use crate::picture::{Picture, Steps, upright};
use crate::plot::{Plot, top_above};

const N_BINS: usize = 40;

/// From the vertical axis to its name.
const Y_NAME: f64 = 84.0;

/// One distribution per population, on the same bins.
pub(super) struct Histograms {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) percents: Vec<Vec<f64>>,
    /// Marked by dashed lines.
    pub(super) means: Vec<Option<f64>>,
    /// Values are powers of ten.
    pub(super) log: bool,
}

impl Histograms {
    /// Values from zero on.
    pub(super) fn linear(values: Vec<Vec<f64>>) -> Self {
        let peak = values.iter().flatten().copied().fold(0.0, f64::max);
        let bin = if peak > 0.0 { nice_step(peak / N_BINS as f64) } else { 1.0 / N_BINS as f64 };
        let n_bins = (peak / bin + 1e-9) as usize + 1;
        let n_bins = if peak > 0.0 { n_bins } else { N_BINS };
        let count = |values: &Vec<f64>| {
            let mut counts = vec![0; n_bins];
            for value in values {
                counts[((value / bin + 1e-9) as usize).min(n_bins - 1)] += 1;
            }
            percents(&counts)
        };
        let mean = |values: &Vec<f64>| {
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let percents = values.iter().map(count).collect();
        Self {
            low: 0.0,
            high: bin * n_bins as f64,
            percents,
            means: values.iter().map(mean).collect(),
            log: false,
        }
    }

    pub(super) fn draw(&self, picture: &mut Picture, panel: Panel, x: &str, y: &str) {
        let peak = self.percents.iter().flatten().copied().fold(0.0, f64::max);
        let across = Axis::new(self.low, self.high, 4);
        let across = if self.log { across.whole() } else { across };
        let plot = Plot { panel, x: across, y: Axis::new(0.0, top_above(peak), 8) };
        for (i, percents) in self.percents.iter().enumerate() {
            self.draw_steps(picture, &plot, percents, color(i));
            if let Some(mean) = self.means[i] {
                draw_dashes(picture, &plot, mean, color(i));
            }
        }
        plot.draw_x(picture);
        if self.log {
            let decades = self.low as i32..self.high as i32;
            let marks = decades
                .flat_map(|decade| (2..10).map(move |i| f64::from(decade) + libm::log10(f64::from(i))));
            plot.draw_small_marks(picture, marks);
        }
        let text = |tick: f64| if self.log { power(tick) } else { plot.x.text(tick) };
        plot.number_x(picture, text, f64::NEG_INFINITY);
        plot.name_x(picture, x);
        plot.draw_y(picture, y, Y_NAME);
        if peak <= 0.0 {
            plot.draw_notice(picture, "none");
        }
    }

    /// The outline of the bins that are not empty, down to zero at both ends.
    fn draw_steps(&self, picture: &mut Picture, plot: &Plot, percents: &[f64], color: Color) {
        let base = plot.y(0.0);
        let bin = (self.high - self.low) / percents.len() as f64;
        let edge = |i: usize| plot.x(self.low + i as f64 * bin);
        let bins: Vec<_> = percents.iter().enumerate().collect();
        // Along the axis a line would only hide it.
        for run in bins.chunk_by(|a, b| (*a.1 > 0.0) == (*b.1 > 0.0)).filter(|run| *run[0].1 > 0.0) {
            let ends = (edge(run[0].0), edge(run[run.len() - 1].0 + 1));
            let tops = run.iter().map(|&(i, &percent)| ((edge(i), edge(i + 1)), plot.y(percent)));
            let steps = Steps::over(tops).shaded(base, 0.12);
            picture.steps(steps.between_uprights(base, ends), color);
        }
    }
}

fn draw_dashes(picture: &mut Picture, plot: &Plot, value: f64, color: Color) {
    let x = plot.x(value);
    let dash = |top: i32| upright(x, f64::from(top), f64::from((top + 8).min(plot.panel.bottom)));
    picture.strokes((plot.panel.top..plot.panel.bottom).step_by(14).map(dash).collect(), color);
}

/// Shares of all counts.
pub(super) fn percents(counts: &[u64]) -> Vec<f64> {
    let total = counts.iter().sum::<u64>().max(1) as f64;
    counts.iter().map(|&count| 100.0 * count as f64 / total).collect()
}

/// A power of ten in full.
fn power(exponent: f64) -> String {
    let decimals = (-exponent).max(0.0) as usize;
    format!("{:.decimals$}", libm::pow(10.0, exponent))
}
