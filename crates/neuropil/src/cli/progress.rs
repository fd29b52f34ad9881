//! How far a run has come, on a terminal as a bar and elsewhere as a line now and then.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use neuropil_run::format;

/// How often a bar is drawn, and how often a line is printed where there is no terminal.
const BAR_INTERVAL: Duration = Duration::from_millis(100);
const LINE_INTERVAL: Duration = Duration::from_secs(10);

/// Reports the progress of a simulation.
pub(crate) struct Progress {
    display: Display,
    n_neurons: f64,
    stop_ms: f64,
    begin: Instant,
    shown: Shown,
}

enum Display {
    Bar(ProgressBar),
    Lines,
    Quiet,
}

/// What was shown last, from which the live rate is taken.
struct Shown {
    at: Instant,
    model_ms: f64,
    n_spikes: u64,
}

impl Progress {
    pub(crate) fn new(n_neurons: u64, stop_ms: f64, quiet: bool) -> Self {
        let display = match quiet {
            true => Display::Quiet,
            false if std::io::stderr().is_terminal() => Display::Bar(bar()),
            false => Display::Lines,
        };
        let now = Instant::now();
        let shown = Shown { at: now, model_ms: 0.0, n_spikes: 0 };
        Self { display, n_neurons: n_neurons.max(1) as f64, stop_ms, begin: now, shown }
    }

    /// Shows progress if it is time to.
    pub(crate) fn update(&mut self, model_ms: f64, n_spikes: u64) {
        let interval = match self.display {
            Display::Bar(_) => BAR_INTERVAL,
            Display::Lines => LINE_INTERVAL,
            Display::Quiet => return,
        };
        let now = Instant::now();
        if now - self.shown.at < interval {
            return;
        }
        let line = self.line(now, model_ms, n_spikes);
        self.shown = Shown { at: now, model_ms, n_spikes };
        match &self.display {
            Display::Bar(bar) => {
                bar.set_position((1000.0 * model_ms / self.stop_ms) as u64);
                bar.set_message(line);
            }
            _ => super::note(&line),
        }
    }

    fn line(&self, now: Instant, model_ms: f64, n_spikes: u64) -> String {
        let wall = (now - self.begin).as_secs_f64();
        let factor = wall / (model_ms / 1000.0);
        let window = (model_ms - self.shown.model_ms) / 1000.0;
        let rate = (n_spikes - self.shown.n_spikes) as f64 / (self.n_neurons * window);
        let eta = factor * (self.stop_ms - model_ms) / 1000.0;
        format!(
            "{:.3} of {} s model time | {factor:.2} s wall per s | {rate:.1} Hz | {} left",
            model_ms / 1000.0,
            self.stop_ms / 1000.0,
            format::seconds(eta)
        )
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        if let Display::Bar(bar) = &self.display {
            bar.finish_and_clear();
        }
    }
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("  {bar:30} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("━━ ");
    ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr()).with_style(style)
}
