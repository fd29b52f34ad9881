//! Weights of synapses at some times: `weights`.
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;
use neuropil_core::{
    Argument, Batch, Cell, Observation, RecorderModel, RecorderSetup, Recording, Sees, Table, TableColumn,
};

/// The weights of a projection at some times.
///
/// # Numerics
///
/// Weights are read before the step that begins at the time, after what the protocol changes at the same time.
#[derive(Clone, Copy, Debug, Default, Recorder)]
#[model("weights")]
pub struct Weights;

/// A recorder of weights at work.
#[derive(Clone, Debug)]
pub struct WeightRecording {
    at: Vec<u64>,
    grid: TimeGrid,
}

impl RecorderModel for Weights {
    type Parameters = ();
    type Recording = WeightRecording;

    const ARGUMENTS: &'static [Argument] = &[Argument::Synapses, Argument::Times];

    fn begin(_parameters: (), setup: &RecorderSetup<'_>) -> Result<WeightRecording, ParameterError> {
        Ok(WeightRecording { at: setup.at.to_vec(), grid: setup.grid })
    }
}

impl Recording for WeightRecording {
    fn sees(&self) -> Sees {
        Sees::synapses(&self.at)
    }

    fn table(&self) -> Table {
        Table::of_times([
            TableColumn::population("source_population"),
            TableColumn::neuron("source"),
            TableColumn::population("target_population"),
            TableColumn::neuron("target"),
            TableColumn::weight("weight"),
            TableColumn::repeated("delay", "ms"),
        ])
    }

    fn record(&mut self, seen: &Observation<'_>, rows: &mut Batch) {
        for synapse in seen.synapses() {
            let cells = [
                Cell::Id(synapse.source.0),
                Cell::Id(synapse.source.1),
                Cell::Id(synapse.target.0),
                Cell::Id(synapse.target.1),
                Cell::Value(synapse.weight),
                Cell::Value(self.grid.time_ms(synapse.delay)),
            ];
            rows.push(seen.stamp(), cells);
        }
    }
}

#[cfg(test)]
mod tests {
    use neuropil_core::RecordedSynapse;

    use super::*;

    #[test]
    fn each_synapse_is_a_row_with_its_ends_its_weight_and_its_delay_in_ms() {
        let grid = TimeGrid::new(0.1).unwrap();
        let mut recording = WeightRecording { at: vec![0, 50], grid };
        assert_eq!(recording.sees(), Sees::synapses(&[0, 50]));
        let synapse = RecordedSynapse {
            source_position: 9,
            target_position: 9,
            source: (1, 4),
            target: (0, 7),
            weight: -2.5,
            delay: 15,
        };
        let mut rows = Batch::of(&recording.table());
        recording.record(&Observation::new(50, &[], &[], &[synapse]), &mut rows);
        let ids: Vec<_> = rows.cells[..4].iter().map(|column| column.ids()[0]).collect();
        assert_eq!((rows.step, ids), (vec![50], vec![1, 4, 0, 7]));
        assert_eq!([rows.cells[4].values(), rows.cells[5].values()], [[-2.5], [1.5]]);
    }
}
