//! The spikes of neurons: `spikes`.
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;
use neuropil_core::{Batch, Observation, Plot, RecorderModel, RecorderSetup, Recording, Sees, Table};

/// The spikes of neurons, in one table for all recorders of a scene.
///
/// # Numerics
///
/// A spike bears the stamp of the end of its step. Recorded is what has `start < stamp <= stop`.
#[derive(Clone, Copy, Debug, Default, Recorder)]
#[model("spikes")]
pub struct Spikes;

/// A recorder of spikes at work.
#[derive(Clone, Copy, Debug)]
pub struct SpikeRecording;

impl RecorderModel for Spikes {
    type Parameters = ();
    type Recording = SpikeRecording;

    const IS_SHARED: bool = true;

    fn begin(_parameters: (), _setup: &RecorderSetup<'_>) -> Result<SpikeRecording, ParameterError> {
        Ok(SpikeRecording)
    }
}

impl Recording for SpikeRecording {
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

    fn plot(&self) -> Option<Plot> {
        Some(Plot::Raster)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spike_is_a_row_with_the_stamp_at_which_it_is_seen() {
        let mut rows = Batch::of(&SpikeRecording.table());
        let spikes: [(u32, &[u32]); 2] = [(0, &[3, 8]), (2, &[1])];
        SpikeRecording.record(&Observation::new(7, &spikes, &[], &[]), &mut rows);
        SpikeRecording.record(&Observation::new(8, &[], &[], &[]), &mut rows);
        assert_eq!(rows.step, [7, 7, 7]);
        assert_eq!([rows.cells[0].ids(), rows.cells[1].ids()], [[0, 0, 2], [3, 8, 1]]);
    }
}
