//! The names of projections: those that are given, and those made from their ends.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Projections;
use crate::fields::Fields;
use crate::names::check_title;
use crate::node::{Node, Text};
use crate::raw;
use crate::tokens::{Token, Tokens};

impl<'a> Projections<'a, '_> {
    /// The names of all projections; those that are given stay free for their owners.
    pub(super) fn names(&self, items: &[Node<'a>]) -> Vec<String> {
        let given: Vec<_> = items.iter().map(|item| item.field("name").and_then(Node::as_text)).collect();
        self.check_unique(&given);
        let mut taken: Vec<String> = given.iter().flatten().map(|t| t.content.clone().into_owned()).collect();
        let name = |(node, given): (&Node<'a>, Option<Text<'a>>)| {
            given.map_or_else(|| free_name(*node, &mut taken), |text| text.content.into_owned())
        };
        items.iter().zip(given).map(name).collect()
    }

    fn check_unique(&self, names: &[Option<Text<'a>>]) {
        let mut seen = BTreeMap::new();
        for text in names.iter().flatten() {
            let slice = text.whole();
            check_title(slice, &text.content, "projection", self.context.messages);
            if let Some(first) = seen.insert(text.content.clone(), slice) {
                let message = format!("two projections have the name `{}`", text.content);
                let error = self.context.messages.error(slice, message).label("again here");
                self.context
                    .messages
                    .report::<()>(error.also(self.context.messages.span(first), "first here"));
            }
        }
    }

    pub(super) fn check_name_is_text(&self, fields: &Fields<'a>) {
        if let Some(node) = fields.get("name").filter(|n| n.as_text().is_none()) {
            let error = self.context.messages.error(node.text, "the name of a projection is a string");
            self.context.messages.report::<()>(error.help("write `name: \"E to I\"`"));
        }
    }
}

/// A name such as `E->E,I` for a projection without one; numbered if it is taken.
fn free_name(node: Node<'_>, taken: &mut Vec<String>) -> String {
    let end = |field: &str| node.field(field).map_or_else(|| "?".to_owned(), |n| readable(n.text));
    let base = format!("{}->{}", end("from"), end("to"));
    let numbered = (2..).map(|i| format!("{base} #{i}"));
    let name = std::iter::once(base.clone()).chain(numbered).find(|n| !taken.contains(n)).unwrap_or(base);
    taken.push(name.clone());
    name
}

/// The text of a view without quotes, comments and the outer brackets of a list. Of blanks, only those that belong
/// to names stay.
fn readable(text: &str) -> String {
    let list = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let part = |(token, range): (Token, Range<usize>)| match token {
        Token::Text => {
            let content = raw::text(&list[range]).unwrap_or_default();
            let (name, rest) = content.split_at(content.find('[').unwrap_or(content.len()));
            name.trim().chars().chain(rest.chars().filter(|c| !c.is_whitespace())).collect()
        }
        _ => list[range].to_owned(),
    };
    let parts: String = Tokens::new(list).map(part).collect();
    let keep: String = parts.chars().filter(|c| !(c.is_control() || "\"\\".contains(*c))).take(60).collect();
    keep.trim_end_matches([',', ' ']).to_owned()
}
