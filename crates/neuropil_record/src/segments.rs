//! The parts in which a table is saved while its run goes on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file of part `number` of the table in `file`: `spikes-000012.parquet` of `spikes.parquet`.
pub(crate) fn name(file: &str, number: usize) -> String {
    format!("{}-{number:06}.parquet", stem(file))
}

/// The number of the part that `name` is of the table in `file`, if it is one.
pub(crate) fn number(name: &str, file: &str) -> Option<usize> {
    let digits = name.strip_prefix(stem(file))?.strip_prefix('-')?.strip_suffix(".parquet")?;
    let is_number = digits.len() >= 6 && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number && file.ends_with(".parquet") { digits.parse().ok() } else { None }
}

/// The files that hold the table: the one that the run's end leaves, else its parts in order.
pub(crate) fn files_of(folder: &Path, file: &str) -> io::Result<Vec<PathBuf>> {
    let whole = folder.join(file);
    if whole.exists() {
        return Ok(vec![whole]);
    }
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Some(number) = entry.file_name().to_str().and_then(|name| number(name, file)) {
            parts.push((number, entry.path()));
        }
    }
    parts.sort();
    Ok(parts.into_iter().map(|(_, path)| path).collect())
}

fn stem(file: &str) -> &str {
    file.strip_suffix(".parquet").unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_from_other_files() {
        assert_eq!(name("spikes.parquet", 12), "spikes-000012.parquet");
        assert_eq!(number("spikes-000012.parquet", "spikes.parquet"), Some(12));
        assert_eq!(number("spikes-1234567.parquet", "spikes.parquet"), Some(1_234_567));
        for other in ["spikes.parquet", "spikes-12.parquet", "spikes-00001a.parquet", "x-000012.parquet"] {
            assert_eq!(number(other, "spikes.parquet"), None, "{other}");
        }
        assert_eq!(number("notes-000001.parquet", "notes"), None);
    }
}
