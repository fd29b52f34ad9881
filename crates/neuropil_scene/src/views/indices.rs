//! What stands in the brackets of a view.

use std::ops::Range;

use super::Group;
use super::text::{other_notation, split, trimmed};
use crate::context::Context;
use crate::node::Text;

impl<'a> Context<'a> {
    /// What stands between the brackets, the first of which is at `open`.
    pub(super) fn brackets(&self, text: &Text<'a>, open: usize) -> Option<Range<usize>> {
        let content: &str = text.content.trim_end();
        if content.ends_with(']') && content[open + 1..].matches(['[', ']']).count() == 1 {
            return Some(open + 1..content.len() - 1);
        }
        let slice = text.slice(open..content.len());
        let error = self.messages.error(slice, "the brackets of this view do not match");
        self.messages.report(error.help("write one pair, as in \"E[0..50]\""))
    }

    /// The first position that one of the comma-separated items names, and how many it names.
    pub(super) fn indices(
        &self,
        text: &Text<'a>,
        item: Range<usize>,
        group: &Group<'_>,
    ) -> Option<(u32, u32)> {
        let content: &str = &text.content;
        let slice = match text.slice(trimmed(content, item.clone())) {
            "" => text.whole(),
            slice => slice,
        };
        if let Some(range) = other_notation(slice) {
            let error = self.messages.error(slice, "this is not how ranges are written");
            return self.messages.report(error.help(range));
        }
        let index = |range: &Range<usize>, default: u64| {
            let range = trimmed(content, range.clone());
            if range.is_empty() { Some(default) } else { self.index(text, range, "the number of a neuron") }
        };
        let (start, end) = match split(content, item, "..").as_slice() {
            [one] if trimmed(content, one.clone()).is_empty() => {
                let error = self.messages.error(slice, "the number of a neuron is missing");
                return self.messages.report(error.help("write \"E[5]\" or \"E[0..50]\""));
            }
            [one] => index(one, 0).map(|i| (i, i.saturating_add(1)))?,
            [start, end] => (index(start, 0)?, index(end, u64::from(group.neurons.len()))?),
            _ => return self.fail(slice, "a range has one `..`"),
        };
        self.check_indices(slice, start, end, group)
    }

    fn check_indices(&self, slice: &str, start: u64, end: u64, group: &Group<'_>) -> Option<(u32, u32)> {
        let n = group.neurons.len();
        if end > u64::from(n) {
            let last = n.saturating_sub(1);
            return self.fail(slice, format!("{} has only {n} neurons, numbered 0 to {last}", group.name));
        }
        if start >= end {
            let message = format!("the range from {start} to {end} has no neurons");
            let error = self.messages.error(slice, message);
            return self.messages.report(error.note("the end of a range is not part of it"));
        }
        Some((start as u32, (end - start) as u32))
    }
}
