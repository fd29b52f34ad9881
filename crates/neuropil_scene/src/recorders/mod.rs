//! The recorders of a scene.

mod fields;
mod parameters;
mod places;
mod variables;
mod window;

use neuropil_core::engine::RecorderEntry;
use neuropil_core::{Argument, ParameterError, RecorderSetup, Recording};
use neuropil_network::Recorder;

use crate::context::Context;
use crate::fields::{Fields, Form, named, unknown};
use crate::names::check_file_name;
use crate::node::{Entry, Node, Shape};
use crate::projections::Named;
use crate::synapses::Synapses;
use crate::views::Views;
use places::Place;

/// Reads the recorders of a scene.
pub(crate) struct Recorders<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) views: &'r Views<'a, 'r>,
    pub(crate) synapses: &'r Synapses<'a>,
    pub(crate) projections: &'r [Named],
    /// The length of the simulation in steps, where it is known.
    pub(crate) duration: Option<u64>,
}

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
        let Some(model) = self.context.registry.recorder(kind) else {
            let names: Vec<&str> = self.context.registry.recorders().map(|r| r.declaration.name).collect();
            return unknown(kind, kind, "kind of recorder", &names, messages);
        };
        let owner = Node { head: kind, ..node };
        let allowed = fields::allowed(model);
        let form = Form { what: &format!("the recorder `{kind}`"), item: "field", allowed: &allowed };
        let fields = Fields::of(owner, entries, form, messages);
        let recorder = self.of_kind(key, model, &fields);
        recorder.filter(|_| good_name.is_some())
    }

    fn of_kind(&self, name: &str, model: &RecorderEntry, fields: &Fields<'a>) -> Option<Recorder> {
        let parameters = self.parameters(model.declaration, fields);
        let at = if model.takes(Argument::Times) { self.times(fields) } else { Some(Vec::new()) };
        let place = self.place(model, fields, at.as_deref());
        let listed = fields::node_of(Argument::Variables, model, fields, self.context.messages);
        let Place { view, synapses, window, counted_as } = place?;
        let variables = match listed {
            Some(node) => self.variables(node?, &view),
            None => Some(Vec::new()),
        };
        let ((start, stop), counted_as) = (window?, counted_as?);
        let (parameters, at, variables) = (parameters?, at?, variables?);
        let models = self.models(&view)?;
        let setup = RecorderSetup {
            grid: self.context.grid?,
            view: &view,
            models: &models,
            variables: &variables,
            at: &at,
            start,
            stop,
        };
        let recording = match model.begin(&parameters, &setup) {
            Ok(recording) => recording,
            Err(error) => return self.blame(&error, fields),
        };
        let sees = recording.sees();
        self.check_sampled(model, &sees, &view, fields)?;
        self.warn_of_doubts(&*recording, fields);
        let (name, model) = (name.to_owned(), *model);
        Some(Recorder {
            name,
            model,
            parameters,
            view,
            variables,
            synapses,
            at,
            start,
            stop,
            sees,
            counted_as,
        })
    }

    /// Reports what a recorder says about its parameters together.
    fn blame<T>(&self, error: &ParameterError, fields: &Fields<'a>) -> Option<T> {
        let place = fields.get(error.parameter).unwrap_or(fields.owner()).head;
        let message = self.context.messages.error(place, error.message.clone());
        self.context.messages.report(message.help_if(error.help.clone()))
    }

    /// Tells what a recorder takes for a mistake.
    fn warn_of_doubts(&self, recording: &dyn Recording, fields: &Fields<'a>) {
        for doubt in recording.doubts(self.duration.unwrap_or(u64::MAX)) {
            let place = fields.get(doubt.parameter).unwrap_or(fields.owner()).head;
            let warning = self.context.messages.warning(place, doubt.message);
            self.context.messages.report::<()>(warning.help_if(doubt.help));
        }
    }
}
