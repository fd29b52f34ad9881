//! The names of the files of a run.

use std::path::{Component, Path};

/// The name of the manifest.
pub(crate) const MANIFEST_FILE: &str = "run.json";

/// Whether `name` can only mean a file in the folder itself.
pub(crate) fn is_file_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let plain = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
    plain && !name.contains('\0')
}
