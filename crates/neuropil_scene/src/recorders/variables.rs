//! The state variables that recorders sample.

use neuropil_core::engine::RecorderEntry;
use neuropil_core::{Declaration, Sees};
use neuropil_network::View;

use super::Recorders;
use crate::fields::Fields;
use crate::node::{Node, Shape};
use crate::suggest::did_you_mean;

impl<'a> Recorders<'a, '_> {
    /// The names of state variables that all neurons of a view have.
    pub(super) fn variables(&self, node: Node<'a>, view: &View) -> Option<Vec<String>> {
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
        let Some((name, slice)) = node.as_name() else {
            let found = node.shape().describe();
            return self
                .context
                .fail(node.text, format!("expected the name of a state variable, found {found}"));
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
        Some(name.into_owned())
    }

    /// The models of the populations of a view.
    pub(super) fn models(&self, view: &View) -> Option<Vec<&'static Declaration>> {
        let model = |&population: &u32| {
            self.views.populations.get(population as usize)?.model.as_ref().map(|entry| entry.declaration)
        };
        view.populations().iter().map(model).collect()
    }

    /// Checks that all neurons of a recorder have the variables that its kind samples.
    pub(super) fn check_sampled(
        &self,
        kind: &RecorderEntry,
        sees: &Sees,
        view: &View,
        fields: &Fields<'a>,
    ) -> Option<()> {
        let Some(samples) = &sees.samples else { return Some(()) };
        for population in view.populations() {
            let slot = self.views.populations.get(population as usize)?;
            let model = slot.model?.declaration;
            if let Some(missing) = samples.variables.iter().find(|name| model.state(name).is_none()) {
                let place = fields.get("of").unwrap_or(fields.owner()).text;
                let (model, of, kind) = (model.name, slot.name, kind.declaration.name);
                let message = format!(
                    "the model `{model}` of `{of}` has no state variable `{missing}`, which `{kind}` records"
                );
                return self.context.fail(place, message);
            }
        }
        Some(())
    }
}
