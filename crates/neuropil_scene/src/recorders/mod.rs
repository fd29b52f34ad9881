//! The recorders of a scene.

mod variables;
mod weights;
mod window;

use neuropil_network::{Recorder, RecorderKind, View};

use crate::context::Context;
use crate::fields::{Fields, Form, named, unknown};
use crate::names::check_file_name;
use crate::node::{Entry, Node, Shape};
use crate::numbers::off_grid;
use crate::projections::Named;
use crate::synapses::Synapses;
use crate::views::Views;

/// Reads the recorders of a scene.
pub(crate) struct Recorders<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) views: &'r Views<'a, 'r>,
    pub(crate) synapses: &'r Synapses<'a>,
    pub(crate) projections: &'r [Named],
    /// The length of the simulation in steps, where it is known.
    pub(crate) duration: Option<u64>,
}

/// The kinds of recorders, and their fields.
const KINDS: &[(&str, &[&str])] = &[
    ("spikes", &["of", "start", "stop", "record_for", "synapse"]),
    ("traces", &["of", "variables", "interval", "start", "stop", "record_for", "synapse", "pasted_spikes"]),
    ("rate", &["of", "bin", "start", "stop", "record_for"]),
    ("weights", &["projection", "from", "to", "at"]),
];

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
        let Some((_, allowed)) = KINDS.iter().find(|(name, _)| *name == kind) else {
            let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
            return unknown(kind, kind, "kind of recorder", &names, messages);
        };
        let owner = Node { head: kind, ..node };
        let form = Form { what: &format!("the recorder `{kind}`"), item: "field", allowed };
        let fields = Fields::of(owner, entries, form, messages);
        let recorder = match kind {
            "spikes" => self.spikes(key, &fields),
            "traces" => self.traces(key, &fields),
            "rate" => self.rate(key, &fields),
            _ => self.weights(key, &fields),
        };
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
        let interval = self.at_least_a_step(fields, "interval", Some(1));
        let variables = fields.require("variables", "[\"V_m\"]", self.context.messages);
        let pasted_spikes = self.pasted_spikes(fields);
        let view = view?;
        let variables = variables.and_then(|n| self.variables(n, &view));
        let ((start, stop), interval, variables) = (window?, interval?, variables?);
        let start = if start == 0 { interval } else { start };
        self.check_pasted(fields, &variables)?;
        self.warn_of_missed_spikes(fields, interval);
        let kind = RecorderKind::Traces { variables, interval, pasted_spikes: pasted_spikes? };
        Some(Recorder { name: name.to_owned(), view, start, stop, kind, counted_as: counted_as? })
    }

    /// Spikes are counted where start < stamp <= stop, in bins that begin at `start`.
    fn rate(&self, name: &str, fields: &Fields<'a>) -> Option<Recorder> {
        let (view, window) = (self.view(fields), self.window(fields));
        let bin = self.at_least_a_step(fields, "bin", self.default_bin(fields));
        let ((start, stop), bin) = (window?, bin?);
        let end = self.duration.map_or(stop, |duration| duration.min(stop));
        if end.saturating_sub(start) < bin {
            let slice = fields.get("bin").unwrap_or(fields.owner()).head;
            let warning =
                self.context.messages.warning(slice, "nothing will be recorded: no bin ends in time");
            self.context.messages.report::<()>(warning);
        }
        let start = start.checked_add(1)?;
        let kind = RecorderKind::Rate { bin };
        Some(Recorder { name: name.to_owned(), view: view?, start, stop, kind, counted_as: None })
    }

    /// Bins are 1 ms wide, where that is a whole number of steps.
    fn default_bin(&self, fields: &Fields<'a>) -> Option<u64> {
        let (grid, None) = (self.context.grid?, fields.get("bin")) else { return None };
        let error = match grid.steps(1.0) {
            Ok(steps) => return Some(steps),
            Err(error) => error,
        };
        let slice = fields.owner().head;
        let why = off_grid(&error).1;
        let error =
            self.context.messages.error(slice, format!("the default of `bin` does not fit `dt`: {why}"));
        self.context.messages.report(error.help("give `bin` a value"))
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
        let synapse = self.synapses.by_name(&text.content, text.inside(), &self.context)?;
        self.synapses.resolve(synapse, None, None, &self.context).map(Some)
    }

    /// A time that is at least one step.
    fn at_least_a_step(&self, fields: &Fields<'a>, name: &str, default: Option<u64>) -> Option<u64> {
        let Some(node) = fields.get(name) else { return default };
        let steps = self.context.steps(node, name)?;
        if steps > 0 {
            return Some(steps);
        }
        self.context.fail(node.text, format!("`{name}` must be at least one step"))
    }
}
