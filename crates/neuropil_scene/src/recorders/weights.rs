//! Recorders of weights.

use neuropil_network::{Recorder, RecorderKind};

use super::Recorders;
use crate::fields::Fields;
use crate::messages::all_of;
use crate::node::{Node, Shape};

impl<'a> Recorders<'a, '_> {
    /// The weights of a projection, at the beginning and at the end where no times are given.
    pub(super) fn weights(&self, name: &str, fields: &Fields<'a>) -> Option<Recorder> {
        let projection = self.views.projection(fields, self.projections);
        let at = fields.get("at").map_or_else(|| Some(vec![0, self.duration?]), |node| self.times(node));
        let projection = projection?;
        let (sources, view) = self.views.block(fields, &projection)?;
        let at = at?;
        let (start, stop) = (*at.first()?, *at.last()?);
        let kind = RecorderKind::Weights { projection: projection.number, sources, at };
        Some(Recorder { name: name.to_owned(), view, start, stop, kind, counted_as: None })
    }

    /// Times in ascending order, in steps.
    fn times(&self, node: Node<'a>) -> Option<Vec<u64>> {
        let messages = self.context.messages;
        let items = match node.shape() {
            Shape::List(items) if !items.is_empty() => items,
            Shape::Number(_) | Shape::Text(_) | Shape::Word(_) => vec![node],
            shape => {
                let found =
                    if let Shape::List(_) = shape { "an empty list".to_owned() } else { shape.describe() };
                let error = messages.error(node.text, format!("expected a list of times, found {found}"));
                return messages.report(error.help("write `at: [\"0 s\", \"10 s\"]`"));
            }
        };
        let mut times = all_of(items.iter().map(|&item| self.time(item)))?;
        times.sort_by_key(|(time, _)| *time);
        if let Some(pair) = times.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let error = messages.error(pair[1].1, "this time is listed twice").label("again here");
            return messages.report(error.also(messages.span(pair[0].1), "first here"));
        }
        Some(times.into_iter().map(|(time, _)| time).collect())
    }

    fn time(&self, node: Node<'a>) -> Option<(u64, &'a str)> {
        let time = self.context.steps(node, "at")?;
        if self.duration.is_some_and(|end| time > end) {
            let message = "these weights will not be recorded: the simulation ends before";
            self.context.messages.report::<()>(self.context.messages.warning(node.text, message));
        }
        Some((time, node.text))
    }
}
