//! `neuropil run`: from a scene to a folder of tables and plots.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use neuropil_core::Registry;
use neuropil_core::StorageError::OutOfMemory;
use neuropil_network::{EditError, Experiment, RunError, Simulation};
use neuropil_record::{Manifest, RecordError, RunFolder, RunStatus, TableSpec};

use super::args::RunArguments;
use super::failure::{self, Failure};
use super::progress::Progress;
use super::recording::Recording;
use super::scene::{self, Scene};
use super::{audit, manifest, plan, plot, profile, recording, summary};

/// Runs an experiment.
pub(crate) fn run(arguments: &RunArguments, registry: &Registry) -> Result<(), Failure> {
    let scene = scene::load(&arguments.scene, registry)?;
    let experiment = &scene.compiled.experiment;
    let (threads, plan) = plan::plan_run(experiment, arguments.resources);
    plan::check_memory(&plan, arguments.resources)?;
    if let Some(warnings) = scene.warnings().filter(|_| !arguments.quiet) {
        super::note(&warnings);
    }
    if !arguments.quiet {
        audit::warnings(&experiment.network).iter().for_each(|warning| super::note(&warning.to_string()));
    }
    let started = manifest::now();
    let folder = match &arguments.out {
        Some(out) => RunFolder::create(out, arguments.overwrite)?,
        None => default_folder(experiment, &started)?,
    };
    let mut run = Run {
        scene: &scene,
        arguments,
        folder: &folder,
        manifest: manifest::begin(&scene, registry, threads, &started),
    };
    let result = run.write_scene().and_then(|()| run.simulate(threads)).and_then(|()| run.finish());
    if let Err(failure) = &result {
        run.fail(failure);
    }
    result
}

/// `runs/<scene>-<UTC time>-s<seed>`, with a number behind it where several runs begin in the same second.
fn default_folder(
    experiment: &Experiment,
    started: &chrono::DateTime<chrono::Utc>,
) -> Result<RunFolder, RecordError> {
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

struct Run<'a> {
    scene: &'a Scene,
    arguments: &'a RunArguments,
    folder: &'a RunFolder,
    manifest: Manifest,
}

