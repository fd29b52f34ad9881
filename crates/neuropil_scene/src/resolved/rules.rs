//! Rules, written out.

use neuropil_network::{ConnectionList, Rule};

use super::{call, quoted};

pub(super) fn rule(rule: &Rule) -> String {
    if let Some(list) = rule.downcast_ref::<ConnectionList>() {
        return match list.origin() {
            Some(path) => format!("file({})", quoted(&path.to_string_lossy())),
            None => connections(list),
        };
    }
    call(rule.name(), rule.parameters())
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
