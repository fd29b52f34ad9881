//! The projections of a scene.

pub(crate) mod connected;
mod names;

use std::borrow::Cow;

use neuropil_core::StimulusOutput;
use neuropil_core::units::Unit;
use neuropil_network::{Projection, Rule, Source, View};

pub(crate) use connected::{Connected, Named};

use crate::context::Context;
use crate::fields::{Fields, Form, boolean};
use crate::node::{Node, Shape};
use crate::reach::{Sent, Unreachable};
use crate::rules::Written;
use crate::stimuli::DeclaredStimulus;
use crate::synapses::{Synapse, Synapses, weight_of};
use crate::views::Views;

const FIELDS: &[&str] = &["name", "from", "to", "rule", "synapse", "receptor", "zero_mean"];

/// Reads the projections of a scene.
pub(crate) struct Projections<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) views: &'r Views<'a, 'r>,
    pub(crate) stimuli: &'r [DeclaredStimulus<'a>],
    pub(crate) synapses: &'r Synapses<'a>,
}

/// Where a projection begins, and what it sends.
struct Start {
    source: Source,
    output: StimulusOutput,
}

impl<'a> Projections<'a, '_> {
    /// The projections of the list `node`.
    pub(crate) fn read(&self, node: Option<Node<'a>>) -> Vec<Named> {
        let messages = self.context.messages;
        let items = match node.map(|n| (n, n.shape())) {
            None => return Vec::new(),
            Some((_, Shape::List(items))) => items,
            Some((node, shape)) => {
                let error = messages.error(node.text, format!("expected a list, found {}", shape.describe()));
                messages
                    .report::<()>(error.help("write `projections: [(from: ..., to: ..., synapse: ...)]`"));
                return Vec::new();
            }
        };
        let names = self.names(&items);
        let read = items.into_iter().zip(names);
        let read = read.map(|(node, name)| Named { connected: self.projection(node, name.clone()), name });
        read.collect()
    }

    fn projection(&self, node: Node<'a>, name: String) -> Option<Connected> {
        let messages = self.context.messages;
        let fields =
            Fields::read(node, Form { what: "a projection", item: "field", allowed: FIELDS }, messages)?;
        self.check_name_is_text(&fields);
        let start = fields.require("from", "\"E\"", messages).and_then(|n| self.start(n));
        let target = fields.require("to", "\"E\"", messages).and_then(|n| self.views.read(n));
        let rule = self.context.rule(fields.get("rule"), node.head);
        let receptor = fields.get("receptor").map(|n| self.receptor_name(n));
        let synapse = self.synapse(&name, &fields);
        let (start, target, rule, synapse) = (start?, target?, rule?, synapse?);
        let synapse = synapse.as_ref();
        self.check_rule(node, &fields, &start.source, &target, &rule)?;
        let receptor = receptor.map_or(Some(None), |name| name.map(Some))?;
        if matches!(start.source, Source::Stimulus(_)) {
            self.context.check_delay_of_device(synapse)?;
        }
        let zero_mean = self.zero_mean(&fields, &start.source, synapse)?;
        let bounds = self.bounds(&rule, synapse, zero_mean)?;
        let sent = Sent { output: start.output, receptor: receptor.as_deref(), bounds };
        let (unit, why) = match self.views.reached(&target, sent)? {
            Ok(reached) => reached,
            Err(fault) => return self.report(&fields, fault, &rule, zero_mean),
        };
        let reason = format!("the projection `{name}` {why}");
        if zero_mean {
            self.warn_of_zero(&fields, &rule, synapse);
        }
        let has_weights = weight_of(synapse.model()).is_some();
        let number = self.synapses.resolve(synapse, Some(unit), Some(&reason), &self.context);
        let rule = self.complete(rule, synapse, (unit, &reason));
        let (synapse, rule) = (number?, rule?);
        let projection =
            Projection { name, source: start.source, target, rule, synapse, receptor, zero_mean };
        Some(Connected { projection, unit, reason, has_weights, bounds })
    }

    fn start(&self, node: Node<'a>) -> Option<Start> {
        let source = self.views.source(node)?;
        let output = match source {
            Source::Neurons(_) => StimulusOutput::Spikes,
            Source::Stimulus(i) => self.stimuli.get(i)?.stimulus.as_ref()?.model.output,
        };
        Some(Start { source, output })
    }

    /// The synapse type that a projection names, or defines in place.
    fn synapse(&self, name: &str, fields: &Fields<'a>) -> Option<Cow<'_, Synapse<'a>>> {
        let node = fields.require("synapse", "static(weight: ..., delay: ...)", self.context.messages)?;
        match node.as_text() {
            Some(text) => {
                let synapse = self.synapses.by_name(&text.content, text.inside(), &self.context);
                synapse.map(Cow::Borrowed)
            }
            None => self.context.synapse(name, node).map(Cow::Owned),
        }
    }

    fn receptor_name(&self, node: Node<'a>) -> Option<String> {
        if let Some((name, _)) = node.as_name() {
            return Some(name.into_owned());
        }
        let found = node.shape().describe();
        self.context.fail(node.text, format!("a receptor is given by its name, but this is {found}"))
    }

    fn check_rule(
        &self,
        node: Node<'a>,
        fields: &Fields<'a>,
        source: &Source,
        target: &View,
        rule: &Written<'a>,
    ) -> Option<()> {
        let slice = fields.get("rule").map_or(node.head, |n| n.text);
        match (source, rule) {
            (Source::Neurons(source), Written::Rule(rule)) => {
                self.context.check_rule(slice, rule, source, target)
            }
            (Source::Neurons(source), Written::List(list)) => self.context.check_list(list, source, target),
            (Source::Stimulus(_), rule) if rule.is_complete() => Some(()),
            (Source::Stimulus(_), _) => {
                let message =
                    format!("a stimulus reaches all targets, so the rule cannot be `{}`", rule.name());
                let error = self.context.messages.error(slice, message);
                self.context.messages.report(error.help("leave `rule` out, and select the targets with `to`"))
            }
        }
    }

    /// Whether the mean weight of each target is to be zero.
    fn zero_mean(&self, fields: &Fields<'a>, source: &Source, synapse: &Synapse<'a>) -> Option<bool> {
        let Some(node) = fields.get("zero_mean") else { return Some(false) };
        let zero_mean = boolean(node, "zero_mean", self.context.messages)?;
        if zero_mean && matches!(source, Source::Stimulus(_)) {
            let message =
                "a stimulus has one synapse to each target, so its weights have no mean to subtract";
            return self.context.fail(node.text, message);
        }
        if zero_mean {
            self.context.weight_parameter(node.text, synapse)?;
        }
        Some(zero_mean)
    }

    /// The smallest and the largest weight of a projection, in whatever unit: only their signs count.
    fn bounds(&self, rule: &Written<'a>, synapse: &Synapse<'a>, zero_mean: bool) -> Option<(f64, f64)> {
        match rule {
            _ if zero_mean => Some((f64::NEG_INFINITY, f64::INFINITY)),
            Written::List(list) if list.has_weights() && !list.is_empty() => self.context.list_bounds(list),
            _ => self.context.weight_bounds(synapse),
        }
    }

    /// Warns of weights that are all the same, of which nothing would be left.
    fn warn_of_zero(&self, fields: &Fields<'a>, rule: &Written<'a>, synapse: &Synapse<'a>) {
        let listed = matches!(rule, Written::List(list) if list.has_weights());
        let random = weight_of(synapse.model()).is_some_and(|weight| synapse.has_random(weight));
        if let Some(node) = fields.get("zero_mean").filter(|_| !listed && !random) {
            let message =
                "all weights will be 0: without their mean, nothing is left of weights that are the same";
            self.context.messages.report::<()>(self.context.messages.warning(node.text, message));
        }
    }

    /// A rule with the weights of its list in their unit.
    fn complete(&self, rule: Written<'a>, synapse: &Synapse<'a>, reached: (Unit, &str)) -> Option<Rule> {
        match rule {
            Written::Rule(rule) => Some(rule),
            Written::List(list) => {
                self.context.check_brought(&list, synapse)?;
                self.context.connections(list, reached.0, reached.1).map(Rule::from)
            }
        }
    }

    fn report<T>(
        &self,
        fields: &Fields<'a>,
        fault: Unreachable,
        rule: &Written<'a>,
        zero_mean: bool,
    ) -> Option<T> {
        let listed = matches!(rule, Written::List(list) if list.has_weights());
        let field = if listed && fault.field == "synapse" { "rule" } else { fault.field };
        let slice = fields.get(field).or_else(|| fields.get("to"))?.text;
        let error = self.context.messages.error(slice, fault.message).help_if(fault.help);
        self.context.messages.report(if zero_mean {
            error.note("without their mean (`zero_mean`), some weights are positive and others negative")
        } else {
            error
        })
    }
}
