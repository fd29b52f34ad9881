//! The messages collected so far.

use std::cell::{Cell, RefCell};

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Diagnostics;
use crate::sources::{Sources, Span};

/// All items, unless one is missing. Unlike `collect`, it reads on behind that one, for the messages of others.
pub(crate) fn all_of<T>(items: impl IntoIterator<Item = Option<T>>) -> Option<Vec<T>> {
    items.into_iter().collect::<Vec<_>>().into_iter().collect()
}

/// More messages than anyone reads are only counted.
const KEPT: usize = 100;

/// Collects messages; readers share it and go on after an error.
pub(crate) struct Messages<'s> {
    sources: &'s Sources,
    list: RefCell<Vec<Diagnostic>>,
    dropped: Cell<usize>,
    failed: Cell<bool>,
}

impl<'s> Messages<'s> {
    pub(crate) fn new(sources: &'s Sources) -> Self {
        Self { sources, list: RefCell::default(), dropped: Cell::new(0), failed: Cell::new(false) }
    }

    /// Where a slice of the scene or of an override lies.
    pub(crate) fn span(&self, slice: &str) -> Option<Span> {
        self.sources.span(slice)
    }

    /// Whether there are overrides, which may leave without use what the scene uses.
    pub(crate) fn has_overrides(&self) -> bool {
        self.sources.get(1).is_some()
    }

    /// Whether a slice comes from an override.
    pub(crate) fn is_override(&self, slice: &str) -> bool {
        self.span(slice).is_some_and(|span| span.source > 0)
    }

    /// An error about a slice, to be completed and reported.
    pub(crate) fn error(&self, slice: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.span(slice), message)
    }

    /// A warning about a slice, to be completed and reported.
    pub(crate) fn warning(&self, slice: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.span(slice), message)
    }

    /// Keeps a message. Returns `None`, for readers that end with it.
    pub(crate) fn report<T>(&self, diagnostic: Diagnostic) -> Option<T> {
        self.failed.set(self.failed.get() || diagnostic.severity == Severity::Error);
        let mut list = self.list.borrow_mut();
        if list.len() < KEPT {
            list.push(diagnostic);
        } else {
            self.dropped.set(self.dropped.get() + 1);
        }
        None
    }

    /// Whether there was an error.
    pub(crate) fn failed(&self) -> bool {
        self.failed.get()
    }

    /// All messages, in the order of the scene; no warnings where there are errors, of which they may follow.
    pub(crate) fn finish(self) -> Diagnostics {
        let mut list = self.list.into_inner();
        if self.failed.get() {
            list.retain(|diagnostic| diagnostic.severity == Severity::Error);
        }
        // A definition that is used twice is read twice.
        list.sort_by_key(|d| d.span.as_ref().map(|s| (s.source, s.range.start)));
        list.dedup_by(|a, b| a.span.is_some() && a.span == b.span && a.message == b.message);
        let sources = if list.is_empty() { Sources::default() } else { self.sources.clone() };
        Diagnostics { sources, list, dropped: self.dropped.get() }
    }
}
