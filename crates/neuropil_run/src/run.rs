//! A run: from a scene to a folder of tables and plots.

use std::path::{Path, PathBuf};
use std::time::Instant;

use neuropil_core::StorageError::OutOfMemory;
use neuropil_network::{EditError, RunError, Simulation};
use neuropil_record::{Manifest, RunStatus};

use crate::ledger::Ledger;
use crate::recording::{Observed, Records};
use crate::{Failure, FailureKind, Follower, Resources, Scene, format, resources};

/// How a run is carried out, and where it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOptions {
    /// The folder to write to; `runs/<scene>-<UTC time>-s<seed>` where it is not given.
    pub out: Option<PathBuf>,
    /// Whether a run that the folder holds is replaced.
    pub overwrite: bool,
    /// Whether plots are drawn.
    pub plots: bool,
    /// Whether it is measured what the time is spent on.
    pub profile: bool,
    /// What it may use.
    pub resources: Resources,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self { out: None, overwrite: false, plots: true, profile: false, resources: Resources::default() }
    }
}

/// A run that has come to its end, or was stopped before.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// The folder.
    pub folder: PathBuf,
    /// What was run, how fast, and what came out: `run.json`.
    pub manifest: Manifest,
}

impl Finished {
    /// Whether the run has reached its end.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.manifest.status == RunStatus::Completed
    }
}

/// A run that goes on step by step and writes what the scene records. One that is dropped before
/// [`finish`](Run::finish) leaves a folder like that of a program that was killed.
pub struct Run<'a> {
    scene: &'a Scene,
    plots: bool,
    ledger: Ledger,
    simulation: Simulation,
    /// None once the run has failed.
    records: Option<Records>,
}

impl<'a> Run<'a> {
    /// Makes the folder and builds the network.
    ///
    /// # Errors
    /// Where the network does not fit, the folder cannot be written to, or parameters do not fit together.
    pub fn start(
        scene: &'a Scene,
        options: &RunOptions,
        follower: &mut dyn Follower,
    ) -> Result<Self, Failure> {
        let threads = options.resources.threads_for(scene.experiment())?;
        let mut ledger = Ledger::open(scene, options, threads)?;
        match Self::build(scene, options, threads, &mut ledger, follower) {
            Ok((simulation, records)) => {
                Ok(Self { scene, plots: options.plots, ledger, simulation, records: Some(records) })
            }
            Err(failure) => {
                ledger.fail(&failure);
                Err(failure)
            }
        }
    }

    fn build(
        scene: &Scene,
        options: &RunOptions,
        threads: usize,
        ledger: &mut Ledger,
        follower: &mut dyn Follower,
    ) -> Result<(Simulation, Records), Failure> {
        let experiment = scene.experiment();
        ledger.write_scene(scene, options.plots)?;
        follower.starting(scene, threads, ledger.folder.path());
        let begin = Instant::now();
        let mut simulation = resources::build(experiment, threads)?;
        ledger.manifest.wall.build_s = begin.elapsed().as_secs_f64();
        ledger.record_sizes(experiment, &simulation);
        follower.built(&ledger.manifest);
        let records = Records::start(experiment, &ledger.folder, ledger.manifest.scene_hash.clone())?;
        if options.profile {
            simulation.start_profile();
        }
        Ok((simulation, records))
    }

    /// Where the run writes to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.ledger.folder.path()
    }

    /// The network: its state may be read and changed between steps.
    pub fn simulation(&mut self) -> &mut Simulation {
        &mut self.simulation
    }

    /// The steps that are left until the end of the experiment.
    #[must_use]
    pub fn steps_left(&self) -> u64 {
        self.scene.experiment().duration.saturating_sub(self.simulation.step())
    }

    /// Simulates so many more steps, but none beyond the end of the experiment.
    ///
    /// # Errors
    /// Where the simulation or the writer fails. What was recorded up to there has then been written.
    pub fn advance(&mut self, steps: u64, follower: &mut dyn Follower) -> Result<(), Failure> {
        let steps = steps.min(self.steps_left());
        let records = self.records.as_mut().ok_or_else(over)?;
        let begin = Instant::now();
        let result = self.simulation.run(steps, &mut Observed { records, follower });
        self.ledger.manifest.wall.simulate_s += begin.elapsed().as_secs_f64();
        if result.is_ok() && !records.has_failed() {
            return Ok(());
        }
        let closed = self.close_tables();
        let result = closed.and_then(|()| result.map_err(|error| self.broken_off(error)));
        result.inspect_err(|failure| self.ledger.fail(failure))
    }

    /// Completes the tables, draws the plots and writes the manifest.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn finish(mut self) -> Result<Finished, Failure> {
        let result = self.close_tables().and_then(|()| self.ledger.close(self.plots));
        result.inspect_err(|failure| self.ledger.fail(failure))?;
        Ok(Finished { folder: self.folder().to_owned(), manifest: self.ledger.manifest })
    }

    fn close_tables(&mut self) -> Result<(), Failure> {
        let records = self.records.take().ok_or_else(over)?;
        self.ledger.record_statistics(self.scene.experiment(), &self.simulation, &records.statistics);
        let report = records.finish()?.finish()?;
        self.ledger.manifest.wall.write_s = report.write_seconds;
        self.ledger.manifest.tables = report.tables;
        Ok(())
    }

    fn stopped_at(&self, time_ms: f64, cause: &str) -> String {
        format!(
            "error: at {} of model time {cause}\nhelp: what was recorded up to there is in {}",
            format::model_time(time_ms),
            self.folder().display()
        )
    }

    fn broken_off(&self, error: RunError) -> Failure {
        let found = match error {
            RunError::NotFinite(found) => found,
            RunError::Threads => {
                let message = format!("error: {error}\nhelp: allow fewer, with --threads");
                return Failure::new(FailureKind::Resources, message);
            }
            RunError::Duration(_) => return Failure::user(format!("error: {error}")),
            RunError::Panicked => return Failure::bug(),
            RunError::Process { time_ms, name, error } => {
                let cause = format!("the process `{name}` cannot go on: {error}");
                return Failure::new(FailureKind::User, self.stopped_at(time_ms, &cause));
            }
            RunError::Edit { time_ms, error } => {
                let no_memory = matches!(error, EditError::Weights { error: OutOfMemory { .. }, .. });
                let kind = if no_memory { FailureKind::Resources } else { FailureKind::User };
                let cause = format!("the protocol cannot go on: {error}");
                return Failure::new(kind, self.stopped_at(time_ms, &cause));
            }
        };
        let population = &self.scene.experiment().network.populations[found.population as usize];
        let message = format!(
            "error: `{}` of neuron {} of `{}` is not finite any more, at {} of model time\n\
             help: look for weights, time constants or a step that are out of proportion; what was recorded up to \
             there is in {}",
            population.model.declaration.states[found.variable].name,
            found.neuron,
            population.name,
            format::model_time(self.ledger.manifest.t_done_ms),
            self.folder().display()
        );
        Failure::new(FailureKind::Numerics, message)
    }
}

/// What is said where a run goes on after it has failed.
fn over() -> Failure {
    Failure::user("error: the run has failed, and cannot go on")
}

impl Scene {
    /// Runs the experiment to its end, into a folder.
    ///
    /// # Errors
    /// Where the network does not fit, the simulation breaks off, or a file cannot be written.
    pub fn run(&self, options: &RunOptions) -> Result<Finished, Failure> {
        let mut run = Run::start(self, options, &mut ())?;
        run.advance(run.steps_left(), &mut ())?;
        run.finish()
    }
}
