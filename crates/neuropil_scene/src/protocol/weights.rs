//! The actions that change the weights of a projection.

use neuropil_core::units::NONE;
use neuropil_core::{Range, StimulusOutput, Value};
use neuropil_network::{Action, Selection, View, WeightChange};

use super::Protocol;
use crate::context::{Wanted, with_unit};
use crate::fields::Fields;
use crate::node::Node;
use crate::reach::Sent;
use crate::references::Referred;

impl<'a> Protocol<'a, '_> {
    /// The action `name`: `set_weights`, `add_weights`, `scale_weights` or `clip_weights`.
    pub(super) fn weights(&self, name: &str, node: Node<'a>, fields: &Fields<'a>) -> Option<Action> {
        let projection = self.views.projection(fields, self.projections)?;
        let block = self.views.block(fields, &projection);
        let targets = block.as_ref().map_or(projection.targets(), |(_, targets)| targets);
        let change = match name {
            "scale_weights" => self.scale(fields, &projection, targets),
            "clip_weights" => self.clip(node, fields, &projection, targets),
            _ => self.set_or_add(name, fields, &projection, targets),
        };
        let ((sources, targets), change) = (block?, change?);
        let selection = Selection::Block { sources, targets };
        Some(Action::Weights { projection: projection.number, selection, change })
    }

    fn set_or_add(
        &self,
        name: &str,
        fields: &Fields<'a>,
        projection: &Referred<'_>,
        targets: &View,
    ) -> Option<WeightChange> {
        let node = fields.require("weight", "...", self.context.messages)?;
        let value = self.weight(node, projection)?;
        if name == "add_weights" {
            return Some(WeightChange::Add(value));
        }
        self.check_reaches(node, projection, targets, value.bounds())?;
        Some(WeightChange::Set(value))
    }

    /// A weight in the unit of the projection's weights: a number or a distribution.
    pub(super) fn weight(&self, node: Node<'a>, projection: &Referred<'_>) -> Option<Value> {
        let value = self.context.value(node, wanted("weight", projection), Range::Finite)?;
        self.context.not_a_list(value, node.text, "weight")
    }

    fn scale(&self, fields: &Fields<'a>, projection: &Referred<'_>, targets: &View) -> Option<WeightChange> {
        let node = fields.require("factor", "0.5", self.context.messages)?;
        let factor = self.context.scalar(node, Wanted::new("factor", NONE), Range::Finite)?;
        if factor < 0.0 {
            let (low, high) = projection.connected.bounds;
            self.check_reaches(node, projection, targets, (-high, -low))?;
        }
        Some(WeightChange::Scale(factor))
    }

    fn clip(
        &self,
        node: Node<'a>,
        fields: &Fields<'a>,
        projection: &Referred<'_>,
        targets: &View,
    ) -> Option<WeightChange> {
        let messages = self.context.messages;
        let end = |name: &'static str, default: f64| {
            let read = |node| self.context.scalar(node, wanted(name, projection), Range::AnyOrInfinite);
            fields.get(name).map_or(Some(default), read)
        };
        let (low, high) = (end("low", f64::NEG_INFINITY), end("high", f64::INFINITY));
        let (low, high) = (low?, high?);
        let Some(given) = fields.get("low").or_else(|| fields.get("high")) else {
            let error = messages.error(node.head, "`clip_weights` needs `low`, `high` or both");
            return messages.report(error.help("add `low: 0`"));
        };
        if low > high {
            let wanted = wanted("low", projection);
            let message = format!("`low` ({}) is above `high` ({})", wanted.show(low), wanted.show(high));
            return self.context.fail(given.text, message);
        }
        let (smallest, largest) = projection.connected.bounds;
        let clipped = (smallest.clamp(low, high), largest.clamp(low, high));
        self.check_reaches(given, projection, targets, clipped)?;
        Some(WeightChange::Clip { low, high })
    }

    /// Checks that targets of a projection take weights from a range.
    pub(super) fn check_reaches(
        &self,
        node: Node<'a>,
        projection: &Referred<'_>,
        targets: &View,
        bounds: (f64, f64),
    ) -> Option<()> {
        let connected = &projection.connected;
        let receptor = connected.projection.receptor.as_deref();
        let sent = Sent { output: StimulusOutput::Spikes, receptor, bounds };
        match self.views.reached(targets, sent)? {
            Ok((unit, _)) if unit == connected.unit => Some(()),
            Ok((unit, _)) => {
                let message = format!(
                    "the weights of `{}` are {}, but with this sign they would be {}",
                    projection.name,
                    with_unit(connected.unit),
                    with_unit(unit)
                );
                self.context.fail(node.text, message)
            }
            Err(fault) => {
                let error = self.context.messages.error(node.text, fault.message).help_if(fault.help);
                let error = error.note("this is the sign that the weights would have");
                self.context.messages.report(error)
            }
        }
    }
}

/// A weight of the projection.
fn wanted<'w>(name: &'w str, projection: &'w Referred<'_>) -> Wanted<'w> {
    let connected = projection.connected;
    Wanted { name, unit: Some(connected.unit), reason: Some(&connected.reason) }
}
