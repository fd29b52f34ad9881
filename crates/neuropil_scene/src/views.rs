//! Views: which neurons projections and recorders are about.

use std::ops::Range;

use neuropil_network::{Source, View, ViewError};

use crate::context::Context;
use crate::fields::unknown;
use crate::node::{Node, Shape, Text};
use crate::populations::Slot;

/// Neurons of one population that a scene names together.
struct Selection<'a> {
    slice: &'a str,
    range: (u32, u32, u32),
}

/// Reads views of the given populations.
pub(crate) struct Views<'a, 'p> {
    pub(crate) context: Context<'a>,
    pub(crate) populations: &'p [Slot<'a>],
    /// Whether the scene has populations at all; if not, messages about missing ones would only follow from that.
    pub(crate) known: bool,
    /// The names of the stimuli, for messages.
    pub(crate) stimuli: Vec<&'a str>,
}

impl<'a> Views<'a, '_> {
    /// The view at `node`: a string or a list of them.
    pub(crate) fn read(&self, node: Node<'a>) -> Option<View> {
        let mut selections = Vec::new();
        self.collect(node, &mut selections)?;
        match View::new(selections.iter().map(|s| s.range)) {
            Ok(view) => Some(view),
            Err(ViewError::Twice { population, neuron }) => self.twice(&selections, population, neuron),
            Err(error) => {
                self.context.messages.report(self.context.messages.error(node.text, error.to_string()))
            }
        }
    }

    /// The stimulus or the neurons that `node` names.
    pub(crate) fn source(&self, node: Node<'a>) -> Option<Source> {
        let name = node_name(node);
        if let Some(i) = name.as_deref().and_then(|name| self.stimuli.iter().position(|s| *s == name)) {
            return Some(Source::Stimulus(i));
        }
        if let Some(name) = name.filter(|name| self.populations.iter().all(|p| p.name != name)) {
            if !self.known {
                return None;
            }
            let stimuli = self.stimuli.iter().copied();
            let names: Vec<&str> = self.populations.iter().map(|p| p.name).chain(stimuli).collect();
            return unknown(node.text, &name, "population or stimulus", &names, self.context.messages);
        }
        self.read(node).map(Source::Neurons)
    }

    fn collect(&self, node: Node<'a>, selections: &mut Vec<Selection<'a>>) -> Option<()> {
        match node.shape() {
            Shape::Text(text) => self.selections(&text, selections),
            Shape::Word(name) => self.selections(&Text::plain(name), selections),
            Shape::List(items) if items.is_empty() => {
                let error = self.context.messages.error(node.text, "this view has no neurons");
                self.context.messages.report(error)
            }
            Shape::List(items) => {
                let read: Vec<_> = items.iter().map(|&item| self.collect(item, selections)).collect();
                read.into_iter().collect()
            }
            shape => {
                let message = format!("expected neurons, found {}", shape.describe());
                let error = self.context.messages.error(node.text, message);
                self.context
                    .messages
                    .report(error.help("write \"E\", \"E[0..50]\" or a list such as [\"E\", \"I\"]"))
            }
        }
    }

    /// The neurons that a string such as `E[0, 3, 10..20]` names.
    fn selections(&self, text: &Text<'a>, selections: &mut Vec<Selection<'a>>) -> Option<()> {
        let content: &str = &text.content;
        let open = content.find('[');
        let name_range = trimmed(content, 0..open.unwrap_or(content.len()));
        let name = &content[name_range.clone()];
        let slice = text.slice(name_range);
        let Some(population) = self.populations.iter().position(|p| p.name == name) else {
            return self.no_population(name, if slice.is_empty() { text.whole() } else { slice });
        };
        let n = self.populations[population].n?;
        let Some(open) = open else {
            selections.push(Selection { slice, range: (population as u32, 0, n) });
            return Some(());
        };
        let inside = self.brackets(text, open)?;
        let items = split(content, inside, ",");
        let mut read = |item: Range<usize>| {
            let (start, len) = self.item(text, item.clone(), population, n)?;
            let slice = text.slice(trimmed(content, item));
            selections.push(Selection { slice, range: (population as u32, start, len) });
            Some(())
        };
        let read: Vec<_> = items.into_iter().map(&mut read).collect();
        read.into_iter().collect()
    }

    /// What stands between the brackets, the first of which is at `open`.
    fn brackets(&self, text: &Text<'a>, open: usize) -> Option<Range<usize>> {
        let content: &str = text.content.trim_end();
        if content.ends_with(']') && content[open + 1..].matches(['[', ']']).count() == 1 {
            return Some(open + 1..content.len() - 1);
        }
        let error = self
            .context
            .messages
            .error(text.slice(open..content.len()), "the brackets of this view do not match");
        self.context.messages.report(error.help("write one pair, as in \"E[0..50]\""))
    }

    /// The first neuron of one of the comma-separated items, and how many it names.
    fn item(&self, text: &Text<'a>, item: Range<usize>, population: usize, n: u32) -> Option<(u32, u32)> {
        let content: &str = &text.content;
        let ends = split(content, item.clone(), "..");
        let index = |range: &Range<usize>, default: u64| {
            let range = trimmed(content, range.clone());
            if range.is_empty() {
                Some(default)
            } else {
                self.context.index(text, range, "the number of a neuron")
            }
        };
        let slice = match text.slice(trimmed(content, item.clone())) {
            "" => text.whole(),
            slice => slice,
        };
        if let Some(range) = other_notation(slice) {
            let error = self.context.messages.error(slice, "this is not how ranges are written");
            return self.context.messages.report(error.help(range));
        }
        let (start, end) = match ends.as_slice() {
            [one] if trimmed(content, one.clone()).is_empty() => {
                let error = self.context.messages.error(slice, "the number of a neuron is missing");
                return self.context.messages.report(error.help("write \"E[5]\" or \"E[0..50]\""));
            }
            [one] => index(one, 0).map(|i| (i, i.saturating_add(1)))?,
            [start, end] => (index(start, 0)?, index(end, u64::from(n))?),
            _ => {
                return self.context.fail(slice, "a range has one `..`");
            }
        };
        self.check(slice, start, end, population, n)
    }

    fn check(&self, slice: &str, start: u64, end: u64, population: usize, n: u32) -> Option<(u32, u32)> {
        let name = self.populations[population].name;
        let fault = |message: String| self.context.messages.error(slice, message);
        if end > u64::from(n) {
            let last = n.saturating_sub(1);
            return self
                .context
                .messages
                .report(fault(format!("`{name}` has only {n} neurons, numbered 0 to {last}")));
        }
        if start >= end {
            let error = fault(format!("the range from {start} to {end} has no neurons"));
            return self.context.messages.report(error.note("the end of a range is not part of it"));
        }
        Some((start as u32, (end - start) as u32))
    }

    fn no_population<T>(&self, name: &str, slice: &str) -> Option<T> {
        if self.stimuli.contains(&name) {
            let message = format!("`{name}` is a stimulus, but this must be neurons");
            return self.context.fail(slice, message);
        }
        if name.is_empty() {
            let error = self.context.messages.error(slice, "the name of a population is missing");
            return self.context.messages.report(error);
        }
        if !self.known {
            return None;
        }
        let names: Vec<&str> = self.populations.iter().map(|p| p.name).collect();
        unknown(slice, name, "population", &names, self.context.messages)
    }

    fn twice<T>(&self, selections: &[Selection<'a>], population: u32, neuron: u32) -> Option<T> {
        let holds = |s: &&Selection<'a>| {
            let (p, start, len) = s.range;
            p == population && (start..start + len).contains(&neuron)
        };
        let places: Vec<_> = selections.iter().filter(holds).map(|s| s.slice).collect();
        let name = self.populations.get(population as usize).map_or("", |p| p.name);
        let (first, second) = (places.first()?, places.get(1)?);
        let error =
            self.context.messages.error(second, format!("neuron {neuron} of `{name}` is selected twice"));
        self.context
            .messages
            .report(error.label("again here").also(self.context.messages.span(first), "first here"))
    }
}

