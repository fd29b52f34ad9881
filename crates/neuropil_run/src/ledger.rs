//! The folder of a run with its manifest, which says at any time how far the run has come.

use std::path::Path;

use chrono::{DateTime, Utc};
use neuropil_network::{Experiment, Simulation, SpikeStatistics};
use neuropil_record::{Manifest, RecordError, RunFolder, RunStatus};

use crate::{Failure, RunOptions, Scene, manifest, plots, profile, recording};

/// The folder and the manifest of a run.
pub(crate) struct Ledger {
    pub(crate) folder: RunFolder,
    pub(crate) manifest: Manifest,
}

impl Ledger {
    /// Makes the folder.
    pub(crate) fn open(scene: &Scene, options: &RunOptions, threads: usize) -> Result<Self, Failure> {
        let started = manifest::now();
        let folder = match &options.out {
            Some(out) => RunFolder::create(out, options.overwrite)?,
            None => default_folder(scene.experiment(), &started)?,
        };
        Ok(Self { folder, manifest: manifest::begin(scene, threads, &started) })
    }

    /// Writes the scene, as it was given and with every default filled in.
    pub(crate) fn write_scene(&mut self, scene: &Scene, plots: bool) -> Result<(), Failure> {
        self.folder.write_text("scene.ron", &scene.source.text)?;
        self.folder.write_text("scene.resolved.ron", &scene.compiled.resolved)?;
        // Named before they exist, so that a run that is killed can be replaced without leaving any behind.
        let mut files = ["run.json", "scene.ron", "scene.resolved.ron"].map(str::to_owned).to_vec();
        let groups = recording::groups(&scene.experiment().network);
        files.extend(groups.iter().map(|group| format!("{}.parquet", group.table)));
        if plots {
            files.extend(plots::files(&self.manifest));
        }
        self.manifest.files = files;
        self.folder.write_manifest(&self.manifest)?;
        Ok(())
    }

    pub(crate) fn record_sizes(&mut self, experiment: &Experiment, simulation: &Simulation) {
        let sizes = simulation.sizes();
        let bytes: u64 = sizes.iter().map(|s| s.bytes).sum();
        self.manifest.n_synapses = sizes.iter().map(|s| s.n_synapses).sum();
        self.manifest.bytes_per_synapse =
            (self.manifest.n_synapses > 0).then(|| bytes as f64 / self.manifest.n_synapses as f64);
        self.manifest.projections = manifest::projections(&experiment.network, &sizes);
        self.manifest.synapse_types = manifest::synapse_types(&experiment.network, &sizes);
    }

    pub(crate) fn record_statistics(
        &mut self,
        experiment: &Experiment,
        simulation: &Simulation,
        statistics: &SpikeStatistics,
    ) {
        let manifest = &mut self.manifest;
        manifest.t_done_ms = experiment.network.grid.time_ms(simulation.step());
        manifest.n_spikes = statistics.n_spikes();
        manifest.digest.spikes = Some(statistics.digest());
        manifest.populations = manifest::populations(experiment, Some(statistics), manifest.t_done_ms);
        manifest.profile = simulation.profile().map(|p| profile::summary(&p, &experiment.network));
        let model_s = manifest.t_done_ms / 1000.0;
        manifest.realtime_factor = (model_s > 0.0).then(|| manifest.wall.simulate_s / model_s);
    }

    /// Draws the plots and writes the final manifest.
    pub(crate) fn close(&mut self, plots: bool) -> Result<(), Failure> {
        if plots {
            plots::draw(self.folder.path(), &self.manifest)?;
        }
        let manifest = &mut self.manifest;
        let complete = manifest.t_done_ms >= manifest.t_stop_ms;
        manifest.peak_rss_bytes = crate::host::peak_memory();
        manifest.finished = Some(manifest::rfc3339(&manifest::now()));
        manifest.status = if complete { RunStatus::Completed } else { RunStatus::Interrupted };
        if !complete {
            manifest.exit_reason = Some("stopped by a signal".into());
        }
        self.folder.write_manifest(manifest)?;
        Ok(())
    }

    /// Says in the manifest that the run failed. That the manifest may not be written either changes nothing.
    pub(crate) fn fail(&mut self, failure: &Failure) {
        if self.manifest.status == RunStatus::Running {
            self.manifest.status = RunStatus::Failed;
            self.manifest.files = self.folder.files_of(&self.manifest);
            self.manifest.exit_reason = Some(failure.to_string());
            self.manifest.finished = Some(manifest::rfc3339(&manifest::now()));
            let _ = self.folder.write_manifest(&self.manifest);
        }
    }
}

/// `runs/<scene>-<UTC time>-s<seed>`, with a number behind it where several runs begin in the same second.
fn default_folder(experiment: &Experiment, started: &DateTime<Utc>) -> Result<RunFolder, RecordError> {
    let time = started.format("%Y%m%d-%H%M%S");
    let name = format!("{}-{time}-s{}", experiment.name, experiment.network.seed);
    let mut number = 1;
    loop {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        match RunFolder::create(&Path::new("runs").join(format!("{name}{suffix}")), false) {
            Err(RecordError::Exists { .. } | RecordError::Locked { .. }) if number < 10_000 => number += 1,
            result => return result,
        }
    }
}
