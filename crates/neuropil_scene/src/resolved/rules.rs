//! Rules, written out.

use neuropil_network::{ConnectionList, Rule};

use super::quoted;

pub(super) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::OneToOne => "one_to_one".to_owned(),
        Rule::AllToAll { allow_autapses } => format!("all_to_all(allow_autapses: {allow_autapses})"),
        Rule::FixedIndegree { indegree, allow_autapses, allow_multapses } => format!(
            "fixed_indegree(indegree: {indegree}, allow_autapses: {allow_autapses}, allow_multapses: {allow_multapses})"
        ),
        Rule::FixedOutdegree { outdegree, allow_autapses, allow_multapses } => format!(
            "fixed_outdegree(outdegree: {outdegree}, allow_autapses: {allow_autapses}, allow_multapses: {allow_multapses})"
        ),
        Rule::TotalNumber { n, allow_autapses } => {
            format!("total_number(n: {n}, allow_autapses: {allow_autapses})")
        }
        Rule::PairwiseBernoulli { p, allow_autapses } => {
            format!("pairwise_bernoulli(p: {p:?}, allow_autapses: {allow_autapses})")
        }
        Rule::List(list) => match list.origin() {
            Some(path) => format!("file({})", quoted(&path.to_string_lossy())),
            None => connections(list),
        },
    }
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
