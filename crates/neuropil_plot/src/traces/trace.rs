use crate::layout::Panel;
use crate::picture::Ribbon;
use crate::plot::Plot;
use crate::window::Window;

/// As many as there are columns of pixels, or a few more.
const COLUMNS: usize = 1400;

/// Values so large that their differences overflow cannot be drawn.
pub(super) const LARGEST: f64 = 1e150;

/// A state variable of one neuron over time, collected sample by sample.
///
/// Takes memory per pixel and not per sample: for each column of pixels, it keeps the first and the last sample and
/// the range of all, so that no peak is lost. Samples that are not finite, or larger than 1e150, leave a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    pub(super) label: String,
    window: Window,
    columns: Vec<Column>,
    /// Whether the next sample is joined to the last one.
    joined: bool,
    /// The lowest and the highest sample.
    pub(super) ends: Option<(f64, f64)>,
    pub(super) spikes_ms: Vec<f64>,
}

/// Samples that share a column of pixels.
#[derive(Clone, Debug, PartialEq)]
struct Column {
    number: usize,
    first: (f64, f64),
    last: (f64, f64),
    low: f64,
    high: f64,
    joined: bool,
}

impl Trace {
    /// No samples yet, of a neuron with a label such as `E[0]`, in a window in ms.
    #[must_use]
    pub fn new(label: &str, t_start_ms: f64, t_stop_ms: f64) -> Self {
        Self {
            label: label.to_string(),
            window: Window::new(t_start_ms, t_stop_ms),
            columns: Vec::new(),
            joined: false,
            ends: None,
            spikes_ms: Vec::new(),
        }
    }

    /// Adds a sample; they come in order of time. Those outside the window are left out.
    pub fn add(&mut self, time_ms: f64, value: f64) {
        let usable = value.abs() < LARGEST;
        let Some(along) = self.window.along(time_ms).filter(|_| usable) else {
            self.joined = false;
            return;
        };
        let number = (along * COLUMNS as f64) as usize;
        match self.columns.last_mut() {
            Some(column) if column.number == number => {
                column.last = (time_ms, value);
                column.low = column.low.min(value);
                column.high = column.high.max(value);
            }
            _ => {
                let point = (time_ms, value);
                let joined = self.joined;
                self.columns.push(Column {
                    number,
                    first: point,
                    last: point,
                    low: value,
                    high: value,
                    joined,
                });
            }
        }
        self.joined = true;
        let (low, high) = self.ends.unwrap_or((value, value));
        self.ends = Some((low.min(value), high.max(value)));
    }

    /// Adds the time of a spike in ms, which is marked above the trace.
    pub fn add_spike(&mut self, time_ms: f64) {
        self.spikes_ms.push(time_ms);
    }

    /// The line, `shift` lower than its values say.
    pub(super) fn ribbon(&self, plot: &Plot, window: &Window, shift: f64) -> Ribbon {
        let points = self.columns.iter().flat_map(|column| {
            let gap = (!column.joined).then_some((column.first.0, f64::NAN));
            let (start, end) = (column.first, column.last);
            gap.into_iter().chain([start, (start.0, column.low), (start.0, column.high), end])
        });
        let along = |time: f64| (time - window.start_ms) / window.length_ms();
        let panel: &Panel = &plot.panel;
        Ribbon::new(panel, points.map(|(time, value)| (along(time), plot.y.along(value - shift))))
    }
}