impl Run<'_> {
    /// Writes the scene, as it was given and with every default filled in.
    fn write_scene(&mut self) -> Result<(), Failure> {
        self.folder.write_text("scene.ron", &self.scene.source.text)?;
        self.folder.write_text("scene.resolved.ron", &self.scene.compiled.resolved)?;
        // Named before they exist, so that a run that is killed can be replaced without leaving any behind.
        let experiment = &self.scene.compiled.experiment;
        let mut files = ["run.json", "scene.ron", "scene.resolved.ron"].map(str::to_owned).to_vec();
        files.extend(recording::tables(experiment).iter().map(TableSpec::file_name));
        if !self.arguments.no_plot {
            files.extend(plot::files(&self.manifest));
        }
        self.manifest.files = files;
        self.folder.write_manifest(&self.manifest)?;
        Ok(())
    }

    /// Builds and simulates the network, and writes its tables.
    fn simulate(&mut self, threads: usize) -> Result<(), Failure> {
        let experiment = &self.scene.compiled.experiment;
        let quiet = self.arguments.quiet;
        if !quiet {
            let most = self.arguments.resources.threads.map_or(threads, usize::from);
            let _ = super::say(&summary::head(experiment, threads, most, self.folder.path()));
        }
        let begin = Instant::now();
        let mut simulation = build(experiment, threads)?;
        self.manifest.wall.build_s = begin.elapsed().as_secs_f64();
        self.record_sizes(&simulation);
        if !quiet {
            let _ = super::say(&summary::built(&self.manifest));
        }

        let interrupted = watch_signals();
        let progress = Progress::new(self.manifest.n_neurons, self.manifest.t_stop_ms, quiet);
        let hash = self.manifest.scene_hash.clone();
        let mut recording = Recording::start(experiment, self.folder, hash, progress, &interrupted)?;
        if self.arguments.profile {
            simulation.start_profile();
        }
        let begin = Instant::now();
        let result = simulation.run(experiment.duration, &mut recording);
        self.manifest.wall.simulate_s = begin.elapsed().as_secs_f64();
        self.record_statistics(&simulation, &recording);
        let (_, writer) = recording.finish()?;
        let report = writer.finish()?;
        self.manifest.wall.write_s = report.write_seconds;
        self.manifest.tables = report.tables;
        result.map_err(|error| self.broken_off(error))
    }

    fn broken_off(&self, error: RunError) -> Failure {
        let found = match error {
            RunError::NotFinite(found) => found,
            RunError::Threads => {
                return Failure::resources(format!("error: {error}\nhelp: allow fewer, with --threads"));
            }
            RunError::Panicked => return Failure::bug(BUG),
            RunError::Edit { time_ms, error } => {
                let no_memory = matches!(error, EditError::Weights { error: OutOfMemory { .. }, .. });
                let failure = if no_memory { Failure::resources } else { Failure::user };
                return failure(format!(
                    "error: at {} of model time the protocol cannot go on: {error}\n\
                     help: what was recorded up to there is in {}",
                    super::format::model_time(time_ms),
                    self.folder.path().display()
                ));
            }
        };
        let population = &self.scene.compiled.experiment.network.populations[found.population as usize];
        Failure::numerics(format!(
            "error: `{}` of neuron {} of `{}` is not finite any more, at {} of model time\n\
             help: look for weights, time constants or a step that are out of proportion; what was recorded up to \
             there is in {}",
            population.model.declaration.states[found.variable].name,
            found.neuron,
            population.name,
            super::format::model_time(self.manifest.t_done_ms),
            self.folder.path().display()
        ))
    }

    fn record_sizes(&mut self, simulation: &Simulation) {
        let network = &self.scene.compiled.experiment.network;
        let sizes = simulation.sizes();
        let bytes: u64 = sizes.iter().map(|s| s.bytes).sum();
        self.manifest.n_synapses = sizes.iter().map(|s| s.n_synapses).sum();
        self.manifest.bytes_per_synapse =
            (self.manifest.n_synapses > 0).then(|| bytes as f64 / self.manifest.n_synapses as f64);
        self.manifest.projections = manifest::projections(network, &sizes);
        self.manifest.synapse_types = manifest::synapse_types(network, &sizes);
    }

    fn record_statistics(&mut self, simulation: &Simulation, recording: &Recording<'_>) {
        let experiment = &self.scene.compiled.experiment;
        let statistics = &recording.statistics;
        self.manifest.t_done_ms = experiment.network.grid.time_ms(simulation.step());
        self.manifest.n_spikes = statistics.n_spikes();
        self.manifest.digest.spikes = Some(statistics.digest());
        self.manifest.populations =
            manifest::populations(experiment, Some(statistics), self.manifest.t_done_ms);
        let model_s = self.manifest.t_done_ms / 1000.0;
        self.manifest.profile = simulation.profile().map(|p| profile::summary(&p, &experiment.network));
        self.manifest.realtime_factor = (model_s > 0.0).then(|| self.manifest.wall.simulate_s / model_s);
    }

    /// Draws the plots, writes the final manifest and prints the summary.
    fn finish(&mut self) -> Result<(), Failure> {
        let complete = self.manifest.t_done_ms >= self.manifest.t_stop_ms;
        if !self.arguments.no_plot {
            plot::draw(self.folder.path(), &self.manifest)?;
        }
        self.manifest.peak_rss_bytes = super::host::peak_memory();
        self.manifest.finished = Some(manifest::rfc3339(&manifest::now()));
        self.manifest.status = if complete { RunStatus::Completed } else { RunStatus::Interrupted };
        if !complete {
            self.manifest.exit_reason = Some("stopped by a signal".into());
        }
        self.folder.write_manifest(&self.manifest)?;
        if !self.arguments.quiet {
            let _ = super::say(&summary::tail(&self.manifest, self.folder.path()));
        }
        if complete {
            return Ok(());
        }
        let done = super::format::model_time(self.manifest.t_done_ms);
        Err(Failure::interrupted(format!(
            "stopped by a signal after {done}; the data up to there are complete"
        )))
    }

    /// Says in the manifest that the run failed. That the manifest may not be written either changes nothing.
    fn fail(&mut self, failure: &Failure) {
        if self.manifest.status == RunStatus::Running {
            self.manifest.status = RunStatus::Failed;
            self.manifest.files = self.folder.files_of(&self.manifest);
            self.manifest.exit_reason = Some(failure.message.clone());
            self.manifest.finished = Some(manifest::rfc3339(&manifest::now()));
            let _ = self.folder.write_manifest(&self.manifest);
        }
    }
}

/// Builds the network on as many threads as will run it.
pub(crate) fn build(experiment: &Experiment, threads: usize) -> Result<Simulation, Failure> {
    let build = || Simulation::build(&experiment.network, experiment.precision, threads);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|e| Failure::resources(format!("error: cannot start {threads} threads: {e}")))?;
    Ok(pool.install(build)?)
}

/// What is said where the program is at fault.
pub(crate) const BUG: &str = "error: this is a mistake in neuropil, not in your scene: please report it";

/// A flag that the first interrupt sets; the second ends the program at once.
fn watch_signals() -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(failure::SIGNAL));
        }
        super::note("stopping; interrupt once more to stop without finishing the tables");
    };
    // Where the handler can't be set, an interrupt ends the program: what was written stays readable.
    let _ = ctrlc::set_handler(handler);
    interrupted
}
