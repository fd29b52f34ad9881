//! What is wrong with an expression.

use std::ops::Range;

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExpressionError {
    /// The place in the text; `None` until the caller of a function knows it.
    pub(crate) range: Option<Range<usize>>,
    /// The message; empty if a message about a constant has been given already.
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl ExpressionError {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range: Some(range), message: message.into(), help: None }
    }

    pub(super) fn here(message: impl Into<String>) -> Self {
        Self { range: None, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn at(mut self, range: Range<usize>) -> Self {
        self.range.get_or_insert(range);
        self
    }
}
