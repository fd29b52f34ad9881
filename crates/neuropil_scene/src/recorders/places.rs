//! What recorders record of a network, and when.

use neuropil_core::Argument;
use neuropil_core::engine::RecorderEntry;
use neuropil_network::{SynapseBlock, View};

use super::Recorders;
use super::fields::node_of;
use crate::fields::Fields;
use crate::messages::all_of;
use crate::node::{Node, Shape};

/// The neurons or synapses that are recorded, and when.
pub(super) struct Place {
    pub(super) view: View,
    pub(super) synapses: Option<SynapseBlock>,
    /// When it starts and stops, in steps, unless the scene has that wrong.
    pub(super) window: Option<(u64, u64)>,
    /// The synapse type that counts the connections to the recorder, unless the scene has that wrong.
    pub(super) counted_as: Option<Option<usize>>,
}

impl<'a> Recorders<'a, '_> {
    /// Where a recorder records: at neurons with a window of time, or at synapses.
    pub(super) fn place(
        &self,
        model: &RecorderEntry,
        fields: &Fields<'a>,
        at: Option<&[u64]>,
    ) -> Option<Place> {
        if model.takes(Argument::Synapses) {
            let projection = self.views.projection(fields, self.projections)?;
            let (sources, view) = self.views.block(fields, &projection)?;
            let at = at?;
            let window = (at.first().copied().unwrap_or(0), at.last().copied().unwrap_or(u64::MAX));
            let synapses = Some(SynapseBlock { projection: projection.number, sources });
            return Some(Place { view, synapses, window: Some(window), counted_as: Some(None) });
        }
        let (counted_as, window) = (self.counted_as(fields), self.window(fields));
        let view = self.views.read(node_of(Argument::Neurons, model, fields, self.context.messages)??);
        Some(Place { view: view?, synapses: None, window, counted_as })
    }

    fn counted_as(&self, fields: &Fields<'a>) -> Option<Option<usize>> {
        let Some(node) = fields.get("synapse") else { return Some(None) };
        let Some(text) = node.as_text() else {
            let error =
                self.context.messages.error(node.text, "the synapse type of a recorder is given by its name");
            return self.context.messages.report(error.help("write `synapse: \"name\"`"));
        };
        let synapse = self.synapses.by_name(&text.content, text.inside(), &self.context)?;
        self.synapses.resolve(synapse, None, None, &self.context).map(Some)
    }

    /// Times in ascending order, in steps: the beginning and the end where none are given.
    pub(super) fn times(&self, fields: &Fields<'a>) -> Option<Vec<u64>> {
        let Some(node) = fields.get("at") else { return Some(vec![0, self.duration?]) };
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
