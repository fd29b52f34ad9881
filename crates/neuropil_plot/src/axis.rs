/// Texts of so many letters fit under ten marks.
const MAX_LETTERS: usize = 6;

/// A number line with marks at round numbers.
#[derive(Clone)]
pub(crate) struct Axis {
    start: f64,
    stop: f64,
    step: f64,
}

impl Axis {
    /// An axis with at most `n` steps between its ends.
    pub(crate) fn new(start: f64, stop: f64, n: u32) -> Self {
        Self { start, stop, step: nice_step((stop - start) / f64::from(n)) }
    }

    /// The same axis with marks on whole numbers only.
    pub(crate) fn whole(self) -> Self {
        Self { step: self.step.max(1.0), ..self }
    }

    /// The same axis with half as many marks if their texts would meet.
    pub(crate) fn thinned(self) -> Self {
        let thin = self.longest() > MAX_LETTERS;
        Self { step: if thin { nice_step(1.5 * self.step) } else { self.step }, ..self }
    }

    pub(crate) fn ticks(&self) -> Vec<f64> {
        let first = (self.start / self.step - 1e-6).ceil();
        let count = (self.stop / self.step + 1e-6).floor() - first;
        // The bound is for windows so far from zero that their ends can hardly be told apart.
        let count = count.clamp(0.0, 50.0) as u32;
        (0..=count).map(|i| (first + f64::from(i)) * self.step).collect()
    }

    /// A tick's text, with the decimals that the step needs, and in millions where it would be too long.
    pub(crate) fn text(&self, tick: f64) -> String {
        let (unit, sign) = if self.step >= 1e5 { (1e6, "M") } else { (1.0, "") };
        let step = self.step / unit;
        let decimals = (-libm::floor(libm::log10(step) + 1e-9)).clamp(0.0, 9.0) as usize;
        let digits = format!("{:.decimals$}", tick.abs() / unit);
        match tick {
            _ if tick.abs() < self.step / 2.0 => "0".to_string(),
            _ if tick < 0.0 => format!("\u{2212}{digits}{sign}"),
            _ => digits + sign,
        }
    }

    /// Where a value lies between the ends, as a fraction.
    pub(crate) fn along(&self, value: f64) -> f64 {
        (value - self.start) / (self.stop - self.start)
    }

    /// Letters of the longest text.
    fn longest(&self) -> usize {
        self.ticks().iter().map(|&tick| self.text(tick).chars().count()).max().unwrap_or(0)
    }
}

/// The next of ..., 1, 2, 5, 10, 20, 50, ... that is not below `at_least`.
pub(crate) fn nice_step(at_least: f64) -> f64 {
    if !(at_least.is_finite() && at_least > 1e-300) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(at_least)));
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= at_least * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(axis: &Axis) -> Vec<String> {
        axis.ticks().into_iter().map(|tick| axis.text(tick)).collect()
    }

    #[test]
    fn marks_are_round_numbers_within_the_axis() {
        assert_eq!(texts(&Axis::new(0.0, 58.8, 5)), ["0", "20", "40"]);
        assert_eq!(texts(&Axis::new(-0.1, 0.3, 4)), ["\u{2212}0.1", "0", "0.1", "0.2", "0.3"]);
        assert_eq!(texts(&Axis::new(12_345.0, 12_347.0, 2)), ["12345", "12346", "12347"]);
        assert_eq!(texts(&Axis::new(0.0, 1.5e6, 3)), ["0", "0.5M", "1.0M", "1.5M"]);
    }

    #[test]
    fn steps_are_one_two_or_five() {
        for (at_least, step) in [(0.03, 0.05), (1.0, 1.0), (1.01, 2.0), (6.0, 10.0), (1000.0, 1000.0)] {
            assert!((nice_step(at_least) - step).abs() < 1e-12 * step, "{at_least}");
        }
    }
}
