//! One message about a scene.

use crate::sources::Span;

/// How serious a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The scene cannot be used.
    Error,
    /// The scene can be used, but is perhaps not what was meant.
    Warning,
}

/// A message about a place in a scene.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) span: Option<Span>,
    pub(crate) label: String,
    pub(crate) also: Vec<(Span, String)>,
    pub(crate) notes: Vec<(Note, String)>,
}

/// The kind of a line below the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    Help,
    Fact,
}

impl Diagnostic {
    pub(crate) fn error(span: Option<Span>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            span,
            label: String::new(),
            also: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(crate) fn warning(span: Option<Span>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(span, message) }
    }

    /// Writes `label` behind the carets.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Underlines a second place.
    pub(crate) fn also(mut self, span: Option<Span>, label: impl Into<String>) -> Self {
        self.also.extend(span.map(|s| (s, label.into())));
        self
    }

    /// Adds what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.notes.push((Note::Help, help.into()));
        self
    }

    /// Adds what to do about it, if anything is known.
    pub(crate) fn help_if(self, help: Option<impl Into<String>>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Adds a fact that explains it.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push((Note::Fact, note.into()));
        self
    }

    /// How serious it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}
