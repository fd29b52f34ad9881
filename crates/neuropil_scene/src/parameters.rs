//! The parameters of models, checked against what the models declare.

use neuropil_core::{Declaration, ModelKind, Parameter, ParameterError, TimeGrid, Value};

use crate::context::{Context, Wanted};
use crate::fields::{Fields, Form, unknown};
use crate::messages::Messages;
use crate::node::{Entry, Node, Shape};
use crate::numbers::off_grid;
use crate::suggest::all;

/// A model as a scene uses it: `name`, or `name(parameter: value, ...)`.
#[derive(Clone)]
pub(crate) struct ModelUse<'a> {
    /// The name of the model, as it stands in the scene.
    pub(crate) name: &'a str,
    /// The whole use.
    pub(crate) node: Node<'a>,
    entries: Vec<Entry<'a>>,
}

impl<'a> ModelUse<'a> {
    /// The use of a model that stands at `node`, if it looks like one.
    pub(crate) fn read(node: Node<'a>, kind: &str, messages: &Messages<'_>) -> Option<Self> {
        match node.shape() {
            Shape::Word(name) => Some(Self { name, node, entries: Vec::new() }),
            Shape::Group { name, entries } if !name.is_empty() => Some(Self { name, node, entries }),
            Shape::Tuple { name } if !name.is_empty() => {
                let error = messages.error(node.text, format!("the parameters of `{name}` need their names"));
                messages.report(error.help(format!("write `{name}(parameter: value)`")))
            }
            shape => {
                let message = format!("expected a {kind} model, found {}", shape.describe());
                messages
                    .report(messages.error(node.text, message).help("write `model(parameter: value, ...)`"))
            }
        }
    }

    /// The nodes of the parameters, in the order of the declaration.
    pub(crate) fn parameters(
        &self,
        declaration: &Declaration,
        messages: &Messages<'_>,
    ) -> Vec<Option<Node<'a>>> {
        let fields = self.fields(&[], declaration, messages);
        declaration.parameters.iter().map(|p| fields.get(p.name)).collect()
    }

    /// What the use gives: parameters, and `others`.
    pub(crate) fn fields(
        &self,
        others: &[&'static str],
        declaration: &Declaration,
        messages: &Messages<'_>,
    ) -> Fields<'a> {
        let parameters = declaration.parameters.iter().map(|p| p.name);
        let names: Vec<&str> = others.iter().copied().chain(parameters).collect();
        let owner = Node { head: self.name, ..self.node };
        let what = match declaration.kind {
            ModelKind::Process | ModelKind::Action => {
                format!("the {} `{}`", declaration.kind, declaration.name)
            }
            _ => format!("the model `{}`", declaration.name),
        };
        let form = Form { what: &what, item: "parameter", allowed: &names };
        Fields::of(owner, self.entries.clone(), form, messages)
    }
}

impl<'a> Context<'a> {
    /// The value of a parameter; the default where `node` is `None`.
    pub(crate) fn parameter(
        &self,
        node: Option<Node<'a>>,
        parameter: &Parameter,
        model: &ModelUse<'a>,
    ) -> Option<Value> {
        match node {
            Some(node) => self.given(node, parameter),
            None => self.default(parameter, model).map(Value::Constant),
        }
    }

    /// The value that a scene gives a parameter.
    pub(crate) fn given(&self, node: Node<'a>, parameter: &Parameter) -> Option<Value> {
        let wanted = Wanted { name: parameter.name, unit: parameter.unit, reason: None };
        let value = self.value(node, wanted, parameter.range)?;
        if parameter.on_grid {
            self.check_on_grid(node, parameter, &value)?;
        }
        Some(value)
    }

    /// The value of a parameter that must be one number.
    pub(crate) fn single(
        &self,
        node: Option<Node<'a>>,
        parameter: &Parameter,
        model: &ModelUse<'a>,
    ) -> Option<f64> {
        match node {
            Some(node) => self.given_single(node, parameter),
            None => self.default(parameter, model),
        }
    }

    /// The value that a scene gives a parameter that must be one number.
    pub(crate) fn given_single(&self, node: Node<'a>, parameter: &Parameter) -> Option<f64> {
        match self.given(node, parameter)? {
            Value::Constant(x) => Some(x),
            Value::List(_) | Value::Random(_) => self.one_number(
                node,
                parameter.name,
                "a stimulus has one value of each parameter, whatever the number of its targets",
            ),
        }
    }

    fn default(&self, parameter: &Parameter, model: &ModelUse<'a>) -> Option<f64> {
        let fault = |grid: TimeGrid| grid.steps(parameter.default).err();
        let needs_grid = parameter.on_grid && parameter.default.is_finite();
        match self.grid.filter(|_| needs_grid).and_then(fault) {
            None => Some(parameter.default),
            Some(error) => {
                let message =
                    format!("the default of `{}` does not fit `dt`: {}", parameter.name, off_grid(&error).1);
                let help = format!("give `{}` a value", parameter.name);
                self.messages.report(self.messages.error(model.name, message).help(help))
            }
        }
    }

    fn check_on_grid(&self, node: Node<'a>, parameter: &Parameter, value: &Value) -> Option<()> {
        match value {
            Value::Constant(x) if x.is_infinite() => Some(()),
            Value::Constant(x) => {
                self.grid.map_or(Some(()), |_| self.on_grid(node, parameter.name, *x).map(|_| ()))
            }
            Value::List(list) => self.check_list_on_grid(node, parameter, list),
            Value::Random(_) => {
                let message =
                    format!("`{}` must be a whole number of steps, so it cannot be random", parameter.name);
                self.messages.report(self.messages.error(node.text, message).help("give a number or a list"))
            }
        }
    }

    fn check_list_on_grid(&self, node: Node<'a>, parameter: &Parameter, list: &[f64]) -> Option<()> {
        let wrong = |x: &f64| x.is_finite() && self.grid.is_some_and(|grid| grid.steps(*x).is_err());
        let Some(i) = list.iter().position(wrong) else { return Some(()) };
        let item = if let Shape::List(items) = node.shape() { *items.get(i)? } else { node };
        self.on_grid(item, parameter.name, list[i]).map(|_| ())
    }

    /// Reports that there is no model of this kind and name.
    pub(crate) fn no_model<T>(&self, name: &str, kind: ModelKind) -> Option<T> {
        let names = self.registry.names(kind);
        let what = format!("{kind} model");
        match self.registry.declarations().find(|d| d.name == name) {
            Some(other) => {
                let message = format!("`{name}` is a {} model, not a {what}", other.kind);
                self.messages.report(self.messages.error(name, message).help(all(&names, &what)))
            }
            None => unknown(name, name, &what, &names, self.messages),
        }
    }

    /// Reports what a model says about its parameters together.
    pub(crate) fn blame<T>(
        &self,
        error: &ParameterError,
        declaration: &Declaration,
        nodes: &[Option<Node<'a>>],
        model: &ModelUse<'a>,
    ) -> Option<T> {
        let node = declaration.parameter(error.parameter).and_then(|i| nodes.get(i).copied().flatten());
        let slice = node.map_or(model.name, |n| n.text);
        let message = format!("`{}`: {}", declaration.name, error.message);
        self.fail(slice, message)
    }
}
