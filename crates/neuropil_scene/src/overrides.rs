//! Values that the command line sets over those of the scene.

use std::cell::Cell;

use crate::sources::QuotedText;
use crate::syntax;

/// A value for one place of a scene, as in `--set constants.g=6`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What messages call it.
    name: String,
    /// `path=value`; the value is valid RON.
    text: String,
    /// The length of the path.
    path: usize,
}

/// Why an argument is not an override.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{argument}` does not have the form `path=value`, as in `constants.g=6`")]
pub struct OverrideError {
    /// The argument.
    pub argument: String,
}

impl Override {
    /// The override `path=value` of a command line's `--set`.
    ///
    /// The value is RON; where it is not, as in `duration=2 s`, it is taken as a string.
    ///
    /// # Errors
    /// Where `argument` has no path or no value.
    pub fn set(argument: &str) -> Result<Self, OverrideError> {
        let error = || OverrideError { argument: argument.to_owned() };
        let (path, value) = argument.split_once('=').ok_or_else(error)?;
        let (path, value) = (path.trim(), value.trim());
        if path.is_empty() || value.is_empty() {
            return Err(error());
        }
        Ok(Self::new(format!("--set {path}"), path, value))
    }

    /// The override of a top-level field by an option of its own, such as `--seed 3`.
    #[must_use]
    pub fn option(field: &str, value: &str) -> Self {
        Self::new(format!("--{field}"), field, value.trim())
    }

    fn new(name: String, path: &str, value: &str) -> Self {
        let value = if syntax::is_value(value) { value.to_owned() } else { in_quotes(value) };
        Self { name, text: format!("{path}={value}"), path: path.len() }
    }

    /// The path, as the user wrote it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.text[..self.path]
    }

    /// The value, as RON.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.text[self.path + 1..]
    }

    pub(crate) fn source(&self) -> QuotedText {
        QuotedText { name: self.name.clone(), text: self.text.clone() }
    }
}

fn in_quotes(value: &str) -> String {
    if value.contains(['"', '\\']) { format!("{value:?}") } else { format!("\"{value}\"") }
}

/// What overrides say about one place and those inside it.
pub(crate) struct Patch<'a> {
    /// The name of the field.
    pub(crate) segment: &'a str,
    /// The number of the item, where the segment is one.
    pub(crate) index: Option<usize>,
    pub(crate) value: Option<&'a str>,
    pub(crate) children: Vec<Patch<'a>>,
    /// Whether the scene has such a place.
    pub(crate) used: Cell<bool>,
}

impl<'a> Patch<'a> {
    fn new(segment: &'a str) -> Self {
        let index = segment.strip_prefix('[').and_then(|s| s.strip_suffix(']')).and_then(|s| s.parse().ok());
        Self { segment, index, value: None, children: Vec::new(), used: Cell::new(false) }
    }

    /// The paths that the scene does not have.
    pub(crate) fn unused(patches: &[Self]) -> Vec<&'a str> {
        let unused = |p: &Self| if p.used.get() { Self::unused(&p.children) } else { vec![p.segment] };
        patches.iter().flat_map(unused).collect()
    }

    /// Adds the override whose text is `source`, the path being its first `path` bytes.
    pub(crate) fn add(patches: &mut Vec<Self>, source: &'a str, path: usize) {
        let mut level = patches;
        let mut segments = segments(&source[..path]).into_iter().peekable();
        while let Some(segment) = segments.next() {
            let i = level.iter().position(|p| p.segment == segment).unwrap_or(level.len());
            if i == level.len() {
                level.push(Self::new(segment));
            }
            if segments.peek().is_none() {
                level[i].value = Some(&source[path + 1..]);
            }
            level = &mut level[i].children;
        }
    }
}

/// `a.b[1].c` in pieces: `a`, `b`, `[1]`, `c`.
pub(crate) fn segments(path: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    for field in path.split('.') {
        let name = field.find('[').unwrap_or(field.len());
        segments.push(field[..name].trim());
        segments.extend(field[name..].split_inclusive(']'));
    }
    segments.retain(|s| !s.is_empty());
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_ron_or_else_strings() {
        let value = |argument| Override::set(argument).unwrap().value().to_owned();
        assert_eq!(value("constants.g=6"), "6");
        assert_eq!(value("duration=2 s"), "\"2 s\"");
        assert_eq!(value("a=\"2 s\""), "\"2 s\"");
        assert_eq!(value("a=say \"x"), r#""say \"x""#);
        assert!(Override::set("constants.g").is_err() && Override::set("=3").is_err());
    }

    #[test]
    fn paths_come_apart() {
        assert_eq!(segments("projections[1].rule.indegree"), ["projections", "[1]", "rule", "indegree"]);
        let (a, b) = ("a.b=1", "a.c=2");
        let mut patches = Vec::new();
        Patch::add(&mut patches, a, 3);
        Patch::add(&mut patches, b, 3);
        assert_eq!((patches.len(), patches[0].children.len()), (1, 2));
        assert_eq!(patches[0].children[1].value, Some("2"));
    }
}
