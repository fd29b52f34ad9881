//! The synapse types of a scene.
//!
//! The unit of a weight is that of the receptor it reaches, so a type is resolved once for each unit with which
//! projections use it.

use std::cell::{Cell, RefCell};

use neuropil_core::engine::SynapseEntry;
use neuropil_core::units::{MS, Unit};
use neuropil_core::{Declaration, ModelKind, Parameter, Range, Value};
use neuropil_network::SynapseType;

use crate::context::{Context, Wanted};
use crate::fields::named;
use crate::messages::all_of;
use crate::names::check_title;
use crate::node::{Node, Shape};
use crate::numbers::number;
use crate::parameters::ModelUse;
use crate::suggest::{did_you_mean, list};

/// The synapse types of a scene, named or in place, and what they have been resolved to.
pub(crate) struct Synapses<'a> {
    named: Vec<Named<'a>>,
    resolved: RefCell<Vec<Resolved<'a>>>,
}

struct Named<'a> {
    name: &'a str,
    synapse: Option<Synapse<'a>>,
    used: Cell<bool>,
}

/// A synapse type before the unit of its weight is known.
#[derive(Clone)]
pub(crate) struct Synapse<'a> {
    name: String,
    entry: SynapseEntry,
    model: ModelUse<'a>,
    nodes: Vec<Option<Node<'a>>>,
}

struct Resolved<'a> {
    /// The text of the definition, which tells it from others.
    place: &'a str,
    unit: Option<Unit>,
    /// Its number among those without errors.
    number: Option<usize>,
    synapse: Option<SynapseType>,
}

impl Synapse<'_> {
    /// The model.
    pub(crate) fn model(&self) -> &'static Declaration {
        self.entry.declaration
    }

    /// Whether the scene gives the parameter of this name a distribution.
    pub(crate) fn has_random(&self, name: &str) -> bool {
        let node = self.entry.declaration.parameter(name).and_then(|i| self.nodes[i]);
        node.is_some_and(|node| matches!(node.shape(), Shape::Group { .. }))
    }
}

/// The name of the parameter that is a weight, if a synapse model has one.
pub(crate) fn weight_of(model: &Declaration) -> Option<&'static str> {
    model.parameters.iter().find(|p| p.unit.is_none()).map(|p| p.name)
}

/// Delays beyond this need buffers that are out of proportion.
const MAX_DELAY_STEPS: u32 = 1_000_000;

