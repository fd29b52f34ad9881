//! The recorders of a scene.

use neuropil_network::{Recorder, RecorderKind, View};

use crate::context::Context;
use crate::fields::{Fields, Form, named, unknown};
use crate::names::check_file_name;
use crate::node::{Entry, Node, Shape};
use crate::suggest::did_you_mean;
use crate::synapses::Synapses;
use crate::views::Views;

/// Reads the recorders of a scene.
pub(crate) struct Recorders<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) views: &'r Views<'a, 'r>,
    pub(crate) synapses: &'r Synapses<'a>,
    /// The length of the simulation in steps, where it is known.
    pub(crate) duration: Option<u64>,
}

const SPIKES: &[&str] = &["of", "start", "stop", "synapse"];
const TRACES: &[&str] = &["of", "variables", "interval", "start", "stop", "synapse"];

impl<'a> Recorders<'a, '_> {
    /// The recorders of the group `node`, without those that have errors.
    pub(crate) fn read(&self, node: Option<Node<'a>>) -> Vec<Recorder> {
        let entries = node.map(|n| named(n, "recorder", self.context.messages)).unwrap_or_default();
        self.check_files(&entries);
        entries.into_iter().filter_map(|entry| self.recorder(entry)).collect()
    }

    /// Recorders write files, whose names must differ in more than capital letters.
    fn check_files(&self, entries: &[Entry<'a>]) {
        let messages = self.context.messages;
        let mut seen = std::collections::BTreeMap::new();
        for entry in entries {
            if let Some(first) = seen.insert(entry.key.to_lowercase(), entry.key) {
                let message =
                    format!("the recorders `{first}` and `{}` differ only in capital letters", entry.key);
                let error = messages.error(entry.key, message).also(messages.span(first), "the other one");
                messages.report::<()>(error.help("their files would have the same name on some systems"));
            }
        }
    }

    fn recorder(&self, Entry { key, node }: Entry<'a>) -> Option<Recorder> {
        let messages = self.context.messages;
        let good_name = check_file_name(key, key, "a recorder", messages);
        let (kind, entries) = match node.shape() {
            Shape::Group { name, entries } if !name.is_empty() => (name, entries),
            Shape::Word(name) => (name, Vec::new()),
            shape => {
                let error =
                    messages.error(node.text, format!("expected a recorder, found {}", shape.describe()));
                return messages
                    .report(error.help("write `spikes(of: ...)` or `traces(of: ..., variables: [...])`"));
            }
        };
        let allowed = match kind {
            "spikes" => SPIKES,
            "traces" => TRACES,
            _ => return unknown(kind, kind, "kind of recorder", &["spikes", "traces"], messages),
        };
        let owner = Node { head: kind, ..node };
        let form = Form { what: &format!("the recorder `{kind}`"), item: "field", allowed };
        let fields = Fields::of(owner, entries, form, messages);
        let recorder = if kind == "spikes" { self.spikes(key, &fields) } else { self.traces(key, &fields) };
        recorder.filter(|_| good_name.is_some())
    }

    /// Spikes are recorded where start < stamp <= stop.
    fn spikes(&self, name: &str, fields: &Fields<'a>) -> Option<Recorder> {
        let (view, counted_as, window) = (self.view(fields), self.counted_as(fields), self.window(fields));
        let (start, stop) = window?;
        let start = start.checked_add(1)?;
        let name = name.to_owned();
        Some(Recorder { name, view: view?, start, stop, kind: RecorderKind::Spikes, counted_as: counted_as? })
    }

    /// The first sample is at `start`, or after one interval where that is the beginning, which no step reaches.
    fn traces(&self, name: &str, fields: &Fields<'a>) -> Option<Recorder> {
        let (view, counted_as, window) = (self.view(fields), self.counted_as(fields), self.window(fields));
        let interval = fields.get("interval").map_or(Some(1), |n| self.interval(n));
        let variables = fields.require("variables", "[\"V_m\"]", self.context.messages);
        let view = view?;
        let variables = variables.and_then(|n| self.variables(n, &view));
        let ((start, stop), interval) = (window?, interval?);
        let start = if start == 0 { interval } else { start };
        let kind = RecorderKind::Traces { variables: variables?, interval };
        Some(Recorder { name: name.to_owned(), view, start, stop, kind, counted_as: counted_as? })
    }

    fn view(&self, fields: &Fields<'a>) -> Option<View> {
        self.views.read(fields.require("of", "\"E\"", self.context.messages)?)
    }

    fn counted_as(&self, fields: &Fields<'a>) -> Option<Option<usize>> {
        let Some(node) = fields.get("synapse") else { return Some(None) };
        let Some(text) = node.as_text() else {
            let error =
                self.context.messages.error(node.text, "the synapse type of a recorder is given by its name");
            return self.context.messages.report(error.help("write `synapse: \"name\"`"));
        };
        let slice = text.slice(0..text.content.len());
        let synapse = self.synapses.by_name(&text.content, slice, &self.context)?;
        self.synapses.resolve(synapse, None, None, &self.context).map(Some)
    }

    fn window(&self, fields: &Fields<'a>) -> Option<(u64, u64)> {
        let start = fields.get("start").map_or(Some(0), |n| self.context.steps(n, "start"));
        let stop = fields.get("stop").map_or(Some(u64::MAX), |n| self.stop(n));
        let (start, stop) = (start?, stop?);
        if start < stop {
            self.warn_of_late(fields, start);
            return Some((start, stop));
        }
        let slice = fields.get("stop").or_else(|| fields.get("start"))?.text;
        let error =
            self.context.messages.error(slice, "nothing would be recorded: `stop` is not after `start`");
        self.context.messages.report(error)
    }

    fn warn_of_late(&self, fields: &Fields<'a>, start: u64) {
        if let Some(node) = fields.get("start").filter(|_| self.duration.is_some_and(|end| start >= end)) {
            let message = "nothing will be recorded: the simulation ends before `start`";
            self.context.messages.report::<()>(self.context.messages.warning(node.text, message));
        }
    }

    fn stop(&self, node: Node<'a>) -> Option<u64> {
        let wanted = crate::context::Wanted::new("stop", neuropil_core::units::MS);
        let time = self.context.number(node, wanted)?;
        if time == f64::INFINITY { Some(u64::MAX) } else { self.context.on_grid(node, "stop", time) }
    }

    fn interval(&self, node: Node<'a>) -> Option<u64> {
        let interval = self.context.steps(node, "interval")?;
        if interval > 0 {
            return Some(interval);
        }
        self.context.fail(node.text, "`interval` must be at least one step")
    }

    fn variables(&self, node: Node<'a>, view: &View) -> Option<Vec<String>> {
        let items = match node.shape() {
            Shape::List(items) if !items.is_empty() => items,
            Shape::Text(_) | Shape::Word(_) => vec![node],
            _ => {
                let error = self.context.messages.error(node.text, "expected the names of state variables");
                return self.context.messages.report(error.help("write `variables: [\"V_m\"]`"));
            }
        };
        let mut names: Vec<String> = Vec::new();
        let mut good = true;
        for item in items {
            match self.variable(item, view) {
                Some(name) if names.contains(&name) => {
                    let message = format!("the variable `{name}` is listed twice");
                    good = self.context.fail(item.text, message).unwrap_or(false);
                }
                Some(name) => names.push(name),
                None => good = false,
            }
        }
        good.then_some(names)
    }

    fn variable(&self, node: Node<'a>, view: &View) -> Option<String> {
        let (name, slice) = match node.shape() {
            Shape::Text(text) => (text.content.clone().into_owned(), text.slice(0..text.content.len())),
            Shape::Word(word) => (word.to_owned(), word),
            shape => {
                let message = format!("expected the name of a state variable, found {}", shape.describe());
                return self.context.fail(node.text, message);
            }
        };
        for population in view.populations() {
            let slot = self.views.populations.get(population as usize)?;
            let model = slot.model?.declaration;
            if model.state(&name).is_none() {
                let names: Vec<&str> = model.states.iter().map(|s| s.name).collect();
                let message =
                    format!("the model `{}` of `{}` has no state variable `{name}`", model.name, slot.name);
                let error = self.context.messages.error(slice, message);
                return self.context.messages.report(error.help(did_you_mean(
                    &name,
                    &names,
                    "state variable",
                )));
            }
        }
        Some(name)
    }
}
