//! From when until when recorders record.

use neuropil_core::units::MS;

use super::Recorders;
use crate::context::Wanted;
use crate::fields::Fields;
use crate::node::Node;

impl<'a> Recorders<'a, '_> {
    /// `start` and `stop`, in steps.
    pub(super) fn window(&self, fields: &Fields<'a>) -> Option<(u64, u64)> {
        let start = fields.get("start").map_or(Some(0), |n| self.context.steps(n, "start"));
        let stop = fields.get("stop").map_or(Some(u64::MAX), |n| self.stop(n));
        let length = self.length(fields);
        let (start, stop, length) = (start?, stop?, length?);
        let stop = length.map_or(stop, |length| start.saturating_add(length));
        if start < stop {
            self.warn_of_late(fields, start);
            return Some((start, stop));
        }
        let slice = fields.get("stop").or_else(|| fields.get("start"))?.text;
        let error =
            self.context.messages.error(slice, "nothing would be recorded: `stop` is not after `start`");
        self.context.messages.report(error)
    }

    /// How long a recorder records, where it says so.
    fn length(&self, fields: &Fields<'a>) -> Option<Option<u64>> {
        let messages = self.context.messages;
        let Some(node) = fields.get("record_for") else { return Some(None) };
        if let Some(stop) = fields.get("stop") {
            let error = messages.error(node.head, "the recorder has `stop` and `record_for`");
            let error = error.also(messages.span(stop.head), "");
            return messages.report(error.help("leave one of them out: `stop` is `start` + `record_for`"));
        }
        self.at_least_a_step(node, "record_for").map(Some)
    }

    fn warn_of_late(&self, fields: &Fields<'a>, start: u64) {
        if let Some(node) = fields.get("start").filter(|_| self.duration.is_some_and(|end| start >= end)) {
            let message = "nothing will be recorded: the simulation ends before `start`";
            self.context.messages.report::<()>(self.context.messages.warning(node.text, message));
        }
    }

    fn stop(&self, node: Node<'a>) -> Option<u64> {
        let time = self.context.number(node, Wanted::new("stop", MS))?;
        if time == f64::INFINITY { Some(u64::MAX) } else { self.context.on_grid(node, "stop", time) }
    }
}
