//! The manifest of a run, filled in.

use std::collections::BTreeMap;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use neuropil_core::engine::{MATH_VERSION, STREAMS_VERSION};
use neuropil_core::{Plot, StorageSize};
use neuropil_network::{Experiment, Network, Recorder, Source, SpikeStatistics};
use neuropil_record::{
    BuildInfo, Manifest, PopulationSummary, ProjectionSummary, RecorderSummary, RunStatus, SceneInfo,
    SynapseTypeSummary,
};

use crate::drive_warnings::drive_warnings;
use crate::recording::{Ranges, Selection};
use crate::{Scene, events, host};

/// Now, in UTC.
pub(crate) fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// A time as RFC 3339, to the millisecond.
pub(crate) fn rfc3339(time: &DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The manifest of a run that has just begun.
pub(crate) fn begin(scene: &Scene, threads: usize, started: &DateTime<Utc>) -> Manifest {
    let experiment = scene.experiment();
    let network = &experiment.network;
    let hash = scene.hash();
    Manifest {
        run_id: format!("{}-{}", started.format("%Y%m%dT%H%M%S%.6fZ"), std::process::id()),
        status: RunStatus::Running,
        version: env!("CARGO_PKG_VERSION").into(),
        git_hash: env!("NEUROPIL_GIT_HASH").into(),
        neuropil: BuildInfo {
            build_profile: env!("NEUROPIL_PROFILE").into(),
            rustc: Some(env!("NEUROPIL_RUSTC").into()),
            target: env!("NEUROPIL_TARGET").into(),
        },
        plugins: scene.plugins.clone(),
        scene: SceneInfo {
            name: experiment.name.clone(),
            path: scene.source.path.display().to_string(),
            blake3: hash.clone(),
            overrides: scene.overrides.iter().map(|o| format!("{}={}", o.path(), o.value())).collect(),
            files: scene.files(),
        },
        scene_hash: hash,
        seed: network.seed,
        rng: STREAMS_VERSION.into(),
        math: MATH_VERSION.into(),
        precision: experiment.precision.name().into(),
        dt_ms: network.grid.dt_ms(),
        t_stop_ms: network.grid.time_ms(experiment.duration),
        host: host::host(),
        threads,
        argv: std::env::args().collect(),
        started: rfc3339(started),
        n_neurons: network.n_neurons(),
        populations: populations(experiment, None, 0.0),
        recorders: network.recorders.iter().map(|r| recorder(experiment, r)).collect(),
        protocol: events::summaries(network),
        warnings: scene
            .compiled
            .warnings
            .messages()
            .iter()
            .map(|w| w.message().to_owned())
            .chain(drive_warnings(network).into_iter().map(|warning| warning.message))
            .collect(),
        ..Manifest::default()
    }
}

fn recorder(experiment: &Experiment, recorder: &Recorder) -> RecorderSummary {
    let network = &experiment.network;
    let grid = network.grid;
    let projection =
        recorder.synapses.as_ref().map(|block| network.projections[block.projection].name.clone());
    let plot = plot(network, recorder);
    RecorderSummary {
        name: recorder.name.clone(),
        kind: recorder.model.declaration.name.to_owned(),
        table: recorder.model.table_name(&recorder.name),
        n_neurons: u64::from(recorder.view.len()),
        first_ms: grid.time_ms(recorder.first()),
        last_ms: grid.time_ms(recorder.stop.min(experiment.duration)),
        bin_ms: if let Some(Plot::Rate { bin_ms, .. }) = plot { Some(bin_ms) } else { None },
        projection,
        plot,
    }
}

fn plot(network: &Network, recorder: &Recorder) -> Option<Plot> {
    network.begin_recording(recorder).ok()?.plot()
}

/// The neurons of each population whose spikes are drawn.
fn recorded(network: &Network) -> BTreeMap<u32, Ranges> {
    let drawn = |r: &&Recorder| plot(network, r) == Some(Plot::Raster);
    Selection::of(network.recorders.iter().filter(drawn)).ranges()
}

/// The populations, with their rates over `t_done_ms` where there are statistics.
pub(crate) fn populations(
    experiment: &Experiment,
    statistics: Option<&SpikeStatistics>,
    t_done_ms: f64,
) -> Vec<PopulationSummary> {
    let network = &experiment.network;
    let recorded = recorded(network);
    let summary = |number: usize| {
        let statistics = statistics.map(|s| &s.populations()[number]);
        PopulationSummary {
            name: network.populations[number].name.clone(),
            n: u64::from(network.populations[number].n),
            rate_hz: statistics.map(|s| s.rate_hz(t_done_ms)),
            cv_isi: statistics.and_then(neuropil_network::PopulationStatistics::cv_isi),
            recorded: recorded.get(&(number as u32)).cloned().unwrap_or_default(),
        }
    };
    (0..network.populations.len()).map(summary).collect()
}

/// The projections, with the synapses that were built.
pub(crate) fn projections(network: &Network, sizes: &[StorageSize]) -> Vec<ProjectionSummary> {
    let summary = |(projection, size): (&neuropil_network::Projection, &StorageSize)| ProjectionSummary {
        name: projection.name.clone(),
        n_synapses: size.n_synapses,
        bytes_per_synapse: (size.n_synapses > 0).then(|| size.bytes as f64 / size.n_synapses as f64),
        shape: size.shape.clone(),
    };
    network.projections.iter().zip(sizes).map(summary).collect()
}

/// The connections of each synapse type, counted as NEST does: those between neurons, from stimuli and to
/// recorders.
pub(crate) fn synapse_types(network: &Network, sizes: &[StorageSize]) -> Vec<SynapseTypeSummary> {
    let mut types: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for (projection, size) in network.projections.iter().zip(sizes) {
        let (between_neurons, with_devices) = types.entry(projection.synapse).or_default();
        match projection.source {
            Source::Neurons(_) => *between_neurons += size.n_synapses,
            Source::Stimulus(_) => *with_devices += u64::from(projection.target.len()),
        }
    }
    for recorder in &network.recorders {
        if let Some(synapse) = recorder.counted_as {
            types.entry(synapse).or_default().1 += u64::from(recorder.view.len());
        }
    }
    types
        .into_iter()
        .map(|(synapse, (n_synapses, n_stimulus_connections))| SynapseTypeSummary {
            name: network.synapses[synapse].name.clone(),
            n_connections: n_synapses + n_stimulus_connections,
            n_synapses,
            n_stimulus_connections,
        })
        .collect()
}
