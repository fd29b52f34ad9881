//! A piece of RON that knows where it comes from, taken apart one level at a time.
//!
//! Here the overrides are laid over what the file says.

use std::borrow::Cow;

use crate::overrides::Patch;
use crate::raw;
use crate::tokens::{leading_identifier, trim};

/// A value of the scene.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    /// Its text, without blanks and comments around it. Empty for a group that only overrides fill.
    pub(crate) text: &'a str,
    /// What to underline when something is missing in it.
    pub(crate) head: &'a str,
    /// The overrides of what is in it.
    pub(crate) patches: &'a [Patch<'a>],
}

/// A field or an element of a map.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) key: &'a str,
    pub(crate) node: Node<'a>,
}

/// What a value looks like.
pub(crate) enum Shape<'a> {
    /// `(a: 1)`, `name(a: 1)` or `{ "a": 1 }`.
    Group { name: &'a str, entries: Vec<Entry<'a>> },
    /// `(1, 2)` or `name(1, 2)`.
    Tuple { name: &'a str },
    /// `[1, 2]`.
    List(Vec<Node<'a>>),
    /// `"text"`.
    Text(Text<'a>),
    /// `name`, `true`, `inf`.
    Word(&'a str),
    /// Anything that begins like a number.
    Number(&'a str),
    /// Characters, bytes and the like.
    Other,
}

impl Shape<'_> {
    /// What it is, for messages.
    pub(crate) fn describe(&self) -> String {
        let words = match self {
            Self::Group { name: "", .. } => "a group of fields",
            Self::Tuple { name: "" } => "a tuple",
            Self::Group { name, .. } | Self::Tuple { name } => return format!("`{name}(...)`"),
            Self::List(_) => "a list",
            Self::Text(_) => "a string",
            Self::Word("true" | "false") => "a boolean",
            Self::Word(name) => return format!("the name `{name}`"),
            Self::Number(_) => "a number",
            Self::Other => "a value of another kind",
        };
        words.to_owned()
    }
}

/// The content of a string.
#[derive(Clone)]
pub(crate) struct Text<'a> {
    pub(crate) content: Cow<'a, str>,
    /// The whole string, to underline where the content has escapes.
    whole: &'a str,
}

impl<'a> Text<'a> {
    /// A text that stands in the source as it is.
    pub(crate) fn plain(text: &'a str) -> Self {
        Self { content: Cow::Borrowed(text), whole: text }
    }

    /// The content of `whole`, a string in quotes.
    fn quoted(whole: &'a str) -> Option<Self> {
        raw::text(whole).map(|content| Self { content, whole })
    }

    /// The whole string, with its quotes.
    pub(crate) fn whole(&self) -> &'a str {
        self.whole
    }

    /// The place of the content in the source.
    pub(crate) fn inside(&self) -> &'a str {
        self.slice(0..self.content.len())
    }

    /// The place of a range of the content in the source.
    pub(crate) fn slice(&self, range: std::ops::Range<usize>) -> &'a str {
        match self.content {
            Cow::Borrowed(text) => text.get(range).unwrap_or(self.whole),
            Cow::Owned(_) => self.whole,
        }
    }
}

impl<'a> Node<'a> {
    /// The value that stands in `text`.
    pub(crate) fn new(text: &'a str, patches: &'a [Patch<'a>]) -> Self {
        let text = trim(text);
        Self { text, head: first_word(text), patches }
    }

    fn keyed(key: &'a str, text: &'a str, patches: &'a [Patch<'a>]) -> Self {
        Self { head: key, ..Self::new(text, patches) }
    }

