//! What can go wrong with a file.

use std::io;
use std::path::{Path, PathBuf};

/// An error of a file of connections, values or patterns, as one sentence for the user.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The name of the file does not end like that of a format that is known.
    #[error("{}: {what} {known}", path.display())]
    Extension {
        /// The file.
        path: PathBuf,
        /// What was to be read or written, with its verb.
        what: &'static str,
        /// The endings that are possible.
        known: &'static str,
    },
    /// The operating system, or the decompressor, refused to read the file.
    #[error("cannot read {}: {reason}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What it said.
        reason: io::Error,
    },
    /// A place in a text file is not what it should be.
    #[error("{}:{line}:{}{problem}", path.display(), column_of(*column))]
    Text {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// The byte in the line, counted from 1, where one is to blame.
        column: Option<usize>,
        /// What was expected, what was found, and what helps.
        problem: String,
    },
    /// The file as a whole is not what it should be.
    #[error("{}: {problem}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What was expected, what was found, and what helps.
        problem: String,
    },
    /// The operating system refused to write the file.
    #[error("cannot write {}: {reason}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What it said.
        reason: io::Error,
    },
    /// The connections to be written are not what their header says, or the format has no place for them.
    #[error("cannot write {}: {problem}", path.display())]
    Rows {
        /// The file.
        path: PathBuf,
        /// What is wrong with them.
        problem: String,
    },
}

fn column_of(column: Option<usize>) -> String {
    column.map_or_else(|| " ".to_owned(), |column| format!("{column}: "))
}

/// An error of a file whose path is added later.
#[derive(Debug)]
pub(crate) enum Fault {
    Io(io::Error),
    Text { line: u64, column: Option<usize>, problem: String },
    Content(String),
}

impl Fault {
    pub(crate) fn content(problem: impl Into<String>) -> Self {
        Self::Content(problem.into())
    }

    pub(crate) fn line(line: u64, problem: impl Into<String>) -> Self {
        Self::Text { line, column: None, problem: problem.into() }
    }

    /// There is less memory than the file takes.
    pub(crate) fn memory(n: usize) -> Self {
        Self::Content(format!("there is not enough memory for more than {n} entries"))
    }

    /// Adds the path of the file that was read.
    pub(crate) fn read_from(self, path: &Path) -> TableError {
        let path = path.to_owned();
        match self {
            Self::Io(reason) => TableError::Read { path, reason },
            Self::Text { line, column, problem } => TableError::Text { path, line, column, problem },
            Self::Content(problem) => TableError::Content { path, problem },
        }
    }

    /// Adds the path of the file that was to be written.
    pub(crate) fn written_to(self, path: &Path) -> TableError {
        let path = path.to_owned();
        match self {
            Self::Io(reason) => TableError::Write { path, reason },
            Self::Text { problem, .. } | Self::Content(problem) => TableError::Rows { path, problem },
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
