//! The mean potential of some neurons: the recorder [`my_recorder`](MyRecorder).
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;
use neuropil_core::{
    Batch, Cell, Observation, Plot, PlotPanel, RecorderModel, RecorderSetup, Recording, Sees, Table,
    TableColumn,
};

/// The mean membrane potential of some neurons.
///
/// # Dynamics
///
/// ```text
/// V_mean = (sum of V_m)/n
/// ```
#[derive(Recorder)]
#[model("my_recorder")]
pub struct MyRecorder;

/// What a scene gives it.
#[derive(Parameters)]
pub struct Parameters {
    /// Time between samples.
    #[parameter(MS, default = 1.0, Positive, on_grid)]
    interval: f64,
}

/// The recorder at work.
pub struct Mean {
    interval: u64,
    n: f64,
}

impl RecorderModel for MyRecorder {
    type Parameters = Parameters;
    type Recording = Mean;

    fn begin(p: Parameters, setup: &RecorderSetup<'_>) -> Result<Mean, ParameterError> {
        Ok(Mean { interval: setup.steps(p.interval), n: f64::from(setup.view.len()) })
    }
}

impl Recording for Mean {
    fn sees(&self) -> Sees {
        Sees::samples(["V_m"], self.interval)
    }

    fn table(&self) -> Table {
        Table::of_times([TableColumn::value("V_mean", "mV")])
    }

    fn record(&mut self, seen: &Observation<'_>, rows: &mut Batch) {
        let potentials = seen.samples().flat_map(|(_, _, potentials)| potentials);
        rows.push(seen.stamp(), [Cell::Value(potentials.sum::<f64>() / self.n)]);
    }

    fn plot(&self) -> Option<Plot> {
        Some(Plot::Curves(vec![PlotPanel::new("mean V_m", "mV", "V_mean_mV")]))
    }
}