    /// The name at its beginning, or its first character.
    pub(crate) fn head_name(self) -> &'a str {
        first_word(self.text)
    }

    /// Takes the value apart, one level.
    pub(crate) fn shape(self) -> Shape<'a> {
        let name = leading_identifier(self.text);
        let body = trim(&self.text[name.len()..]);
        match body.chars().next() {
            None if name.is_empty() => self.group("", Vec::new()),
            None if self.patches.is_empty() => Shape::Word(name),
            None => self.group(name, Vec::new()),
            Some('(') => match raw::fields(body) {
                Some(fields) => self.group(name, fields),
                None => Shape::Tuple { name },
            },
            Some('{') if name.is_empty() => match raw::map(body) {
                Some(entries) => self.group("", entries),
                None => Shape::Other,
            },
            Some('[') if name.is_empty() => raw::list(body).map_or(Shape::Other, |items| self.list(items)),
            Some('0'..='9' | '+' | '-' | '.') if name.is_empty() => Shape::Number(body),
            _ => Text::quoted(self.text).map_or(Shape::Other, Shape::Text),
        }
    }

    /// A group whose entries are patched, with those that the patches add.
    fn group(self, name: &'a str, fields: Vec<(&'a str, &'a str)>) -> Shape<'a> {
        let patch_of = |key: &str| self.patches.iter().find(|p| p.segment == key);
        let mut entries: Vec<Entry<'a>> = fields
            .iter()
            .map(|&(key, text)| Entry { key, node: patched(patch_of(key), key, text) })
            .collect();
        for patch in self.patches.iter().filter(|p| fields.iter().all(|(key, _)| p.segment != *key)) {
            let empty = &patch.segment[..0];
            entries.push(Entry { key: patch.segment, node: patched(Some(patch), patch.segment, empty) });
        }
        Shape::Group { name, entries }
    }

    /// A list whose items are patched, by number or by their field `name`.
    fn list(self, items: Vec<&'a str>) -> Shape<'a> {
        let node = |(i, text): (usize, &'a str)| {
            let bare = Node::new(text, &[]);
            let by_name = || bare.field("name").and_then(Node::as_text);
            let matches =
                |p: &&Patch<'a>| p.index == Some(i) || by_name().is_some_and(|n| n.content == p.segment);
            match self.patches.iter().find(matches) {
                Some(patch) => patched(Some(patch), bare.head, text),
                None => bare,
            }
        };
        Shape::List(items.into_iter().enumerate().map(node).collect())
    }

    /// The field of this name, if the value is a group that has one.
    pub(crate) fn field(self, name: &str) -> Option<Node<'a>> {
        match self.shape() {
            Shape::Group { entries, .. } => entries.into_iter().find(|e| e.key == name).map(|e| e.node),
            _ => None,
        }
    }

    /// What a segment of the path of an override leads to.
    pub(crate) fn child(self, segment: &str) -> Option<Self> {
        match self.shape() {
            Shape::List(items) => {
                let index =
                    segment.strip_prefix('[').and_then(|s| s.strip_suffix(']')).and_then(|s| s.parse().ok());
                let is_named = |item: &&Self| {
                    item.field("name").and_then(Self::as_text).is_some_and(|n| n.content == segment)
                };
                index.map_or_else(|| items.iter().find(is_named), |i: usize| items.get(i)).copied()
            }
            _ => self.field(segment),
        }
    }

    /// The values of `(1, 2)` or `name(1, 2)`.
    pub(crate) fn items(self) -> Option<Vec<Self>> {
        let body = trim(&self.text[leading_identifier(self.text).len()..]);
        Some(raw::tuple(body)?.into_iter().map(|item| Self::new(item, &[])).collect())
    }

    /// The name that a string or a word gives, and its place.
    pub(crate) fn as_name(self) -> Option<(Cow<'a, str>, &'a str)> {
        match self.shape() {
            Shape::Word(word) => Some((Cow::Borrowed(word), word)),
            Shape::Text(text) => {
                let inside = text.inside();
                Some((text.content, inside))
            }
            _ => None,
        }
    }

    /// The content, if the value is a string.
    pub(crate) fn as_text(self) -> Option<Text<'a>> {
        match self.shape() {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn patched<'a>(patch: Option<&'a Patch<'a>>, key: &'a str, text: &'a str) -> Node<'a> {
    match patch {
        None => Node::keyed(key, text, &[]),
        Some(patch) => {
            patch.used.set(true);
            Node::keyed(key, patch.value.unwrap_or(text), &patch.children)
        }
    }
}

/// A name, or else the first character.
fn first_word(text: &str) -> &str {
    let name = leading_identifier(text);
    if name.is_empty() { &text[..text.chars().next().map_or(0, char::len_utf8)] } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_apart_with_their_places() {
        let source = r#"  iaf( // c
            a: "20 ms", b: [1, /* x */ 2 /* y */], "#;
        let source = format!("{source} c: (d: inf))");
        let Shape::Group { name, entries } = Node::new(&source, &[]).shape() else { panic!("no group") };
        assert_eq!((name, entries.len(), entries[0].key), ("iaf", 3, "a"));
        let text = entries[0].node.as_text().unwrap();
        assert_eq!(text.slice(3..5), "ms");
        assert_eq!(text.slice(3..5).as_ptr() as usize - source.as_ptr() as usize, source.find("ms").unwrap());
        let Shape::List(items) = entries[1].node.shape() else { panic!("no list") };
        assert_eq!(items.iter().map(|n| n.text).collect::<Vec<_>>(), ["1", "2"]);
        assert!(matches!(entries[2].node.field("d").unwrap().shape(), Shape::Word("inf")));
    }

    #[test]
    fn maps_and_tuples_are_told_apart() {
        let Shape::Group { entries, .. } = Node::new(r#"{ "E-I": 1 }"#, &[]).shape() else {
            panic!("no group")
        };
        assert_eq!((entries[0].key, entries[0].node.text), ("E-I", "1"));
        assert!(matches!(Node::new("normal(1, 2)", &[]).shape(), Shape::Tuple { name: "normal" }));
        assert!(matches!(Node::new("()", &[]).shape(), Shape::Group { .. }));
        assert!(matches!(Node::new("-65.0", &[]).shape(), Shape::Number("-65.0")));
        assert!(Node::new(r#""a\n""#, &[]).as_text().unwrap().slice(0..1).starts_with('"'));
    }
}
