//! The state variables that recorders sample.

use neuropil_core::units::MV;
use neuropil_network::View;

use super::Recorders;
use crate::context::Wanted;
use crate::fields::Fields;
use crate::node::{Node, Shape};
use crate::suggest::did_you_mean;

/// The membrane potential.
const V_M: &str = "V_m";

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

    /// What is shown as the membrane potential where a neuron fires.
    pub(super) fn pasted_spikes(&self, fields: &Fields<'a>) -> Option<Option<f64>> {
        let Some(node) = fields.get("pasted_spikes") else { return Some(None) };
        self.context.finite(node, Wanted::new("pasted_spikes", MV)).map(Some)
    }

    /// Warns that spikes between samples will not be seen.
    pub(super) fn warn_of_missed_spikes(&self, fields: &Fields<'a>, interval: u64) {
        if let Some(node) = fields.get("pasted_spikes").filter(|_| interval > 1) {
            let message = "spikes between two samples are not pasted";
            let warning = self.context.messages.warning(node.head, message);
            self.context.messages.report::<()>(warning.help("leave `interval` out, to sample in every step"));
        }
    }

    /// Spikes can be pasted only where the membrane potential is recorded.
    pub(super) fn check_pasted(&self, fields: &Fields<'a>, variables: &[String]) -> Option<()> {
        let Some(node) = fields.get("pasted_spikes").filter(|_| variables.iter().all(|v| v != V_M)) else {
            return Some(());
        };
        let message = format!("spikes are pasted into `{V_M}`, which is not recorded");
        let error = self.context.messages.error(node.head, message);
        self.context.messages.report(error.help(format!("add \"{V_M}\" to `variables`")))
    }
}
