//! Weights of synapses.

use neuropil_core::TimeGrid;
use neuropil_network::RecordedSynapse;
use neuropil_record::WeightBatch;

/// Rows of synapses that were read before a step.
pub(super) fn batch(grid: &TimeGrid, step: u64, synapses: &[RecordedSynapse]) -> WeightBatch {
    let each = |id: fn(&RecordedSynapse) -> u32| synapses.iter().map(id).collect();
    WeightBatch {
        step: vec![step; synapses.len()],
        source_population: each(|s| s.source.0),
        source: each(|s| s.source.1),
        target_population: each(|s| s.target.0),
        target: each(|s| s.target.1),
        weight: synapses.iter().map(|s| s.weight).collect(),
        delay_ms: synapses.iter().map(|s| grid.time_ms(s.delay)).collect(),
    }
}
