//! The command line: one module for each command.

mod args;
mod audit;
mod models;
mod new_plugin;
mod plan;
mod profile;
mod progress;
mod run;
mod summary;

use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use neuropil_core::{Plugin, Registry, StepSystems};
use neuropil_run::{Failure, FailureKind, Scene, drive_warnings, format};

use args::{Arguments, Command, ConnectionsArguments, SceneArguments};

/// How a command ended without a result: with a message, or stopped by a signal.
enum Ending {
    Failed(Failure),
    Interrupted(String),
}

impl Ending {
    fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Failed(failure) => match failure.kind() {
                FailureKind::User => 2,
                FailureKind::Resources => 3,
                FailureKind::Io => 4,
                FailureKind::Numerics => 5,
                FailureKind::Bug => 70,
            },
            Self::Interrupted(_) => INTERRUPTED,
        })
    }

    fn message(&self) -> String {
        match self {
            Self::Failed(failure) => failure.render(std::io::stderr().is_terminal()),
            Self::Interrupted(message) => message.clone(),
        }
    }
}

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// The exit code after a signal.
const INTERRUPTED: u8 = 130;

/// Runs the program `neuropil` with the models of `plugins`, on the arguments of the process.
///
/// Exit codes: 0 done, 2 the scene or the command line is wrong, 3 the network is too large, 4 a file could not be
/// read or written, 5 a state variable is not finite, 70 an error of the program, 130 stopped by a signal.
#[must_use]
pub fn main_with(plugins: Vec<Box<dyn Plugin>>) -> ExitCode {
    let arguments = Arguments::parse();
    std::panic::set_hook(Box::new(|panic| note(&format!("neuropil {}: {panic}", env!("CARGO_PKG_VERSION")))));
    let registry = crate::registry(&plugins);
    let execute = AssertUnwindSafe(|| execute(&arguments.command, &registry));
    match catch_unwind(execute).unwrap_or_else(|_| Err(Failure::bug().into())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => {
            note(&ending.message());
            ending.exit_code()
        }
    }
}

fn execute(command: &Command, registry: &Registry) -> Result<(), Ending> {
    match command {
        Command::Run(arguments) => return run::run(arguments, registry),
        Command::Check(arguments) => say(&check(arguments, registry)?)?,
        Command::Plan(arguments) => {
            let scene = load(&arguments.scene, registry)?;
            say(plan::report(scene.experiment(), arguments).trim_end())?;
        }
        Command::Connections(arguments) => say(&connections(arguments, registry)?)?,
        Command::Models { name } => say(models::models(registry, name.as_deref())?.trim_end())?,
        Command::NewPlugin(arguments) => say(&new_plugin::new_plugin(arguments, registry)?)?,
        Command::Plot { run } => say(&plot(run)?)?,
        Command::Schedule(arguments) => say(&schedule(arguments, registry)?)?,
    }
    Ok(())
}

/// Reads and compiles the scene that the arguments name.
fn load(arguments: &SceneArguments, registry: &Registry) -> Result<Scene, Failure> {
    let overrides = arguments.overrides().map_err(|e| Failure::user(format!("error: {e}")))?;
    Scene::load(&arguments.scene, overrides, registry)
}

/// Prints what is perhaps not meant in a scene.
fn warn(scene: &Scene) {
    if !scene.warnings().is_empty() {
        note(scene.warnings().render(std::io::stderr().is_terminal()).trim_end());
    }
    drive_warnings(&scene.experiment().network).iter().for_each(|warning| note(&warning.to_string()));
}

/// `neuropil check`: the warnings of a scene, and that it is fine.
fn check(arguments: &SceneArguments, registry: &Registry) -> Result<String, Failure> {
    let scene = load(arguments, registry)?;
    warn(&scene);
    let network = &scene.experiment().network;
    Ok(format!(
        "{}: ok ({} populations, {} projections, {} recorders)",
        scene.path().display(),
        network.populations.len(),
        network.projections.len(),
        network.recorders.len()
    ))
}

/// `neuropil connections`: the synapses of a projection as a file.
fn connections(arguments: &ConnectionsArguments, registry: &Registry) -> Result<String, Failure> {
    let scene = load(&arguments.scene, registry)?;
    let (name, resources) = (arguments.projection.as_deref(), arguments.resources.into());
    let written = scene.write_connections(name, &arguments.out, resources)?;
    if written.without_delays {
        note("warning: Matrix Market has no place for delays, which differ here: they are left out");
    }
    let n = format::grouped(written.n);
    Ok(format!("wrote {n} connections of `{}` to {}", written.projection, arguments.out.display()))
}

/// `neuropil plot`: the plots of a run, drawn again.
fn plot(run: &Path) -> Result<String, Failure> {
    let plots = neuropil_run::plot(run)?;
    if !plots.complete {
        note("note: this run has not reached its end; the plots show what it has written");
    }
    let files = plots.files.into_iter().map(|file| run.join(file).display().to_string());
    Ok(files.collect::<Vec<_>>().join("\n"))
}

/// `neuropil schedule`: the phases of a time step with their systems.
fn schedule(arguments: &SceneArguments, registry: &Registry) -> Result<String, Failure> {
    let scene = load(arguments, registry)?;
    let experiment = scene.experiment();
    let systems = neuropil_network::systems(&experiment.network, experiment.precision);
    let mut text = String::from("every step, in every partition");
    for phase in StepSystems::ALL {
        if phase == StepSystems::Listen {
            text += "\nevery epoch (of several partitions: at most the smallest delay)\n  \
                     exchange spikes between partitions, record";
        }
        let _ = write!(text, "\n  {phase:?}");
        for (_, name) in systems.iter().filter(|(p, _)| *p == phase) {
            let _ = write!(text, "\n    {name}");
        }
    }
    Ok(text)
}

/// Prints a result on standard output. A reader that has gone away is no error.
fn say(text: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(FailureKind::Io, format!("error: cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a message on standard error.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
