//! The connection rules of projections: those of the registry, and lists.

use neuropil_core::engine::RuleEntry;
use neuropil_core::rule::{Rule, Sizes};
use neuropil_core::units::NONE;
use neuropil_core::{Declaration, ModelKind};
use neuropil_network::View;

use crate::arguments::arguments;
use crate::context::{Context, Wanted};
use crate::fields::unknown;
use crate::lists::{LISTS, Listed};
use crate::node::{Entry, Node, Shape};

/// The rule of a projection that names none.
const DEFAULT: &str = "all_to_all";

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

    /// Whether it connects every source with every target.
    pub(crate) fn is_complete(&self) -> bool {
        matches!(self, Self::Rule(rule) if rule.is_complete())
    }
}

impl<'a> Context<'a> {
    /// The rule at `node`, which is in a projection that begins at `head`: all to all where there is none.
    pub(crate) fn rule(&self, node: Option<Node<'a>>, head: &'a str) -> Option<Written<'a>> {
        let Some(node) = node else { return self.default_rule(head).map(Written::Rule) };
        let (name, entries) = match node.shape() {
            Shape::Word(name) | Shape::Group { name, .. } | Shape::Tuple { name }
                if LISTS.contains(&name) =>
            {
                return self.listed(name, node).map(Written::List);
            }
            Shape::Word(name) => (name, Vec::new()),
            Shape::Group { name, entries } if !name.is_empty() => (name, entries),
            shape => return self.not_a_rule(node, &shape),
        };
        match self.registry.rule(name) {
            Some(entry) => {
                let owner = Node { head: name, ..node };
                self.rule_of(entry, owner, entries).map(Written::Rule)
            }
            None => unknown(name, name, "rule", &self.rule_names(), self.messages),
        }
    }

    fn default_rule(&self, head: &'a str) -> Option<Rule> {
        let Some(entry) = self.registry.rule(DEFAULT) else {
            let error = self.messages.error(head, "the field `rule` is missing");
            return self.messages.report(error.help(format!("there is no rule `{DEFAULT}` in this program")));
        };
        Some(entry.rule(entry.declaration.parameters.iter().map(|p| p.default).collect()))
    }

    /// The names of all rules.
    fn rule_names(&self) -> Vec<&'static str> {
        self.registry.names(ModelKind::Rule).into_iter().chain(LISTS).collect()
    }

    fn not_a_rule<T>(&self, node: Node<'a>, shape: &Shape<'a>) -> Option<T> {
        let is_rule = |name: &str| self.rule_names().contains(&name);
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
            _ => match self.registry.rules().find_map(|entry| example(entry.declaration)) {
                Some(example) => error.help(format!("write `{example}` or another rule")),
                None => error,
            },
        })
    }

    fn rule_of(&self, entry: &RuleEntry, owner: Node<'a>, entries: Vec<Entry<'a>>) -> Option<Rule> {
        let what = format!("the rule `{}`", entry.declaration.name);
        let fields = arguments(&what, entry.declaration, owner, entries, self.messages);
        let wanted = Wanted::new(entry.declaration.name, NONE);
        self.argument_values(&fields, entry.declaration, wanted).map(|values| entry.rule(values))
    }

    /// Checks that a rule can connect two views.
    pub(crate) fn check_rule(&self, slice: &str, rule: &Rule, source: &View, target: &View) -> Option<()> {
        match rule.check(Sizes::of(source, target)) {
            Ok(()) => Some(()),
            Err(error) => self.messages.report(self.messages.error(slice, error.message).help_if(error.help)),
        }
    }
}

/// A rule that has to be given a parameter, as a scene would write it.
fn example(declaration: &Declaration) -> Option<String> {
    let required = declaration.parameters.iter().find(|parameter| parameter.required)?;
    Some(format!("{}({}: {})", declaration.name, required.name, required.default))
}
