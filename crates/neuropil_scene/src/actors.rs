//! What acts on a network: processes, and the actions that plugins bring.

use neuropil_core::engine::Directory;
use neuropil_core::{ActorSetup, Declaration, Parameter, ParameterError, Range};
use neuropil_network::View;

use crate::context::Context;
use crate::fields::{Fields, unknown};
use crate::messages::all_of;
use crate::node::Node;
use crate::parameters::ModelUse;
use crate::stimuli::DeclaredStimulus;
use crate::views::Views;

/// Reads what acts on neurons.
#[derive(Clone, Copy)]
pub(crate) struct Actors<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) views: &'r Views<'a, 'r>,
    pub(crate) stimuli: &'r [DeclaredStimulus<'a>],
}

/// What acts, on which neurons, with which values of its parameters.
pub(crate) struct Actor<'a> {
    pub(crate) of: View,
    pub(crate) parameters: Vec<f64>,
    model: ModelUse<'a>,
    fields: Fields<'a>,
}

impl<'a> Actors<'a, '_> {
    /// The use of a model that is declared so.
    pub(crate) fn read(&self, model: ModelUse<'a>, declaration: &Declaration) -> Option<Actor<'a>> {
        let messages = self.context.messages;
        let fields = model.fields(&["of"], declaration, messages);
        let of = fields.require("of", "\"E\"", messages).and_then(|node| self.views.read(node));
        let value = |p: &Parameter| self.parameter(fields.get(p.name), p, &model);
        let parameters = all_of(declaration.parameters.iter().map(value));
        Some(Actor { of: of?, parameters: parameters?, model, fields })
    }

    fn parameter(&self, node: Option<Node<'a>>, parameter: &Parameter, model: &ModelUse<'a>) -> Option<f64> {
        let messages = self.context.messages;
        let populations = || self.views.populations.iter().map(|p| p.name).collect();
        let names: Vec<&str> = match parameter.range {
            Range::Population => populations(),
            Range::Stimulus => self.stimuli.iter().map(|stimulus| stimulus.name).collect(),
            _ => return self.context.single(node, parameter, model),
        };
        let (name, what) = (parameter.name, parameter.range.to_string());
        let Some(node) = node else {
            let error = messages.error(model.name, format!("the parameter `{name}` is missing"));
            return messages.report(error.help(format!("add `{name}: \"...\"`, the name of {what}")));
        };
        let Some((word, slice)) = node.as_name() else {
            let found = node.shape().describe();
            return self
                .context
                .fail(node.text, format!("`{name}` is the name of {what}, but this is {found}"));
        };
        match names.iter().position(|name| *name == word) {
            Some(number) => Some(number as f64),
            None => unknown(slice, &word, what.trim_start_matches("a "), &names, messages),
        }
    }

    /// Lets a model check its parameters against the network, as far as that has no errors.
    pub(crate) fn check(
        &self,
        actor: &Actor<'a>,
        declaration: &Declaration,
        interval_ms: f64,
        check: impl Fn(&ActorSetup<'_>) -> Result<(), ParameterError>,
    ) -> Option<()> {
        let directory = self.directory()?;
        let Actor { of, parameters, model, fields } = actor;
        let Err(error) = check(&ActorSetup { parameters, interval_ms, of, directory: &directory }) else {
            return Some(());
        };
        let place = fields.get(error.parameter).map_or(model.name, |node| node.text);
        self.context.fail(place, format!("`{}`: {}", declaration.name, error.message))
    }

    fn directory(&self) -> Option<Directory> {
        let precision = self.context.precision;
        let populations = self.views.populations.iter().map(|slot| slot.population.as_ref());
        let stimuli = self.stimuli.iter().map(|stimulus| stimulus.stimulus.as_ref());
        Some(Directory {
            grid: self.context.grid?,
            seed: 0,
            precision,
            populations: populations
                .map(|p| p.map(|p| p.model.list(&p.name, p.n, precision)))
                .collect::<Option<_>>()?,
            stimuli: stimuli
                .map(|s| s.map(|s| s.model.list(&s.name, &s.parameters, precision)))
                .collect::<Option<_>>()?,
        })
    }
}
