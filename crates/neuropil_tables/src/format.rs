//! Formats, which are known by the ends of names.

use std::path::Path;

use crate::error::TableError;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A text, and whether it is compressed.
    Text(TextFormat, bool),
    Npy,
    Npz,
    Parquet,
}

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextFormat {
    MatrixMarket,
    CommaSeparated,
    Patterns,
}

impl Format {
    /// The format that a name stands for.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let (stem, compressed) = name.strip_suffix(".gz").map_or((name.as_str(), false), |stem| (stem, true));
        let (_, extension) = stem.rsplit_once('.')?;
        let text = match extension {
            "mtx" | "wmat" => TextFormat::MatrixMarket,
            "csv" => TextFormat::CommaSeparated,
            "pat" => TextFormat::Patterns,
            _ if compressed => return None,
            "npy" => return Some(Self::Npy),
            "npz" => return Some(Self::Npz),
            "parquet" => return Some(Self::Parquet),
            _ => return None,
        };
        Some(Self::Text(text, compressed))
    }

    /// The error for a name that stands for nothing that is possible.
    pub(crate) fn unknown(path: &Path, what: &'static str, known: &'static str) -> TableError {
        TableError::Extension { path: path.to_owned(), what, known }
    }
}
