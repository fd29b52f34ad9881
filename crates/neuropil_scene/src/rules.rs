//! The connection rules of projections.

use neuropil_core::Range;
use neuropil_core::units::NONE;
use neuropil_network::{Rule, View};

use crate::context::{Context, Wanted};
use crate::fields::{Fields, Form, boolean, unknown};
use crate::lists::Listed;
use crate::node::{Node, Shape};

/// The rules, and the fields that they may have; those that list connections read their own arguments.
const RULES: &[(&str, &[&str])] = &[
    ("all_to_all", &["allow_autapses"]),
    ("one_to_one", &[]),
    ("fixed_indegree", &["indegree", "allow_autapses", "allow_multapses"]),
    ("fixed_outdegree", &["outdegree", "allow_autapses", "allow_multapses"]),
    ("total_number", &["n", "allow_autapses", "allow_multapses"]),
    ("pairwise_bernoulli", &["p", "allow_autapses"]),
    ("connections", &[]),
    ("file", &[]),
];

/// The random streams of a projection have room for so many synapses of `total_number`.
const MAX_TOTAL: u64 = 1 << 42;

/// A rule as a scene says it.
pub(crate) enum Written<'a> {
    /// One that is complete.
    Rule(Rule),
    /// A list, whose weights still lack their unit.
    List(Listed<'a>),
}

impl Written<'_> {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name(),
            Self::List(list) => list.name(),
        }
    }
}

fn is_rule(name: &str) -> bool {
    RULES.iter().any(|(rule, _)| *rule == name)
}

impl<'a> Context<'a> {
    /// The rule at `node`: all to all where there is none.
    pub(crate) fn rule(&self, node: Option<Node<'a>>) -> Option<Written<'a>> {
        let Some(node) = node else {
            return Some(Written::Rule(Rule::AllToAll { allow_autapses: true }));
        };
        let (name, entries) = match node.shape() {
            Shape::Word(name) | Shape::Group { name, .. } | Shape::Tuple { name }
                if ["connections", "file"].contains(&name) =>
            {
                return self.listed(name, node).map(Written::List);
            }
            Shape::Word(name) => (name, Vec::new()),
            Shape::Group { name, entries } if !name.is_empty() => (name, entries),
            shape => return self.not_a_rule(node, &shape),
        };
        let Some((_, allowed)) = RULES.iter().find(|(rule, _)| *rule == name) else {
            let names: Vec<&str> = RULES.iter().map(|(rule, _)| *rule).collect();
            return unknown(name, name, "rule", &names, self.messages);
        };
        let owner = Node { head: name, ..node };
        let form = Form { what: &format!("the rule `{name}`"), item: "argument", allowed };
        self.rule_of(name, &Fields::of(owner, entries, form, self.messages)).map(Written::Rule)
    }

    fn not_a_rule<T>(&self, node: Node<'a>, shape: &Shape<'a>) -> Option<T> {
        let error = self.messages.error(node.text, format!("expected a rule, found {}", shape.describe()));
        self.messages.report(match shape {
            Shape::Text(text) if is_rule(&text.content) => {
                error.help(format!("write `{}` without quotes", text.content))
            }
            Shape::Text(text) if text.content.contains('.') => {
                error.help(format!("write `file({})` for the connections in a file", text.whole()))
            }
            Shape::List(_) => error.help("write `connections([(0, 1), (2, 3)])`"),
            Shape::Tuple { name } if is_rule(name) => {
                let message = format!("the arguments of `{name}` need their names");
                self.messages.error(node.text, message).help(format!("write `{name}(argument: value)`"))
            }
            _ => error.help("write `fixed_indegree(indegree: 100)` or another rule"),
        })
    }

    fn rule_of(&self, name: &str, fields: &Fields<'a>) -> Option<Rule> {
        let flag = |name| fields.get(name).map_or(Some(true), |node| boolean(node, name, self.messages));
        let allow_autapses = flag("allow_autapses");
        let required = |name, example| fields.require(name, example, self.messages);
        match name {
            "one_to_one" => Some(Rule::OneToOne),
            "fixed_indegree" => {
                let indegree = required("indegree", "100").and_then(|n| self.count(n, "indegree"));
                let allow_multapses = flag("allow_multapses");
                let (indegree, allow_autapses) = (indegree?, allow_autapses?);
                Some(Rule::FixedIndegree { indegree, allow_autapses, allow_multapses: allow_multapses? })
            }
            "fixed_outdegree" => {
                let outdegree = required("outdegree", "100").and_then(|n| self.count(n, "outdegree"));
                let allow_multapses = flag("allow_multapses");
                let (outdegree, allow_autapses) = (outdegree?, allow_autapses?);
                Some(Rule::FixedOutdegree { outdegree, allow_autapses, allow_multapses: allow_multapses? })
            }
            "total_number" => {
                let n = required("n", "1000").and_then(|n| self.total(n));
                let multapses = self.with_multapses(fields, flag("allow_multapses")?);
                let (n, allow_autapses, ()) = (n?, allow_autapses?, multapses?);
                Some(Rule::TotalNumber { n, allow_autapses })
            }
            "pairwise_bernoulli" => {
                let p = required("p", "0.1");
                let p = p.and_then(|n| self.scalar(n, Wanted::new("p", NONE), Range::Probability));
                Some(Rule::PairwiseBernoulli { p: p?, allow_autapses: allow_autapses? })
            }
            _ => Some(Rule::AllToAll { allow_autapses: allow_autapses? }),
        }
    }

    fn total(&self, node: Node<'a>) -> Option<u64> {
        let n = self.whole(node, "n")?;
        if n <= MAX_TOTAL as f64 {
            return Some(n as u64);
        }
        self.fail(node.text, format!("`n` can be at most {MAX_TOTAL} synapses"))
    }

    fn with_multapses(&self, fields: &Fields<'a>, allowed: bool) -> Option<()> {
        if allowed {
            return Some(());
        }
        let node = fields.get("allow_multapses")?;
        let message =
            "`total_number` draws each synapse on its own, so pairs can be connected more than once";
        let error = self.messages.error(node.text, message);
        self.messages.report(error.help("leave `allow_multapses` out, or use another rule"))
    }

    /// Checks that a rule can connect two views.
    pub(crate) fn check_rule(&self, slice: &str, rule: &Rule, source: &View, target: &View) -> Option<()> {
        match rule.check(source.len(), target.len(), source.n_shared_with(target)) {
            Ok(()) => Some(()),
            Err(message) => {
                let help = matches!(rule, Rule::OneToOne).then(|| {
                    format!(
                        "select as many on both sides, with a view such as \"E[0..{}]\"",
                        source.len().min(target.len())
                    )
                });
                self.messages.report(self.messages.error(slice, message).help_if(help))
            }
        }
    }
}
