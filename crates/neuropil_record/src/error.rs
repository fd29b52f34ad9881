//! What can go wrong with the folder of a run.

use std::io;
use std::path::{Path, PathBuf};

/// An error of the run folder or of one of its files, as one sentence for the user.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The folder holds files already.
    #[error("{} is not empty; replace the run in it with --overwrite or give another --out", path.display())]
    Exists {
        /// The run folder.
        path: PathBuf,
    },
    /// The folder to overwrite is not one that a run wrote.
    #[error("{} holds files but no run.json, so --overwrite leaves it alone; give another --out", path.display())]
    NotARun {
        /// The run folder.
        path: PathBuf,
    },
    /// The manifest of a run cannot be understood.
    #[error("{} is not a manifest of a run that this version can read: {reason}", path.display())]
    BadManifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another run works in the folder.
    #[error("{} is in use by another run; wait for it to end or give another --out", path.display())]
    Locked {
        /// The run folder.
        path: PathBuf,
    },
    /// The path of the run folder is a file.
    #[error("{} is a file, not a folder; give another --out", path.display())]
    NotAFolder {
        /// The run folder.
        path: PathBuf,
    },
    /// The folder cannot be made, emptied or written to.
    #[error("cannot prepare the run folder {}: {reason}{}", path.display(), hint(reason))]
    Prepare {
        /// The folder or file in question.
        path: PathBuf,
        /// What the operating system said.
        reason: io::Error,
    },
    /// A name that cannot be the name of a table, a column or a file.
    #[error("{what} `{name}`: {rule}")]
    Name {
        /// What the name was for.
        what: &'static str,
        /// The name.
        name: String,
        /// The rule that it breaks.
        rule: &'static str,
    },
    /// A file of the run cannot be written.
    #[error("cannot write {}: {reason}{}{}", path.display(), hint(reason), saved(safe))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: io::Error,
        /// The files that hold the rows saved before.
        safe: Vec<String>,
    },
    /// A file cannot be read, or is not what it should be.
    #[error("cannot read {}: {reason}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A batch does not fit its table: a fault of the program, not of the user.
    #[error("table `{table}` was given a bad batch: {reason}")]
    Batch {
        /// The table.
        table: String,
        /// What is wrong with the batch.
        reason: String,
    },
    /// The thread that writes has stopped, for a reason already given.
    #[error("the tables are no longer written, because of an earlier error")]
    Stopped,
}

impl RecordError {
    /// Whether the user can put it right by asking for something else, as opposed to a failure while running.
    #[must_use]
    pub fn is_user_error(&self) -> bool {
        !matches!(self, Self::Write { .. } | Self::Batch { .. } | Self::Stopped)
    }

    pub(crate) fn prepare(path: &Path, reason: io::Error) -> Self {
        Self::Prepare { path: path.to_owned(), reason }
    }

    pub(crate) fn write(path: PathBuf, reason: io::Error) -> Self {
        Self::Write { path, reason, safe: Vec::new() }
    }

    pub(crate) fn read(path: &Path, reason: impl ToString) -> Self {
        Self::Read { path: path.to_owned(), reason: reason.to_string() }
    }
}

fn hint(reason: &io::Error) -> &'static str {
    match reason.kind() {
        io::ErrorKind::StorageFull => "; free some space or give an --out on another disk",
        io::ErrorKind::QuotaExceeded => "; your quota is used up: free some space or give an --out elsewhere",
        io::ErrorKind::FileTooLarge => "; the limit on file sizes is too low (see `ulimit -f`)",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; give an --out that you may write to"
        }
        _ => "",
    }
}

fn saved(safe: &[String]) -> String {
    match safe {
        [] => String::new(),
        [only] => format!("; the rows saved before are in {only}"),
        [first, .., last] if safe.len() > 4 => {
            format!("; the rows saved before are in {} files, from {first} to {last}", safe.len())
        }
        few => format!("; the rows saved before are in {}", few.join(", ")),
    }
}
