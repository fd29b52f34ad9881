//! How something fails: one message, and whose fault it is.

use std::fmt;

use neuropil_network::BuildError;
use neuropil_plot::PlotError;
use neuropil_record::RecordError;
use neuropil_scene::Diagnostics;

/// Why there is no result: a message for users, which says what to do about it.
#[derive(Debug)]
pub struct Failure {
    kind: FailureKind,
    message: Message,
}

/// Whose fault a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The scene, the options or the output folder is wrong.
    User,
    /// The network is too large for the machine.
    Resources,
    /// A file could not be read or written.
    Io,
    /// A state variable became infinite or not a number.
    Numerics,
    /// An error of the program.
    Bug,
}

#[derive(Debug)]
enum Message {
    Text(String),
    /// Messages that quote the lines of a scene.
    Scene(Box<Diagnostics>),
}

impl Failure {
    /// A failure with a message of its own.
    #[must_use]
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: Message::Text(message.into()) }
    }

    /// The user asked for something that cannot be done.
    #[must_use]
    pub fn user(message: impl Into<String>) -> Self {
        Self::new(FailureKind::User, message)
    }

    /// A mistake in the program.
    #[must_use]
    pub fn bug() -> Self {
        Self::new(
            FailureKind::Bug,
            "error: this is a mistake in neuropil, not in your scene: please report it",
        )
    }

    /// Whose fault it is.
    #[must_use]
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// The message, with colours for a terminal if `coloured`.
    #[must_use]
    pub fn render(&self, coloured: bool) -> String {
        match &self.message {
            Message::Text(text) => text.clone(),
            Message::Scene(messages) => messages.render(coloured).trim_end().to_owned(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Failure {}

impl From<Diagnostics> for Failure {
    fn from(messages: Diagnostics) -> Self {
        Self { kind: FailureKind::User, message: Message::Scene(Box::new(messages)) }
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        let kind = if error.is_user_error() { FailureKind::User } else { FailureKind::Io };
        Self::new(kind, format!("error: {error}"))
    }
}

impl From<PlotError> for Failure {
    fn from(error: PlotError) -> Self {
        Self::new(FailureKind::Io, format!("error: {error}"))
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let kind = if error.is_out_of_memory() { FailureKind::Resources } else { FailureKind::User };
        Self::new(kind, format!("error: {error}"))
    }
}
