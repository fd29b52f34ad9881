//! The processes of a scene.

use neuropil_core::ModelKind;
use neuropil_core::engine::ProcessEntry;
use neuropil_network::Process;

use crate::actors::{Actor, Actors};
use crate::fields::named;
use crate::messages::all_of;
use crate::names::check_name;
use crate::node::{Entry, Node};
use crate::parameters::ModelUse;

impl<'a> Actors<'a, '_> {
    /// Reads all processes.
    pub(crate) fn processes(&self, node: Option<Node<'a>>) -> Option<Vec<Process>> {
        let entries = node.map(|n| named(n, "process", self.context.messages)).unwrap_or_default();
        all_of(entries.into_iter().map(|entry| self.process(entry)))
    }

    fn process(&self, Entry { key, node }: Entry<'a>) -> Option<Process> {
        let context = &self.context;
        let good_name = check_name(key, "process", context.messages);
        let model = ModelUse::read(node, "process", context.messages)?;
        let Some(entry) = context.registry.process(model.name).copied() else {
            return context.no_model(model.name, ModelKind::Process);
        };
        let actor = self.read(model, entry.declaration)?;
        let interval_ms = *actor.parameters.first()?;
        let interval = context.grid?.steps(interval_ms).unwrap_or(1).max(1);
        self.check(&actor, entry.declaration, interval_ms, |setup| entry.check(setup))?;
        good_name.then(|| process(key, entry, actor, interval))
    }
}

fn process(name: &str, model: ProcessEntry, actor: Actor<'_>, interval: u64) -> Process {
    let Actor { of, parameters, .. } = actor;
    Process { name: name.to_owned(), model, of, parameters, interval }
}
