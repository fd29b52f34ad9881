//! The actions that set parameters and state variables.

use neuropil_core::engine::NeuronEntry;
use neuropil_core::{Declaration, ParameterError, Range, Value};
use neuropil_network::{Action, Source, View};

use super::Protocol;
use super::progress::Progress;
use crate::context::Wanted;
use crate::fields::{Fields, Form};
use crate::messages::all_of;
use crate::node::{Entry, Node};
use crate::suggest::all;

impl<'a> Protocol<'a, '_> {
    /// Parameters of neurons or of a stimulus, set in the order in which they are written.
    pub(super) fn set(
        &self,
        node: Node<'a>,
        entries: Vec<Entry<'a>>,
        progress: &mut Progress,
    ) -> Option<Vec<Action>> {
        match self.views.source(self.of("set", node, &entries)?)? {
            Source::Neurons(view) => {
                let model = self.model(node, &view)?;
                let states = model.declaration.states.iter().map(|s| s.name);
                self.not_these(&entries, states, "a state variable", "set_state")?;
                let fields = self.given("set", "parameter", node, entries, &parameters(model.declaration))?;
                self.set_neurons(&view, &model, &fields, progress)
            }
            Source::Stimulus(number) => {
                let model = self.stimuli.get(number)?.stimulus.as_ref()?.model.declaration;
                let fields = self.given("set", "parameter", node, entries, &parameters(model))?;
                self.set_stimulus(number, &fields, progress)
            }
        }
    }

    /// State variables of neurons.
    pub(super) fn set_state(&self, node: Node<'a>, entries: Vec<Entry<'a>>) -> Option<Vec<Action>> {
        let view = self.views.read(self.of("set_state", node, &entries)?)?;
        let model = self.model(node, &view)?.declaration;
        self.not_these(&entries, model.parameters.iter().map(|p| p.name), "a parameter", "set")?;
        let names: Vec<&str> = model.states.iter().map(|s| s.name).collect();
        let fields = self.given("set_state", "variable", node, entries, &names)?;
        let set = |Entry { key, node }: Entry<'a>| {
            let variable = model.state(key)?;
            let state = &model.states[variable];
            let value = self.context.value(node, Wanted::new(state.name, state.unit), Range::Finite)?;
            self.context.list_fits(node, &value, state.name, view.len(), "view").then_some(())?;
            Some(Action::State { view: view.clone(), variable, value })
        };
        all_of(fields.into_iter().map(set))
    }

    fn set_neurons(
        &self,
        view: &View,
        model: &NeuronEntry,
        fields: &[Entry<'a>],
        progress: &mut Progress,
    ) -> Option<Vec<Action>> {
        let declared = model.declaration.parameters;
        let read = |&Entry { key, node }: &Entry<'a>| {
            let parameter = model.declaration.parameter(key)?;
            let value = self.context.given(node, &declared[parameter])?;
            self.context.list_fits(node, &value, key, view.len(), "view").then_some((parameter, value))
        };
        let values: Vec<(usize, Value)> = all_of(fields.iter().map(read))?;
        for (i, (parameter, value)) in values.iter().enumerate() {
            for together in progress.set_neurons(view, *parameter, value.constant()) {
                let rest = values[i..].iter().filter_map(|(p, v)| Some((*p, v.constant()?)));
                let check = |parameters: &[f64]| self.context.check_neurons(model, parameters);
                self.check_set(fields[i].node, model.declaration, together, rest, check)?;
            }
        }
        let action = |(parameter, value)| Action::Parameter { view: view.clone(), parameter, value };
        Some(values.into_iter().map(action).collect())
    }

    fn set_stimulus(
        &self,
        number: usize,
        fields: &[Entry<'a>],
        progress: &mut Progress,
    ) -> Option<Vec<Action>> {
        let model = self.stimuli.get(number)?.stimulus.as_ref()?.model;
        let read = |&Entry { key, node }: &Entry<'a>| {
            let parameter = model.declaration.parameter(key)?;
            Some((parameter, self.context.given_single(node, &model.declaration.parameters[parameter])?))
        };
        let values: Vec<(usize, f64)> = all_of(fields.iter().map(read))?;
        for (i, &(parameter, value)) in values.iter().enumerate() {
            let together = progress.set_stimulus(number, parameter, value)?;
            let rest = values[i..].iter().copied();
            let check = |parameters: &[f64]| self.context.check_stimulus(&model, parameters);
            self.check_set(fields[i].node, model.declaration, together, rest, check)?;
        }
        let action = |(parameter, value)| Action::Stimulus { stimulus: number, parameter, value };
        Some(values.into_iter().map(action).collect())
    }

    /// Lets a model check its parameters after one of them was set at `node`. Where they do not fit, `rest`, the parameters
    /// set from here on, tells whether they would once all are set.
    fn check_set(
        &self,
        node: Node<'a>,
        model: &Declaration,
        parameters: Vec<f64>,
        rest: impl Iterator<Item = (usize, f64)>,
        check: impl Fn(&[f64]) -> Option<Result<(), ParameterError>>,
    ) -> Option<()> {
        let Some(Err(error)) = check(&parameters) else { return Some(()) };
        let mut at_last = parameters;
        rest.for_each(|(parameter, value)| at_last[parameter] = value);
        let messages = self.context.messages;
        let fault = messages.error(node.text, format!("`{}`: {}", model.name, error.message));
        messages.report(if let Some(Ok(())) = check(&at_last) {
            fault.note("parameters are set one after the other").help("write them in another order")
        } else {
            fault
        })
    }

    /// What an action is about.
    fn of(&self, name: &str, node: Node<'a>, entries: &[Entry<'a>]) -> Option<Node<'a>> {
        let of = entries.iter().find(|e| e.key == "of").map(|e| e.node);
        if of.is_some() {
            return of;
        }
        let error = self.context.messages.error(node.head, format!("`{name}` needs the argument `of`"));
        self.context.messages.report(error.help("add `of: \"E\"`"))
    }

    /// Reports names that another action would set.
    fn not_these(
        &self,
        entries: &[Entry<'a>],
        names: impl Iterator<Item = &'static str>,
        what: &str,
        action: &str,
    ) -> Option<()> {
        let names: Vec<&str> = names.collect();
        let Some(entry) = entries.iter().find(|entry| names.contains(&entry.key)) else { return Some(()) };
        let error = self.context.messages.error(entry.key, format!("`{}` is {what}", entry.key));
        self.context.messages.report(error.help(format!("set it with `{action}`")))
    }

    /// What an action sets.
    fn given(
        &self,
        name: &str,
        item: &'static str,
        node: Node<'a>,
        entries: Vec<Entry<'a>>,
        names: &[&str],
    ) -> Option<Vec<Entry<'a>>> {
        let messages = self.context.messages;
        let mut entries = entries;
        let of = entries.iter().position(|e| e.key == "of")?;
        entries.remove(of);
        let n = entries.len();
        if n == 0 {
            let error = messages.error(node.head, format!("`{name}` sets nothing"));
            return messages.report(error.help(all(names, item)));
        }
        let form = Form { what: &format!("`{name}`"), item, allowed: names };
        let given = Fields::of(node, entries, form, messages).into_entries();
        (given.len() == n).then_some(given)
    }

    /// The model that all neurons of a view have.
    fn model(&self, node: Node<'a>, view: &View) -> Option<NeuronEntry> {
        let mut first: Option<(&str, NeuronEntry)> = None;
        for population in view.populations() {
            let slot = self.views.populations.get(population as usize)?;
            let model = slot.model?;
            let (name, other) = *first.get_or_insert((slot.name, model));
            if other.declaration.name != model.declaration.name {
                let (a, b) = (other.declaration.name, model.declaration.name);
                let message = format!("`{name}` and `{}` have different models, `{a}` and `{b}`", slot.name);
                let error = self.context.messages.error(node.field("of").unwrap_or(node).text, message);
                return self.context.messages.report(error.help("use one action for each"));
            }
        }
        first.map(|(_, model)| model)
    }
}

fn parameters(model: &Declaration) -> Vec<&'static str> {
    model.parameters.iter().map(|p| p.name).collect()
}
