//! The neuron models and the populations of a scene.

use std::cell::Cell;
use std::collections::BTreeMap;

use neuropil_core::engine::NeuronEntry;
use neuropil_core::{Column, ModelKind, Parameter, ParameterError, Range, Slice, SliceSetup, Value};
use neuropil_network::Population;

use crate::context::{Context, Wanted};
use crate::fields::{Fields, Form, named};
use crate::messages::all_of;
use crate::names::check_name;
use crate::node::{Node, Shape};
use crate::parameters::ModelUse;
use crate::suggest::did_you_mean;

/// A neuron model with its parameters.
pub(crate) struct Neuron<'a> {
    pub(crate) entry: NeuronEntry,
    parameters: Vec<Value>,
    nodes: Vec<Option<Node<'a>>>,
}

/// The named neuron models of a scene; those with errors are `None`.
#[derive(Default)]
pub(crate) struct Models<'a> {
    list: BTreeMap<&'a str, (Option<Neuron<'a>>, Cell<bool>)>,
}

/// The neurons that a name stands for; what has errors is `None`.
pub(crate) struct Slot<'a> {
    pub(crate) name: &'a str,
    pub(crate) n: Option<u32>,
    pub(crate) model: Option<NeuronEntry>,
    pub(crate) population: Option<Population>,
}

impl<'a> Models<'a> {
    pub(crate) fn read(node: Option<Node<'a>>, context: &Context<'a>) -> Self {
        let entries = node.map(|n| named(n, "model", context.messages)).unwrap_or_default();
        let read = |node| (context.neuron(node), Cell::new(false));
        Self { list: entries.into_iter().map(|e| (e.key, read(e.node))).collect() }
    }

    /// Warns of models that no population has.
    pub(crate) fn warn_of_unused(&self, context: &Context<'a>) {
        for (name, _) in self.list.iter().filter(|(_, (_, used))| !used.get()) {
            let warning = context.messages.warning(name, format!("the model `{name}` is not used"));
            context.messages.report::<()>(warning);
        }
    }

    fn names(&self) -> Vec<&'a str> {
        self.list.keys().copied().collect()
    }
}

/// Reads all populations; each gets a slot, so that names stay known where the rest has errors.
pub(crate) fn read<'a>(node: Option<Node<'a>>, models: &Models<'a>, context: &Context<'a>) -> Vec<Slot<'a>> {
    let entries = node.map(|n| named(n, "population", context.messages)).unwrap_or_default();
    if let Some(node) = node.filter(|node| entries.is_empty() && matches!(node.shape(), Shape::Group { .. }))
    {
        context.messages.report::<()>(context.messages.warning(node.text, "the scene has no populations"));
    }
    entries
        .into_iter()
        .map(|entry| {
            check_name(entry.key, "population", context.messages);
            context.population(entry.key, entry.node, models)
        })
        .collect()
}

impl<'a> Context<'a> {
    fn population(&self, name: &'a str, node: Node<'a>, models: &Models<'a>) -> Slot<'a> {
        let mut slot = Slot { name, n: None, model: None, population: None };
        let form = Form { what: "a population", item: "field", allowed: &["n", "model", "initial"] };
        let Some(fields) = Fields::read(node, form, self.messages) else { return slot };
        slot.n = fields.require("n", "100", self.messages).and_then(|n| self.size(n));
        let model = fields.require("model", "iaf_psc_alpha()", self.messages);
        let in_place;
        let neuron = match model.map(Node::shape) {
            Some(Shape::Text(text)) => self.named_model(&text.content, text.inside(), models),
            Some(Shape::Word(name) | Shape::Group { name, .. }) if self.lacks_quotes(name, models) => {
                self.without_quotes(name)
            }
            Some(_) => {
                in_place = model.and_then(|m| self.neuron(m));
                in_place.as_ref()
            }
            None => None,
        };
        slot.model = neuron.map(|neuron| neuron.entry);
        let initial = neuron.and_then(|neuron| self.initial(fields.get("initial"), neuron, slot.n));
        let fits = slot.n.zip(neuron).is_some_and(|(n, neuron)| self.lists_fit(neuron, n));
        if let (Some(n), Some(neuron), Some(initial), true) = (slot.n, neuron, initial, fits) {
            let parameters = neuron.parameters.clone();
            slot.population =
                Some(Population { name: name.to_owned(), n, model: neuron.entry, parameters, initial });
        }
        slot
    }

    fn lacks_quotes(&self, name: &str, models: &Models<'a>) -> bool {
        models.list.contains_key(name) && self.registry.neuron(name).is_none()
    }

    fn without_quotes<T>(&self, name: &str) -> Option<T> {
        let error = self.messages.error(name, format!("the name of the model `{name}` must be in quotes"));
        self.messages.report(error.help(format!("write `model: \"{name}\"`")))
    }

    fn size(&self, node: Node<'a>) -> Option<u32> {
        let n = self.count(node, "n")?;
        if n > 0 {
            return Some(n);
        }
        self.fail(node.text, "a population has at least one neuron")
    }

    fn named_model<'m>(&self, name: &str, slice: &str, models: &'m Models<'a>) -> Option<&'m Neuron<'a>> {
        if let Some((neuron, used)) = models.list.get(name) {
            used.set(true);
            return neuron.as_ref();
        }
        let error = self.messages.error(slice, format!("there is no model `{name}` under `models`"));
        self.messages.report(if self.registry.neuron(name).is_some() {
            error.help(format!("the built-in model is written without quotes: `model: {name}()`"))
        } else {
            error.help(did_you_mean(name, &models.names(), "model"))
        })
    }