impl<'a> Synapses<'a> {
    pub(crate) fn read(node: Option<Node<'a>>, context: &Context<'a>) -> Self {
        let entries = node.map(|n| named(n, "synapse type", context.messages)).unwrap_or_default();
        let read = |key: &'a str, node| {
            check_title(key, key, "synapse type", context.messages);
            Named { name: key, synapse: context.synapse(key, node), used: Cell::new(false) }
        };
        let named = entries.into_iter().map(|e| read(e.key, e.node)).collect();
        Self { named, resolved: RefCell::default() }
    }

    /// Checks the types that nothing uses, and warns of them.
    pub(crate) fn warn_of_unused(&self, context: &Context<'a>) {
        for named in self.named.iter().filter(|t| !t.used.get()) {
            if let Some(synapse) = &named.synapse {
                context.synapse_type(synapse, None, None);
            }
            let message = format!("the synapse type `{}` is not used", named.name);
            context.messages.report::<()>(context.messages.warning(named.name, message));
        }
    }

    /// The type that a projection or recorder names.
    pub(crate) fn by_name(&self, name: &str, slice: &str, context: &Context<'a>) -> Option<&Synapse<'a>> {
        if let Some(named) = self.named.iter().find(|t| t.name == name) {
            named.used.set(true);
            return named.synapse.as_ref();
        }
        let error = context.messages.error(slice, format!("there is no synapse type `{name}`"));
        let names: Vec<&str> = self.named.iter().map(|t| t.name).collect();
        context.messages.report(if context.registry.synapse(name).is_some() {
            error
                .help(format!("the built-in model is written without quotes: `synapse: {name}(weight: ...)`"))
        } else {
            error.help(did_you_mean(name, &names, "synapse type"))
        })
    }

    /// The number of a type whose weights are in `unit`; the first of its resolutions where that is `None`.
    pub(crate) fn resolve(
        &self,
        synapse: &Synapse<'a>,
        unit: Option<Unit>,
        reason: Option<&str>,
        context: &Context<'a>,
    ) -> Option<usize> {
        let mut resolved = self.resolved.borrow_mut();
        let place = synapse.model.node.text;
        let same = |r: &&Resolved<'_>| std::ptr::eq(r.place, place) && (unit.is_none() || r.unit == unit);
        if let Some(known) = resolved.iter().find(same) {
            return known.number;
        }
        let mut result = context.synapse_type(synapse, unit, reason);
        let number = result.is_some().then(|| resolved.iter().filter(|r| r.synapse.is_some()).count());
        if let Some(synapse) = &mut result {
            synapse.name = self.free_name(synapse.name.clone(), place, &resolved);
        }
        resolved.push(Resolved { place, unit, number, synapse: result });
        number
    }

    /// `name`, numbered if another type has it: one defined in place, or the same type with other units.
    fn free_name(&self, name: String, place: &str, resolved: &[Resolved<'a>]) -> String {
        let is_free = |name: &String| {
            let place_of = |s: &Synapse<'a>| s.model.node.text;
            let named = self.named.iter().filter(|t| t.name == *name).filter_map(|t| t.synapse.as_ref());
            let mut others = named.filter(|s| !std::ptr::eq(place_of(s), place));
            others.next().is_none() && resolved.iter().flat_map(|r| &r.synapse).all(|s| s.name != *name)
        };
        let numbered = (2..).map(|i| format!("{name} #{i}"));
        std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name)
    }

    /// The types that projections and recorders use.
    pub(crate) fn into_types(self) -> Vec<SynapseType> {
        self.resolved.into_inner().into_iter().filter_map(|r| r.synapse).collect()
    }
}

