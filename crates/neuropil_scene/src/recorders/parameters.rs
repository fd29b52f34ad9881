//! The numbers that recorders are given.

use neuropil_core::units::MS;
use neuropil_core::{Declaration, Parameter, Range, Value};

use super::Recorders;
use crate::context::Wanted;
use crate::fields::Fields;
use crate::node::Node;
use crate::numbers::off_grid;

impl<'a> Recorders<'a, '_> {
    /// The values of all declared parameters.
    pub(super) fn parameters(&self, declaration: &Declaration, fields: &Fields<'a>) -> Option<Vec<f64>> {
        let values: Vec<_> = declaration.parameters.iter().map(|p| self.parameter(p, fields)).collect();
        values.into_iter().collect()
    }

    fn parameter(&self, parameter: &Parameter, fields: &Fields<'a>) -> Option<f64> {
        let example = parameter.default.to_string();
        let node = if parameter.required {
            Some(fields.require(parameter.name, &example, self.context.messages)?)
        } else {
            fields.get(parameter.name)
        };
        node.map_or_else(|| self.default(parameter, fields), |node| self.given(parameter, node))
    }

    fn given(&self, parameter: &Parameter, node: Node<'a>) -> Option<f64> {
        let Parameter { name, unit, range, on_grid, .. } = *parameter;
        let whole_steps = on_grid && unit == Some(MS) && range == Range::Positive;
        match (unit, range) {
            _ if whole_steps => {
                let steps = self.at_least_a_step(node, name)?;
                self.context.grid.map(|grid| grid.time_ms(steps))
            }
            (Some(unit), Range::Finite) => self.context.finite(node, Wanted::new(name, unit)),
            _ => match self.context.given(node, parameter)? {
                Value::Constant(x) => Some(x),
                Value::List(_) | Value::Random(_) => self.context.one_number(
                    node,
                    name,
                    "a recorder writes one table, whatever the number of its neurons",
                ),
            },
        }
    }

    fn default(&self, parameter: &Parameter, fields: &Fields<'a>) -> Option<f64> {
        let needs_grid = parameter.on_grid && parameter.default.is_finite() && !parameter.is_optional();
        let grid = self.context.grid.filter(|_| needs_grid);
        let Some(error) = grid.and_then(|grid| grid.steps(parameter.default).err()) else {
            return Some(parameter.default);
        };
        let messages = self.context.messages;
        let why = off_grid(&error).1;
        let message = format!("the default of `{}` does not fit `dt`: {why}", parameter.name);
        let error = messages.error(fields.owner().head, message);
        messages.report(error.help(format!("give `{}` a value", parameter.name)))
    }

    /// A time that is at least one step.
    pub(super) fn at_least_a_step(&self, node: Node<'a>, name: &str) -> Option<u64> {
        let steps = self.context.steps(node, name)?;
        if steps > 0 {
            return Some(steps);
        }
        self.context.fail(node.text, format!("`{name}` must be at least one step"))
    }
}
