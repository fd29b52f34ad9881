//! A recorder.

use neuropil_core::prelude::*;
use neuropil_core::{Batch, Observation, RecorderModel, RecorderSetup, Recording, Sees, Table};

/// The spikes of neurons.
#[derive(Recorder)]
#[model("test_recorder")]
pub(crate) struct TestRecorder;

impl RecorderModel for TestRecorder {
    type Parameters = ();
    type Recording = Self;

    fn begin(_parameters: (), _setup: &RecorderSetup<'_>) -> Result<Self, ParameterError> {
        Ok(Self)
    }
}

impl Recording for TestRecorder {
    fn sees(&self) -> Sees {
        Sees::spikes()
    }

    fn table(&self) -> Table {
        Table::of_neurons([])
    }

    fn record(&mut self, seen: &Observation<'_>, rows: &mut Batch) {
        for (population, neurons) in seen.spikes() {
            rows.push_neurons(seen.stamp(), population, neurons);
        }
    }
}
