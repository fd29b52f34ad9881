//! How a command fails: one message, and an exit code that says whose fault it is.

use std::process::ExitCode;

use neuropil_network::BuildError;
use neuropil_plot::PlotError;
use neuropil_record::RecordError;

/// A command that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

/// The scene, the command line or the output folder is wrong.
const USER: u8 = 2;
/// The network is too large for the machine.
const RESOURCES: u8 = 3;
/// A file could not be read or written.
const IO: u8 = 4;
/// A state variable became infinite or not a number.
const NUMERICS: u8 = 5;
/// An error of the program.
const BUG: u8 = 70;
/// A signal stopped the program.
pub(crate) const SIGNAL: u8 = 130;

impl Failure {
    /// The user asked for something that cannot be done.
    pub(crate) fn user(message: impl Into<String>) -> Self {
        Self { code: USER, message: message.into() }
    }

    /// The machine is too small.
    pub(crate) fn resources(message: impl Into<String>) -> Self {
        Self { code: RESOURCES, message: message.into() }
    }

    /// A file or stream could not be read or written.
    pub(crate) fn io(message: impl Into<String>) -> Self {
        Self { code: IO, message: message.into() }
    }

    /// A signal stopped the run.
    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self { code: SIGNAL, message: message.into() }
    }

    /// The simulation left the finite numbers.
    pub(crate) fn numerics(message: impl Into<String>) -> Self {
        Self { code: NUMERICS, message: message.into() }
    }

    /// An error of the program.
    pub(crate) fn bug(message: impl Into<String>) -> Self {
        Self { code: BUG, message: message.into() }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        Self { code: if error.is_user_error() { USER } else { IO }, message: format!("error: {error}") }
    }
}

impl From<PlotError> for Failure {
    fn from(error: PlotError) -> Self {
        Self { code: IO, message: format!("error: {error}") }
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let code = if error.is_out_of_memory() { RESOURCES } else { USER };
        Self { code, message: format!("error: {error}") }
    }
}
