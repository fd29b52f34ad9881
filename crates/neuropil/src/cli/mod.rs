//! The command line: one module for each command.

mod args;
mod audit;
mod connections;
mod events;
mod failure;
mod format;
mod host;
mod manifest;
mod models;
mod plan;
mod plot;
mod profile;
mod progress;
mod recording;
mod run;
mod scene;
mod summary;

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;
use neuropil_core::{Plugin, Registry};

use args::{Arguments, Command, SceneArguments};
use failure::Failure;

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
    match catch_unwind(execute).unwrap_or_else(|_| Err(Failure::bug(run::BUG))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            note(&failure.message);
            failure.exit_code()
        }
    }
}

fn execute(command: &Command, registry: &Registry) -> Result<(), Failure> {
    match command {
        Command::Run(arguments) => run::run(arguments, registry),
        Command::Check(arguments) => say(&check(arguments, registry)?),
        Command::Plan(arguments) => {
            let scene = scene::load(&arguments.scene, registry)?;
            say(plan::report(&scene.compiled.experiment, arguments).trim_end())
        }
        Command::Connections(arguments) => say(&connections::connections(arguments, registry)?),
        Command::Models { name } => say(models::models(registry, name.as_deref())?.trim_end()),
        Command::Plot { run } => {
            let files = plot::plot(run)?.into_iter().map(|file| run.join(file).display().to_string());
            say(&files.collect::<Vec<_>>().join("\n"))
        }
        Command::Schedule(arguments) => say(&schedule(arguments, registry)?),
    }
}

/// `neuropil check`: the warnings of a scene, and that it is fine.
fn check(arguments: &SceneArguments, registry: &Registry) -> Result<String, Failure> {
    let scene = scene::load(arguments, registry)?;
    if let Some(warnings) = scene.warnings() {
        note(&warnings);
    }
    let network = &scene.compiled.experiment.network;
    audit::warnings(network).iter().for_each(|warning| note(&warning.to_string()));
    Ok(format!(
        "{}: ok ({} populations, {} projections, {} recorders)",
        scene.source.path.display(),
        network.populations.len(),
        network.projections.len(),
        network.recorders.len()
    ))
}

/// `neuropil schedule`: the phases of a time step with their systems.
fn schedule(arguments: &SceneArguments, registry: &Registry) -> Result<String, Failure> {
    let scene = scene::load(arguments, registry)?;
    let experiment = &scene.compiled.experiment;
    let systems = neuropil_network::systems(&experiment.network, experiment.precision);
    let mut text = String::from("every step, in every partition");
    for phase in neuropil_core::StepSystems::ALL {
        let _ = write!(text, "\n  {phase:?}");
        for (_, name) in systems.iter().filter(|(p, _)| *p == phase) {
            let _ = write!(text, "\n    {name}");
        }
    }
    Ok(text
        + "\nevery epoch (of several partitions: at most the smallest delay)\n  \
                exchange spikes between partitions, record")
}

/// Prints a result on standard output. A reader that has gone away is no error.
fn say(text: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io(format!("error: cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a message on standard error.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
