//! Rules, written out.

use neuropil_core::{Parameter, Value};
use neuropil_network::{ConnectionList, Rule};

use super::{of_parameter, quoted};

pub(super) fn rule(rule: &Rule) -> String {
    if let Some(list) = rule.downcast_ref::<ConnectionList>() {
        return match list.origin() {
            Some(path) => format!("file({})", quoted(&path.to_string_lossy())),
            None => connections(list),
        };
    }
    let argument = |(parameter, value): (&Parameter, f64)| {
        format!("{}: {}", parameter.name, of_parameter(parameter, &Value::Constant(value)))
    };
    let arguments: Vec<String> = rule.parameters().map(argument).collect();
    format!("{}({})", rule.name(), arguments.join(", "))
}

fn connections(list: &ConnectionList) -> String {
    let entry = |i: usize| {
        let mut text = format!("({}, {}", list.source()[i], list.target()[i]);
        for column in [list.weight(), list.delay()].into_iter().flatten() {
            text += &format!(", {:?}", column[i]);
        }
        text + ")"
    };
    let entries: Vec<String> = (0..list.len()).map(entry).collect();
    format!("connections([{}])", entries.join(", "))
}
