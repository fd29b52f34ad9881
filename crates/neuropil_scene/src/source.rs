//! Scene files.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::names::as_file_name;
use crate::suggest::{list, nearest};

/// The text of a scene, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SceneSource {
    /// The path, as messages show it.
    pub path: PathBuf,
    /// The text.
    pub text: String,
}

/// Why there is no text of a scene.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    /// There is no such file.
    #[error("error: there is no scene `{}`\nhelp: {hint}", path.display())]
    Missing {
        /// The path that was asked for.
        path: PathBuf,
        /// What to do about it: the scene that was perhaps meant, or those nearby.
        hint: String,
    },
    /// A pipe, a device or the like.
    #[error("error: `{}` is not a regular file\nhelp: save the scene in a file, and give its path", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// A file that is too large to be a scene.
    #[error(
        "error: `{}` is larger than {} MiB, too large for a scene\nhelp: is this a file of results? Scenes are text",
        path.display(),
        SceneSource::MAX_BYTES >> 20
    )]
    TooLarge {
        /// The path.
        path: PathBuf,
    },
    /// Bytes that are not UTF-8.
    #[error("error: this is not UTF-8 text\n --> {}:{line}:{column}\nhelp: save the file as UTF-8", path.display())]
    NotText {
        /// The path.
        path: PathBuf,
        /// The line of the first such byte, from 1.
        line: usize,
        /// The character of that line, from 1.
        column: usize,
    },
    /// A file that cannot be read.
    #[error("error: cannot read `{}`: {error}\nhelp: check that you may read the file", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

impl SceneSource {
    /// Files beyond this size are refused.
    pub const MAX_BYTES: u64 = 64 << 20;

    /// A scene from memory.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// Reads a `.ron` file, or the `scene.ron` of a folder.
    ///
    /// # Errors
    /// Where there is no such file, or it is not a text of reasonable size.
    pub fn load(path: &Path) -> Result<Self, SceneError> {
        let path = if path.is_dir() { path.join("scene.ron") } else { path.to_owned() };
        let io = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => SceneError::Missing { hint: nearby(&path), path: path.clone() },
            _ => SceneError::Io { path: path.clone(), error },
        };
        // Opening a pipe would wait for a writer.
        if !std::fs::metadata(&path).map_err(io)?.is_file() {
            return Err(SceneError::NotAFile { path });
        }
        let file = std::fs::File::open(&path).map_err(io)?;
        let mut bytes = Vec::new();
        file.take(Self::MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
        if bytes.len() as u64 > Self::MAX_BYTES {
            return Err(SceneError::TooLarge { path });
        }
        let text = String::from_utf8(bytes).map_err(|error| not_text(&path, &error))?;
        Ok(Self { path, text })
    }

    /// The name of a scene that does not say it: that of its file or, for `scene.ron`, of its folder.
    pub(crate) fn default_name(&self) -> String {
        let path =
            if self.path.file_stem().is_some_and(|stem| stem == "scene") { self.path.parent() } else { None };
        let name = path.and_then(Path::file_name).or(self.path.file_stem());
        as_file_name(&name.unwrap_or_default().to_string_lossy())
    }
}

fn not_text(path: &Path, error: &std::string::FromUtf8Error) -> SceneError {
    let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line_start = valid.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let line = 1 + valid.iter().filter(|&&b| b == b'\n').count();
    let column = 1 + String::from_utf8_lossy(&valid[line_start..]).chars().count();
    SceneError::NotText { path: path.to_owned(), line, column }
}

/// The scene that was perhaps meant by a path that does not exist, or those in its folder.
fn nearby(path: &Path) -> String {
    // A folder stands for the `scene.ron` in it.
    let whole = path.file_name().is_some_and(|name| name == "scene.ron");
    let wanted =
        if whole && !path.parent().is_some_and(Path::is_dir) { path.parent().unwrap_or(path) } else { path };
    let folder = wanted.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else {
        return format!("there is no folder `{}`", folder.display());
    };
    let is_scene = |p: &PathBuf| p.extension().is_some_and(|e| e == "ron") || p.join("scene.ron").is_file();
    let paths = entries.filter_map(|e| e.ok().map(|e| e.path())).filter(is_scene);
    let mut scenes: Vec<String> =
        paths.map(|p| p.strip_prefix(".").unwrap_or(&p).display().to_string()).collect();
    scenes.sort();
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let names: Vec<String> = scenes.iter().map(|scene| name(Path::new(scene))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if let Some(near) = nearest(&name(wanted), &names).first() {
        let i = names.iter().position(|n| n == near).unwrap_or(0);
        return format!("did you mean `{}`?", scenes[i]);
    }
    match scenes.as_slice() {
        [] => format!("there are no scenes in `{}`", folder.display()),
        _ => {
            let shown: Vec<&str> = scenes.iter().map(String::as_str).take(10).collect();
            format!("in `{}` there are {}", folder.display(), list(&shown, "and"))
        }
    }
}