    /// A neuron model with its parameters, written in place.
    fn neuron(&self, node: Node<'a>) -> Option<Neuron<'a>> {
        let model = ModelUse::read(node, "neuron", self.messages)?;
        let Some(entry) = self.registry.neuron(model.name).copied() else {
            return self.no_model(model.name, ModelKind::Neuron);
        };
        let nodes = model.parameters(entry.declaration, self.messages);
        let declared = entry.declaration.parameters.iter();
        let parameters = all_of(declared.zip(&nodes).map(|(p, n)| self.parameter(*n, p, &model)))?;
        self.check_together(&entry, &parameters, &nodes, &model)?;
        Some(Neuron { entry, parameters, nodes })
    }

    /// Lets the model check its parameters together, where they are the same for all neurons.
    fn check_together(
        &self,
        entry: &NeuronEntry,
        parameters: &[Value],
        nodes: &[Option<Node<'a>>],
        model: &ModelUse<'a>,
    ) -> Option<()> {
        let constant = |value: &Value| value.constant().map(Column::Shared);
        let Some(columns) = parameters.iter().map(constant).collect::<Option<Vec<_>>>() else {
            return Some(());
        };
        match self.check_columns(entry, &columns)? {
            Ok(()) => Some(()),
            Err(error) => self.blame(&error, entry.declaration, nodes, model),
        }
    }

    fn check_columns(&self, entry: &NeuronEntry, columns: &[Column]) -> Option<Result<(), ParameterError>> {
        let slice = Slice { population: 0, start: 0, len: 1 };
        Some(entry.check(&SliceSetup {
            slice,
            grid: self.grid?,
            seed: 0,
            parameters: columns,
            stimulated: true,
        }))
    }

    /// What a model says about parameters that neurons have together.
    pub(crate) fn check_neurons(
        &self,
        entry: &NeuronEntry,
        parameters: &[f64],
    ) -> Option<Result<(), ParameterError>> {
        let columns: Vec<_> = parameters.iter().map(|&x| Column::Shared(x)).collect();
        self.check_columns(entry, &columns)
    }

    /// The values of state variables at the start.
    fn initial(
        &self,
        node: Option<Node<'a>>,
        neuron: &Neuron<'a>,
        n: Option<u32>,
    ) -> Option<Vec<Option<Value>>> {
        let states = neuron.entry.declaration.states;
        let Some(node) = node else { return Some(vec![None; states.len()]) };
        let names: Vec<&str> = states.iter().map(|s| s.name).collect();
        let what = format!("the state of `{}`", neuron.entry.declaration.name);
        let form = Form { what: &what, item: "variable", allowed: &names };
        let fields = Fields::read(node, form, self.messages)?;
        let values = states.iter().map(|state| match fields.get(state.name) {
            None => Some(None),
            Some(node) => {
                let value = self.value(node, Wanted::new(state.name, state.unit), Range::Finite)?;
                let fits = n.is_none_or(|n| self.list_fits(node, &value, state.name, n, "population"));
                fits.then_some(Some(value))
            }
        });
        all_of(values)
    }

    fn lists_fit(&self, neuron: &Neuron<'a>, n: u32) -> bool {
        let declared = neuron.entry.declaration.parameters.iter();
        let fits = |((parameter, value), node): ((&Parameter, &Value), &Option<Node<'a>>)| {
            node.is_none_or(|node| self.list_fits(node, value, parameter.name, n, "population"))
        };
        declared.zip(&neuron.parameters).zip(&neuron.nodes).filter(|&item| !fits(item)).count() == 0
    }

    /// Checks that a list has a value for each of the `n` neurons of `what`.
    pub(crate) fn list_fits(&self, node: Node<'a>, value: &Value, name: &str, n: u32, what: &str) -> bool {
        match value {
            Value::List(list) if list.len() != n as usize => {
                let message = format!("`{name}` has {} values, but the {what} has {n} neurons", list.len());
                let error = self.messages.error(node.text, message);
                self.messages
                    .report::<()>(error.help("give one value for each neuron, or one number for all"));
                false
            }
            _ => true,
        }
    }
}
