//! The mean rate of neurons, bin by bin: `rate`.
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;
use neuropil_core::{
    Batch, Cell, Forecast, Observation, Plot, RecorderModel, RecorderSetup, Recording, Sees, Table,
    TableColumn,
};

/// The mean rate of neurons in bins of time.
///
/// # Numerics
///
/// A bin that begins at a time does not hold the spikes with that stamp, but those with the stamp of its end, which is that of its
/// row. The first begins at `start`; one that is not complete at `stop` is left out.
#[derive(Clone, Copy, Debug, Default, Recorder)]
#[model("rate")]
pub struct Rate;

/// What a scene gives it.
#[derive(Clone, Copy, Debug, Parameters)]
pub struct RateParameters {
    /// Width of a bin.
    #[parameter(MS, default = 1.0, Positive, on_grid)]
    bin: f64,
}

/// A recorder of a rate at work.
#[derive(Clone, Debug)]
pub struct RateRecording {
    bins: Bins,
    bin_ms: f64,
    /// Neurons times the width of a bin, in seconds.
    neuron_seconds: f64,
    /// The spikes of the bin that is being filled.
    n_spikes: u64,
}

/// Bins of time. Bin `k` has the stamps `s` with `origin + k width < s <= origin + (k + 1) width`.
#[derive(Clone, Copy, Debug)]
struct Bins {
    origin: u64,
    width: u64,
    /// The last stamp that counts.
    stop: u64,
}

impl RecorderModel for Rate {
    type Parameters = RateParameters;
    type Recording = RateRecording;

    fn begin(p: RateParameters, setup: &RecorderSetup<'_>) -> Result<RateRecording, ParameterError> {
        let width = setup.steps(p.bin);
        let bin_ms = setup.grid.time_ms(width);
        Ok(RateRecording {
            bins: Bins { origin: setup.start, width, stop: setup.stop },
            bin_ms,
            neuron_seconds: neuron_seconds(setup.view.len(), bin_ms),
            n_spikes: 0,
        })
    }
}

fn neuron_seconds(n: u32, bin_ms: f64) -> f64 {
    f64::from(n) * bin_ms / 1000.0
}

impl Recording for RateRecording {
    fn sees(&self) -> Sees {
        Sees::spikes()
    }

    fn table(&self) -> Table {
        Table::of_times([TableColumn::repeated("rate", "Hz"), TableColumn::count("n_spikes")])
    }

    fn record(&mut self, seen: &Observation<'_>, rows: &mut Batch) {
        self.n_spikes += seen.n_spikes();
        if self.bins.end_at(seen.stamp()) {
            let rate_hz = self.n_spikes as f64 / self.neuron_seconds;
            rows.push(seen.stamp(), [Cell::Value(rate_hz), Cell::Count(self.n_spikes)]);
            self.n_spikes = 0;
        }
    }

    fn expected_rows(&self, run: &Forecast) -> f64 {
        (run.steps / self.bins.width as f64).floor()
    }

    fn doubts(&self, end: u64) -> Vec<ParameterError> {
        let Bins { origin, width, stop } = self.bins;
        if end.min(stop).saturating_sub(origin) >= width {
            return Vec::new();
        }
        vec![ParameterError::new("bin", "nothing will be recorded: no bin ends in time")]
    }

    fn plot(&self) -> Option<Plot> {
        Some(Plot::Rate { column: "rate_Hz".to_owned(), bin_ms: self.bin_ms })
    }
}

impl Bins {
    fn end_at(self, stamp: u64) -> bool {
        (stamp - self.origin).is_multiple_of(self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_has_its_end_but_not_its_beginning() {
        let bins = Bins { origin: 10, width: 4, stop: 21 };
        assert_eq!((11..=21).filter(|&s| bins.end_at(s)).collect::<Vec<_>>(), [14, 18]);
    }

    #[test]
    fn neuron_seconds_are_as_exact_as_can_be() {
        assert_eq!(neuron_seconds(100, 1.0), 0.1);
        assert_eq!(neuron_seconds(3, 3.0), 0.009);
    }
}
