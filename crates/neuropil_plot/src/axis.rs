use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

/// A number line with marks at round numbers.
pub(crate) struct Axis {
    start: f64,
    stop: f64,
    step: f64,
}

impl Axis {
    /// An axis with at most `n` steps between its ends.
    pub(crate) fn new(start: f64, stop: f64, n: u32) -> Self {
        Self {
            start,
            stop,
            step: nice_step((stop - start) / f64::from(n)),
        }
    }

    /// The same axis with marks on whole numbers only.
    pub(crate) fn whole(self) -> Self {
        Self {
            step: self.step.max(1.0),
            ..self
        }
    }

    fn ticks(&self) -> Vec<f64> {
        let first = (self.start / self.step - 1e-6).ceil();
        let count = (self.stop / self.step + 1e-6).floor() - first;
        // The bound is for windows so far from zero that their ends can hardly be told apart.
        let count = count.clamp(0.0, 50.0) as u32;
        (0..=count).map(|i| (first + f64::from(i)) * self.step).collect()
    }

    /// A tick's text, with the decimals that the step needs.
    fn text(&self, tick: f64) -> String {
        let decimals = (-libm::floor(libm::log10(self.step) + 1e-9)).clamp(0.0, 9.0) as usize;
        let text = format!("{tick:.decimals$}");
        match text.strip_prefix('-') {
            Some(digits) if tick.abs() < self.step / 2.0 => digits.to_string(),
            Some(digits) => format!("\u{2212}{digits}"),
            None => text,
        }
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (first, last): (i32, i32)) -> i32 {
        let along = (value - self.start) / (self.stop - self.start);
        first + (along * f64::from(last - first)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.ticks()
    }

    fn range(&self) -> Range<f64> {
        self.start..self.stop
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        self.text(*value)
    }
}

/// The next of ..., 1, 2, 5, 10, 20, 50, ... that is not below `at_least`.
pub(crate) fn nice_step(at_least: f64) -> f64 {
    if !(at_least.is_finite() && at_least > 1e-300) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(at_least)));
    let factor = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|factor| factor * power >= at_least * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}
