//! The projections of a scene.

use neuropil_core::StimulusOutput;
use neuropil_core::units::Unit;
use neuropil_network::{Projection, Rule, Source, View};

use crate::context::Context;
use crate::fields::{Fields, Form, boolean};
use crate::names::check_title;
use crate::node::{Node, Shape, Text};
use crate::raw;
use crate::reach::{Sent, Unreachable};
use crate::rules::Written;
use crate::stimuli::Device;
use crate::synapses::{Synapse, Synapses, weight_of};
use crate::tokens::{Token, Tokens};
use crate::views::Views;

const FIELDS: &[&str] = &["name", "from", "to", "rule", "synapse", "receptor", "zero_mean"];

/// Reads the projections of a scene.
pub(crate) struct Projections<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) views: &'r Views<'a, 'r>,
    pub(crate) devices: &'r [Device<'a>],
    pub(crate) synapses: &'r Synapses<'a>,
}

/// A projection by name; `None` where it has errors.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) connected: Option<Connected>,
}

/// A projection, and what its weights are.
pub(crate) struct Connected {
    pub(crate) projection: Projection,
    /// The unit of the weights.
    pub(crate) unit: Unit,
    /// Why they have this unit.
    pub(crate) reason: String,
    /// Whether the synapses have weights.
    pub(crate) has_weights: bool,
    /// The smallest and the largest weight, in whatever unit: only their signs count.
    pub(crate) bounds: (f64, f64),
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
        let given: Vec<_> = items.iter().map(|item| item.field("name").and_then(Node::as_text)).collect();
        self.check_unique(&given);
        let mut names: Vec<String> = given.iter().flatten().map(|t| t.content.clone().into_owned()).collect();
        let read = items.into_iter().zip(given).map(|(node, given)| {
            let name = given.map_or_else(|| free_name(node, &mut names), |text| text.content.into_owned());
            Named { connected: self.projection(node, name.clone()), name }
        });
        read.collect()
    }

    fn check_unique(&self, names: &[Option<Text<'a>>]) {
        let mut seen = std::collections::BTreeMap::new();
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

    fn projection(&self, node: Node<'a>, name: String) -> Option<Connected> {
        let messages = self.context.messages;
        let fields =
            Fields::read(node, Form { what: "a projection", item: "field", allowed: FIELDS }, messages)?;
        self.check_name_is_text(&fields);
        let start = fields.require("from", "\"E\"", messages).and_then(|n| self.start(n));
        let target = fields.require("to", "\"E\"", messages).and_then(|n| self.views.read(n));
        let rule = self.context.rule(fields.get("rule"));
        let receptor = fields.get("receptor").map(|n| self.receptor_name(n));
        let synapse = fields.require("synapse", "static(weight: ..., delay: ...)", messages);
        let in_place;
        let synapse = match synapse.map(Node::shape) {
            Some(Shape::Text(text)) => {
                self.synapses.by_name(&text.content, text.slice(0..text.content.len()), &self.context)
            }
            Some(_) => {
                in_place = synapse.and_then(|n| self.context.synapse(&name, n));
                in_place.as_ref()
            }
            None => None,
        };
        let (start, target, rule, synapse) = (start?, target?, rule?, synapse?);
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

    fn check_name_is_text(&self, fields: &Fields<'a>) {
        if let Some(node) = fields.get("name").filter(|n| n.as_text().is_none()) {
            let error = self.context.messages.error(node.text, "the name of a projection is a string");
            self.context.messages.report::<()>(error.help("write `name: \"E to I\"`"));
        }
    }

    fn start(&self, node: Node<'a>) -> Option<Start> {
        let source = self.views.source(node)?;
        let output = match source {
            Source::Neurons(_) => StimulusOutput::Spikes,
            Source::Stimulus(i) => self.devices.get(i)?.stimulus.as_ref()?.model.output,
        };
        Some(Start { source, output })
    }

    fn receptor_name(&self, node: Node<'a>) -> Option<String> {
        match node.shape() {
            Shape::Text(text) => Some(text.content.into_owned()),
            Shape::Word(name) => Some(name.to_owned()),
            shape => {
                let message = format!("a receptor is given by its name, but this is {}", shape.describe());
                self.context.fail(node.text, message)
            }
        }
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
            (Source::Stimulus(_), Written::Rule(Rule::AllToAll { .. })) => Some(()),
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
                self.context.connections(list, reached.0, reached.1).map(Rule::List)
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
    let part = |(token, range): (Token, std::ops::Range<usize>)| match token {
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