impl<'a> Context<'a> {
    /// A synapse type called `name`, defined at `node`.
    pub(crate) fn synapse(&self, name: &str, node: Node<'a>) -> Option<Synapse<'a>> {
        let model = ModelUse::read(node, "synapse", self.messages)?;
        let Some(entry) = self.registry.synapse(model.name).copied() else {
            return self.no_model(model.name, ModelKind::Synapse);
        };
        let nodes = model.parameters(entry.declaration, self.messages);
        Some(Synapse { name: name.to_owned(), entry, model, nodes })
    }

    /// The smallest and the largest weight, in whatever unit: only their signs count.
    pub(crate) fn weight_bounds(&self, synapse: &Synapse<'a>) -> Option<(f64, f64)> {
        let mut parameters = synapse.entry.declaration.parameters.iter().zip(&synapse.nodes);
        let Some((parameter, node)) = parameters.find(|(p, _)| p.unit.is_none()) else {
            return Some((0.0, 0.0));
        };
        let Some(node) = *node else { return Some((parameter.default, parameter.default)) };
        let wanted = Wanted { name: parameter.name, unit: None, reason: None };
        self.value(node, wanted, parameter.range).map(|value| value.bounds())
    }

    /// Checks that synapses of a type have a weight.
    pub(crate) fn weight_parameter(&self, slice: &str, synapse: &Synapse<'a>) -> Option<()> {
        if weight_of(synapse.model()).is_some() {
            return Some(());
        }
        self.fail(slice, format!("synapses of the model `{}` have no weight", synapse.model().name))
    }

    /// Refuses a delay that differs between the targets of a stimulus.
    pub(crate) fn check_delay_of_device(&self, synapse: &Synapse<'a>) -> Option<()> {
        let declaration = synapse.entry.declaration;
        let Some(place) = declaration.parameter("delay") else { return Some(()) };
        let Some(node) = synapse.nodes[place] else { return Some(()) };
        let parameter = &declaration.parameters[place];
        let wanted = Wanted { name: parameter.name, unit: parameter.unit, reason: None };
        if self.value(node, wanted, parameter.range)?.constant().is_some() {
            return Some(());
        }
        let error =
            self.messages.error(node.text, "a stimulus reaches all targets of a projection after one delay");
        self.messages
            .report(error.help("give one delay here, and use a projection for each group of targets"))
    }

    fn synapse_type(
        &self,
        synapse: &Synapse<'a>,
        unit: Option<Unit>,
        reason: Option<&str>,
    ) -> Option<SynapseType> {
        let declared = synapse.entry.declaration.parameters.iter();
        let read = |(parameter, node): (&Parameter, &Option<Node<'a>>)| {
            self.synapse_parameter(*node, parameter, &synapse.model, unit, reason)
        };
        let parameters = all_of(declared.zip(&synapse.nodes).map(read))?;
        Some(SynapseType { name: synapse.name.clone(), model: synapse.entry, parameters })
    }

    fn synapse_parameter(
        &self,
        node: Option<Node<'a>>,
        parameter: &Parameter,
        model: &ModelUse<'a>,
        unit: Option<Unit>,
        reason: Option<&str>,
    ) -> Option<Value> {
        let is_delay = parameter.name == "delay";
        let reason = reason.filter(|_| parameter.unit.is_none());
        let wanted = Wanted { name: parameter.name, unit: parameter.unit.or(unit), reason };
        // A delay has stricter limits than its range.
        let range = if is_delay { Range::AnyOrInfinite } else { parameter.range };
        let value = match node {
            None if is_delay => Value::Constant(parameter.default),
            None => return self.parameter(None, parameter, model),
            Some(node) => self.value(node, wanted, range)?,
        };
        let slice = node.map_or(model.name, |n| n.text);
        let value = self.not_a_list(value, slice, parameter.name)?;
        if is_delay {
            self.check_delay(slice, "", &value)?;
        }
        Some(value)
    }

    /// A value of synapses, which are drawn one by one.
    pub(crate) fn not_a_list(&self, value: Value, slice: &str, name: &str) -> Option<Value> {
        let Value::List(_) = value else { return Some(value) };
        let error = self.messages.error(slice, format!("`{name}` of synapses cannot be a list"));
        let distributions = list(&self.registry.names(ModelKind::Distribution), "and");
        self.messages.report(error.help(format!("give a number or one of the distributions {distributions}")))
    }

    /// Delays are whole numbers of steps, at least one; those from a distribution are rounded. Messages put `place` behind
    /// the delay.
    pub(crate) fn check_delay(&self, slice: &str, place: &str, value: &Value) -> Option<()> {
        let Some(grid) = self.grid else { return Some(()) };
        let (low, high) = value.bounds();
        let dt = grid.dt_ms();
        let fault = |message: String| self.messages.error(slice, message);
        let advice = "use `uniform`, or `normal` with `low` and `high`";
        if low < dt * (1.0 - 1e-9) {
            let least = format!("a delay must be at least one step of {} {MS}", number(dt));
            return self.messages.report(match value {
                Value::Random(_) if low.is_finite() => {
                    fault(format!("{least}, but this distribution begins at {} {MS}", number(low)))
                        .help(advice)
                }
                Value::Random(_) => {
                    fault(format!("{least}, but this distribution has no lower end")).help(advice)
                }
                _ => fault(format!("{least}, but this is {} {MS}{place}", number(low))),
            });
        }
        if !high.is_finite() {
            let random = matches!(value, Value::Random(_)).then_some(advice);
            return self
                .messages
                .report(fault("a delay must have an upper limit".to_owned()).help_if(random));
        }
        if high / dt > f64::from(MAX_DELAY_STEPS) {
            let message = format!(
                "a delay of {} {MS}{place} is more than {MAX_DELAY_STEPS} steps of {} {MS}",
                number(high),
                number(dt)
            );
            return self.messages.report(fault(message));
        }
        match value.constant().and_then(|x| grid.steps(x).err()) {
            Some(error) => self.off_grid(slice, &format!("the delay{place}"), &error),
            None => Some(()),
        }
    }
}