/// The text of a string or a name, if it is all of a population or a stimulus.
fn node_name(node: Node<'_>) -> Option<String> {
    let text = match node.shape() {
        Shape::Text(text) => text.content.trim().to_owned(),
        Shape::Word(name) => name.to_owned(),
        _ => return None,
    };
    (!text.is_empty() && !text.contains('[')).then_some(text)
}

/// The help for ranges of other languages: `0:3`, `0..=3`, or with a dash.
fn other_notation(item: &str) -> Option<String> {
    let (separator, inclusive) = [("..=", true), ("...", false), (":", false), ("\u{2013}", true)]
        .into_iter()
        .find(|(separator, _)| item.contains(separator))?;
    let (start, end) = item.split_once(separator)?;
    let (start, end) = (start.trim(), end.trim());
    let end = match end.parse::<u64>() {
        Ok(end) => end.saturating_add(u64::from(inclusive)).to_string(),
        Err(_) if inclusive && !end.is_empty() => format!("{end} + 1"),
        Err(_) => end.to_owned(),
    };
    let example = if end.contains(':') { "0..3".to_owned() } else { format!("{start}..{end}") };
    Some(format!("ranges are written `{example}`, without their end"))
}

/// `range` without the blanks at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

/// The parts of `range` between `separator`s that are not in parentheses.
fn split(text: &str, range: Range<usize>, separator: &str) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), range.start, 0_i64);
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        if depth == 0 && rest.starts_with(separator) {
            parts.push(start..at);
            at += separator.len();
            start = at;
            continue;
        }
        let c = rest.chars().next().unwrap_or(' ');
        depth += i64::from(c == '(') - i64::from(c == ')');
        at += c.len_utf8();
    }
    parts.push(start..range.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_in_parentheses_do_not_count() {
        let text = "max(1, 2)..9, 3";
        assert_eq!(split(text, 0..text.len(), ","), [0..12, 13..15]);
        assert_eq!(split(text, 0..12, ".."), [0..9, 11..12]);
        assert_eq!(trimmed(text, 13..15), 14..15);
    }
}
