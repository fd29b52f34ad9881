//! The arguments of connection rules and distributions, checked against what these declare.

use neuropil_core::units::NONE;
use neuropil_core::{Declaration, Parameter, Range};

use crate::context::{Context, Wanted};
use crate::fields::{Fields, Form, boolean};
use crate::messages::{Messages, all_of};
use crate::node::{Entry, Node};
use crate::numbers::number;

/// What a scene gives, by name: `what` is the rule or the distribution in messages.
pub(crate) fn arguments<'a>(
    what: &str,
    declaration: &Declaration,
    owner: Node<'a>,
    entries: Vec<Entry<'a>>,
    messages: &Messages<'_>,
) -> Fields<'a> {
    let names: Vec<&str> = declaration.parameters.iter().map(|parameter| parameter.name).collect();
    Fields::of(owner, entries, Form { what, item: "argument", allowed: &names }, messages)
}

impl<'a> Context<'a> {
    /// The values of all declared arguments, in order. Those without a unit of their own have that of `wanted`.
    pub(crate) fn argument_values(
        &self,
        fields: &Fields<'a>,
        declaration: &Declaration,
        wanted: Wanted<'_>,
    ) -> Option<Vec<f64>> {
        let value = |parameter: &Parameter| {
            let unit = parameter.unit.or(wanted.unit);
            self.argument(fields, parameter, Wanted { name: parameter.name, unit, ..wanted })
        };
        all_of(declaration.parameters.iter().map(value))
    }

    fn argument(&self, fields: &Fields<'a>, parameter: &Parameter, wanted: Wanted<'_>) -> Option<f64> {
        let Parameter { name, range, default, required, .. } = *parameter;
        let node = match fields.get(name) {
            Some(node) => node,
            None if required => fields.require(name, &example(default, wanted), self.messages)?,
            None => return Some(default),
        };
        match range {
            Range::Flag => boolean(node, name, self.messages).map(|flag| f64::from(u8::from(flag))),
            Range::Choice(words) => self.choice(node, name, words),
            Range::Count => self.whole_up_to(node, name, u64::from(u32::MAX - 1)),
            Range::CountUpTo(most) => self.whole_up_to(node, name, most),
            range => self.scalar(node, wanted, range),
        }
    }

    fn whole_up_to(&self, node: Node<'a>, name: &str, most: u64) -> Option<f64> {
        let x = self.whole(node, name)?;
        if x <= most as f64 {
            return Some(x);
        }
        self.fail(node.text, format!("`{name}` is {}, but can be at most {most}", number(x)))
    }
}

/// A value, as a scene would write it.
fn example(value: f64, wanted: Wanted<'_>) -> String {
    match wanted.unit {
        Some(unit) if unit != NONE => format!("\"{value} {unit}\""),
        _ => value.to_string(),
    }
}
