//! `neuropil run`: from a scene to a folder of tables and plots.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use neuropil_core::Registry;
use neuropil_record::Manifest;
use neuropil_run::{Follower, Run, Scene, format};

use super::args::RunArguments;
use super::progress::Progress;
use super::{Ending, INTERRUPTED, summary};

/// Runs an experiment.
pub(crate) fn run(arguments: &RunArguments, registry: &Registry) -> Result<(), Ending> {
    let scene = super::load(&arguments.scene, registry)?;
    let mut run = Run::start(&scene, &arguments.options(), &mut Announcer { arguments })?;
    let experiment = scene.experiment();
    let (n_neurons, end) =
        (experiment.network.n_neurons(), experiment.network.grid.time_ms(experiment.duration));
    let progress = Progress::new(n_neurons, end, arguments.quiet);
    let mut watcher = Watcher { progress, interrupted: watch_signals() };
    let result = run.advance(run.steps_left(), &mut watcher);
    watcher.progress.finish();
    result?;
    let finished = run.finish()?;
    if !arguments.quiet {
        let _ = super::say(&summary::tail(&finished.manifest, &finished.folder));
    }
    if finished.is_complete() {
        return Ok(());
    }
    let done = format::model_time(finished.manifest.t_done_ms);
    Err(Ending::Interrupted(format!("stopped by a signal after {done}; the data up to there are complete")))
}

/// Says what is about to run, and how large it is.
struct Announcer<'a> {
    arguments: &'a RunArguments,
}

impl Follower for Announcer<'_> {
    fn starting(&mut self, scene: &Scene, threads: usize, folder: &Path) {
        if !self.arguments.quiet {
            super::warn(scene);
            let most = self.arguments.resources.threads.map_or(threads, usize::from);
            let _ = super::say(&summary::head(scene.experiment(), threads, most, folder));
        }
    }

    fn built(&mut self, manifest: &Manifest) {
        if !self.arguments.quiet {
            let _ = super::say(&summary::built(manifest));
        }
    }
}

/// Shows progress, and stops the run at the first interrupt.
struct Watcher {
    progress: Progress,
    interrupted: Arc<AtomicBool>,
}

impl Follower for Watcher {
    fn advanced(&mut self, model_ms: f64, n_spikes: u64) -> bool {
        self.progress.update(model_ms, n_spikes);
        !self.interrupted.load(Ordering::Relaxed)
    }
}

/// A flag that the first interrupt sets; the second ends the program at once.
fn watch_signals() -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        super::note("stopping; interrupt once more to stop without finishing the tables");
    };
    // Where the handler can't be set, an interrupt ends the program: what was written stays readable.
    let _ = ctrlc::set_handler(handler);
    interrupted
}
