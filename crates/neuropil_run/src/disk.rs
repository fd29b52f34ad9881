//! What a run would write.

use neuropil_network::{Experiment, Plan, Recorder, RecorderKind, Source, View};

/// Bytes of a recorded spike, and of the columns beside the values in a row of traces, of a rate and of weights, measured.
const BYTES_PER_SPIKE: f64 = 2.5;
const BYTES_PER_SAMPLE: f64 = 2.5;
const BYTES_PER_BIN: f64 = 13.0;
const BYTES_PER_WEIGHT: f64 = 2.0;

/// Bytes that recorders write in the whole run, if all recorded neurons fire at `rate_hz`.
#[must_use]
pub fn disk_bytes(experiment: &Experiment, plan: &Plan, rate_hz: f64) -> f64 {
    let grid = experiment.network.grid;
    let value_bytes = experiment.precision.bytes() as f64;
    let bytes = |r: &Recorder| {
        let steps = r.stop.min(experiment.duration).saturating_sub(r.start.saturating_sub(1)) as f64;
        let neurons = f64::from(r.view.len());
        match &r.kind {
            RecorderKind::Spikes => neurons * rate_hz * steps * grid.dt_ms() / 1000.0 * BYTES_PER_SPIKE,
            RecorderKind::Traces { variables, interval, .. } => {
                let per_row = BYTES_PER_SAMPLE + variables.len() as f64 * value_bytes;
                neurons * (steps / *interval as f64).ceil() * per_row
            }
            RecorderKind::Rate { bin } => (steps / *bin as f64).floor() * BYTES_PER_BIN,
            RecorderKind::Weights { projection, sources, at } => {
                let times = at.iter().filter(|&&at| at <= experiment.duration).count() as f64;
                times
                    * synapses(experiment, plan, *projection, sources, &r.view)
                    * (BYTES_PER_WEIGHT + value_bytes)
            }
        }
    };
    experiment.network.recorders.iter().map(bytes).sum()
}

/// The synapses that are to be expected in a part of a projection.
fn synapses(experiment: &Experiment, plan: &Plan, projection: usize, sources: &View, targets: &View) -> f64 {
    let whole = &experiment.network.projections[projection];
    let part = |some: &View, all: &View| f64::from(some.len()) / f64::from(all.len().max(1));
    let Source::Neurons(all_sources) = &whole.source else { return 0.0 };
    let planned = plan.projections.get(projection).map_or(0.0, |p| p.n_connections.mean);
    planned * part(sources, all_sources) * part(targets, &whole.target)
}
