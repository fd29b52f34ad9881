//! What a run would write.

use neuropil_core::{ColumnKind, Forecast, Precision, Table};
use neuropil_network::{Experiment, Plan, Recorder, Source, SynapseBlock, View};

/// Bytes of a row's time, population and neuron in a table of neurons or synapses, measured.
const BYTES_OF_NEURONS: f64 = 2.5;
/// Bytes of the time of a row that has it for itself, and of a number that repeats, measured.
const BYTES_OF_TIME: f64 = 10.0;
const BYTES_OF_REPEATED: f64 = 1.5;

/// Bytes that recorders write in the whole run, if all recorded neurons fire at `rate_hz`.
#[must_use]
pub fn disk_bytes(experiment: &Experiment, plan: &Plan, rate_hz: f64) -> f64 {
    let network = &experiment.network;
    let bytes = |recorder: &Recorder| {
        let Ok(recording) = network.begin_recording(recorder) else { return 0.0 };
        let rows = recording.expected_rows(&forecast(experiment, plan, recorder, rate_hz));
        rows * bytes_per_row(&recording.table(), experiment.precision)
    };
    network.recorders.iter().map(bytes).sum()
}

fn forecast(experiment: &Experiment, plan: &Plan, recorder: &Recorder, rate_hz: f64) -> Forecast {
    let grid = experiment.network.grid;
    let first = recorder.first().saturating_sub(1);
    let steps = recorder.stop.min(experiment.duration).saturating_sub(first);
    let synapses = recorder.synapses.as_ref();
    Forecast {
        steps: steps as f64,
        seconds: grid.time_ms(steps) / 1000.0,
        neurons: f64::from(recorder.view.len()),
        rate_hz,
        synapses: synapses.map_or(0.0, |block| synapses_of(experiment, plan, block, &recorder.view)),
    }
}

/// The synapses that are to be expected in a part of a projection.
fn synapses_of(experiment: &Experiment, plan: &Plan, block: &SynapseBlock, targets: &View) -> f64 {
    let whole = &experiment.network.projections[block.projection];
    let part = |some: &View, all: &View| f64::from(some.len()) / f64::from(all.len().max(1));
    let Source::Neurons(all_sources) = &whole.source else { return 0.0 };
    let planned = plan.projections.get(block.projection).map_or(0.0, |p| p.n_connections.mean);
    planned * part(&block.sources, all_sources) * part(targets, &whole.target)
}

fn bytes_per_row(table: &Table, precision: Precision) -> f64 {
    let has_neurons = table.columns().iter().any(|column| column.kind == ColumnKind::Neuron);
    let keys = if has_neurons { BYTES_OF_NEURONS } else { BYTES_OF_TIME };
    let column = |kind: ColumnKind| match kind {
        ColumnKind::State | ColumnKind::Weight => precision.bytes() as f64,
        ColumnKind::Value => 8.0,
        ColumnKind::Repeated | ColumnKind::Count => BYTES_OF_REPEATED,
        ColumnKind::Time | ColumnKind::Step | ColumnKind::Population | ColumnKind::Neuron => 0.0,
    };
    keys + table.columns().iter().map(|c| column(c.kind)).sum::<f64>()
}
