//! The connection rules of projections.

use neuropil_core::Range;
use neuropil_core::units::NONE;
use neuropil_network::{Rule, View};

use crate::context::{Context, Wanted};
use crate::fields::{Fields, Form, boolean, unknown};
use crate::node::{Node, Shape};

const RULES: &[&str] = &["all_to_all", "one_to_one", "fixed_indegree", "pairwise_bernoulli"];

impl<'a> Context<'a> {
    /// The rule at `node`: all to all where there is none.
    pub(crate) fn rule(&self, node: Option<Node<'a>>) -> Option<Rule> {
        let Some(node) = node else { return Some(Rule::AllToAll { allow_autapses: true }) };
        let (name, entries) = match node.shape() {
            Shape::Word(name) => (name, Vec::new()),
            Shape::Group { name, entries } if !name.is_empty() => (name, entries),
            shape => return self.not_a_rule(node, &shape),
        };
        let allowed: &[&str] = match name {
            "all_to_all" => &["allow_autapses"],
            "one_to_one" => &[],
            "fixed_indegree" => &["indegree", "allow_autapses", "allow_multapses"],
            "pairwise_bernoulli" => &["p", "allow_autapses"],
            _ => return unknown(name, name, "rule", RULES, self.messages),
        };
        let owner = Node { head: name, ..node };
        let form = Form { what: &format!("the rule `{name}`"), item: "argument", allowed };
        self.rule_of(name, &Fields::of(owner, entries, form, self.messages))
    }

    fn not_a_rule<T>(&self, node: Node<'a>, shape: &Shape<'a>) -> Option<T> {
        let error = self.messages.error(node.text, format!("expected a rule, found {}", shape.describe()));
        self.messages.report(match shape {
            Shape::Text(text) if RULES.contains(&&*text.content) => {
                error.help(format!("write `{}` without quotes", text.content))
            }
            Shape::Tuple { name } if RULES.contains(name) => {
                let message = format!("the arguments of `{name}` need their names");
                self.messages.error(node.text, message).help(format!("write `{name}(argument: value)`"))
            }
            _ => error.help("write `fixed_indegree(indegree: 100)` or another rule"),
        })
    }

    fn rule_of(&self, name: &str, fields: &Fields<'a>) -> Option<Rule> {
        let flag = |name| fields.get(name).map_or(Some(true), |node| boolean(node, name, self.messages));
        let allow_autapses = flag("allow_autapses");
        match name {
            "one_to_one" => Some(Rule::OneToOne),
            "fixed_indegree" => {
                let node = fields.require("indegree", "100", self.messages);
                let (indegree, multapses) =
                    (node.and_then(|n| self.count(n, "indegree")), flag("allow_multapses"));
                Some(Rule::FixedIndegree {
                    indegree: indegree?,
                    allow_autapses: allow_autapses?,
                    allow_multapses: multapses?,
                })
            }
            "pairwise_bernoulli" => {
                let node = fields.require("p", "0.1", self.messages);
                let p = node.and_then(|n| self.scalar(n, Wanted::new("p", NONE), Range::Probability));
                Some(Rule::PairwiseBernoulli { p: p?, allow_autapses: allow_autapses? })
            }
            _ => Some(Rule::AllToAll { allow_autapses: allow_autapses? }),
        }
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
