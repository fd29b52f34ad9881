//! The projections of a scene.

use neuropil_core::StimulusOutput;
use neuropil_core::units::Unit;
use neuropil_network::{Projection, Rule, Source, View};

use crate::context::{Context, with_unit};
use crate::fields::{Fields, Form, unknown};
use crate::names::check_title;
use crate::node::{Node, Shape, Text};
use crate::raw;
use crate::reach::{Reach, Unreachable};
use crate::stimuli::Device;
use crate::synapses::{Synapse, Synapses};
use crate::tokens::{Token, Tokens};
use crate::views::Views;

const FIELDS: &[&str] = &["name", "from", "to", "rule", "synapse", "receptor"];

/// Reads the projections of a scene.
pub(crate) struct Projections<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) views: &'r Views<'a, 'r>,
    pub(crate) devices: &'r [Device<'a>],
    pub(crate) synapses: &'r Synapses<'a>,
}

/// Where a projection begins, and what it sends.
struct Start {
    source: Source,
    output: StimulusOutput,
}

impl<'a> Projections<'a, '_> {
    /// The projections of the list `node`, without those that have errors.
    pub(crate) fn read(&self, node: Option<Node<'a>>) -> Vec<Projection> {
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
        let read = items.into_iter().zip(given).filter_map(|(node, given)| {
            let name = given.map_or_else(|| free_name(node, &mut names), |text| text.content.into_owned());
            self.projection(node, name)
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

    fn projection(&self, node: Node<'a>, name: String) -> Option<Projection> {
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
        self.check_rule(node, &fields, &start, &target, &rule)?;
        let receptor = receptor.map_or(Some(None), |name| name.map(Some))?;
        let number = self.connect(&fields, &name, &start, &target, synapse, receptor.as_deref())?;
        Some(Projection { name, source: start.source, target, rule, synapse: number, receptor })
    }

    fn check_name_is_text(&self, fields: &Fields<'a>) {
        if let Some(node) = fields.get("name").filter(|n| n.as_text().is_none()) {
            let error = self.context.messages.error(node.text, "the name of a projection is a string");
            self.context.messages.report::<()>(error.help("write `name: \"E to I\"`"));
        }
    }

    fn start(&self, node: Node<'a>) -> Option<Start> {
        if let Some(i) = node_name(node).and_then(|name| self.devices.iter().position(|d| d.name == name)) {
            let stimulus = self.devices[i].stimulus.as_ref()?;
            return Some(Start { source: Source::Stimulus(i), output: stimulus.model.output });
        }
        if let Some(name) = node_name(node).filter(|name| !self.is_population(name)) {
            if !self.views.known {
                return None;
            }
            let devices = self.devices.iter().map(|d| d.name);
            let names: Vec<&str> = self.views.populations.iter().map(|p| p.name).chain(devices).collect();
            return unknown(node.text, &name, "population or stimulus", &names, self.context.messages);
        }
        let view = self.views.read(node)?;
        Some(Start { source: Source::Neurons(view), output: StimulusOutput::Spikes })
    }

    fn is_population(&self, name: &str) -> bool {
        self.views.populations.iter().any(|p| p.name == name)
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
        start: &Start,
        target: &View,
        rule: &Rule,
    ) -> Option<()> {
        let slice = fields.get("rule").map_or(node.head, |n| n.text);
        match &start.source {
            Source::Neurons(source) => self.context.check_rule(slice, rule, source, target),
            Source::Stimulus(_) if matches!(rule, Rule::AllToAll { .. }) => Some(()),
            Source::Stimulus(_) => {
                let message =
                    format!("a stimulus reaches all targets, so the rule cannot be `{}`", rule.name());
                let error = self.context.messages.error(slice, message);
                self.context.messages.report(error.help("leave `rule` out, and select the targets with `to`"))
            }
        }
    }

    /// The number of the synapse type, once the receptors that its weights reach are known.
    fn connect(
        &self,
        fields: &Fields<'a>,
        name: &str,
        start: &Start,
        target: &View,
        synapse: &Synapse<'a>,
        receptor: Option<&str>,
    ) -> Option<usize> {
        if matches!(start.source, Source::Stimulus(_)) {
            self.context.check_delay_of_device(synapse)?;
        }
        let bounds = self.context.weight_bounds(synapse)?;
        let mut unit: Option<(Unit, String)> = None;
        for population in target.populations() {
            let slot = self.views.populations.get(population as usize)?;
            let model = slot.model?.declaration;
            let reach = Reach { population: slot.name, model, output: start.output, receptor, bounds };
            let (reached, why) = match reach.unit() {
                Ok(reached) => reached,
                Err(fault) => return self.report(fields, fault),
            };
            match &unit {
                Some((first, _)) if *first != reached => {
                    let message =
                        format!("the weights would be {} and {}", with_unit(*first), with_unit(reached));
                    let error = self.context.messages.error(fields.get("to")?.text, message);
                    return self.context.messages.report(error.help("use one projection for each"));
                }
                Some(_) => (),
                None => unit = Some((reached, why)),
            }
        }
        let (unit, why) = unit?;
        let reason = format!("the projection `{name}` {why}");
        self.synapses.resolve(synapse, Some(unit), Some(&reason), &self.context)
    }

    fn report<T>(&self, fields: &Fields<'a>, fault: Unreachable) -> Option<T> {
        let slice = fields.get(fault.field).or_else(|| fields.get("to"))?.text;
        let error = self.context.messages.error(slice, fault.message).help_if(fault.help);
        self.context.messages.report(error)
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
