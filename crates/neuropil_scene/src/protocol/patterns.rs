//! The action that writes patterns of neurons into the weights of a projection.

use std::collections::BTreeSet;

use neuropil_core::Range;
use neuropil_core::units::NONE;
use neuropil_network::{Action, PatternPair, Selection, View, WeightChange};
use neuropil_tables::{Pattern, read_patterns};

use super::Protocol;
use crate::context::Wanted;
use crate::fields::{Fields, boolean};
use crate::node::{Node, Shape};

/// Patterns, and where they stand.
struct Written<'a> {
    node: Node<'a>,
    patterns: Vec<Pattern>,
    /// The members as they are written, for messages; none where they come from a file.
    members: Vec<Vec<Node<'a>>>,
}

impl<'a> Protocol<'a, '_> {
    pub(super) fn load_patterns(&self, fields: &Fields<'a>) -> Option<Action> {
        let messages = self.context.messages;
        let projection = self.views.projection(fields, self.projections)?;
        let weight = fields.require("weight", "...", messages);
        let flag = |name| fields.get(name).map_or(Some(false), |node| boolean(node, name, messages));
        let (overwrite, chain) = (flag("overwrite"), flag("chain"));
        let pre = self.written(fields, "patterns", "file");
        let has_post = fields.get("post_patterns").or_else(|| fields.get("post_file")).is_some();
        let post = has_post.then(|| self.written(fields, "post_patterns", "post_file"));
        let (pre, post) = (pre?, post.map_or(Some(None), |post| post.map(Some))?);
        let (overwrite, chain) = (overwrite?, chain?);
        self.check_members(&pre, projection.sources, "sources")?;
        let post = post.as_ref().unwrap_or(&pre);
        self.check_members(post, projection.targets(), "targets")?;
        let pairs = self.pairs(&pre, post, chain)?;
        let node = weight?;
        let value = self.weight(node, &projection)?;
        let change = if overwrite {
            let gammas = pairs.iter().flat_map(|pair| &pair.targets).map(|&(_, gamma)| gamma);
            let bounds = products(value.bounds(), gammas);
            self.check_reaches(node, &projection, projection.targets(), bounds)?;
            WeightChange::Set(value)
        } else {
            WeightChange::Add(value)
        };
        Some(Action::Weights { projection: projection.number, selection: Selection::Patterns(pairs), change })
    }

    /// The patterns of one of two fields.
    fn written(
        &self,
        fields: &Fields<'a>,
        in_place: &'static str,
        file: &'static str,
    ) -> Option<Written<'a>> {
        let messages = self.context.messages;
        let written = match (fields.get(in_place), fields.get(file)) {
            (Some(node), Some(other)) => {
                let error =
                    messages.error(other.text, format!("there is also `{in_place}`")).label("one of these");
                return messages.report(error.also(messages.span(node.text), "must go"));
            }
            (Some(node), None) => self.in_place(node)?,
            (None, Some(node)) => {
                let path = self.context.path(node)?;
                let patterns = self.context.read(node, read_patterns(&path))?;
                Written { node, patterns, members: Vec::new() }
            }
            (None, None) => {
                let slice = fields.owner().head;
                let error = messages.error(slice, format!("`load_patterns` needs `{in_place}` or `{file}`"));
                return messages.report(error.help(format!("add `{file}: \"assemblies.pat\"`")));
            }
        };
        if written.patterns.is_empty() {
            return self.context.fail(written.node.text, "there are no patterns");
        }
        Some(written)
    }

    /// The patterns of `[[0, 1], [2, (3, 0.5)]]`.
    fn in_place(&self, node: Node<'a>) -> Option<Written<'a>> {
        let Shape::List(items) = node.shape() else { return self.no_patterns(node) };
        let (mut patterns, mut members) = (Vec::new(), Vec::new());
        for item in items {
            let Shape::List(nodes) = item.shape() else { return self.no_patterns(item) };
            if nodes.is_empty() {
                return self.context.fail(item.text, "this pattern has no neurons");
            }
            patterns.push(nodes.iter().map(|&n| self.member(n)).collect::<Option<Pattern>>()?);
            members.push(nodes);
        }
        Some(Written { node, patterns, members })
    }

    fn no_patterns<T>(&self, node: Node<'a>) -> Option<T> {
        let messages = self.context.messages;
        let error = messages
            .error(node.text, format!("expected a list of neurons, found {}", node.shape().describe()));
        messages.report(error.help("patterns are lists in a list: `[[0, 1, 2], [3, 4]]`"))
    }

    /// A neuron, or `(neuron, strength)`.
    fn member(&self, node: Node<'a>) -> Option<(u32, f64)> {
        let pair = if node.text.starts_with('(') { node.items() } else { None };
        match pair.as_deref() {
            None => Some((self.context.position(node, "neuron")?, 1.0)),
            Some(&[neuron, strength]) => {
                let wanted = Wanted::new("strength", NONE);
                let neuron = self.context.position(neuron, "neuron");
                Some((neuron?, self.context.scalar(strength, wanted, Range::Finite)?))
            }
            Some(_) => {
                let error = self
                    .context
                    .messages
                    .error(node.text, "a member is a neuron, or a neuron and its strength");
                self.context.messages.report(error.help("write `3` or `(3, 0.5)`"))
            }
        }
    }

    /// Members are in the view, and each is once in its pattern.
    fn check_members(&self, written: &Written<'a>, view: &View, what: &str) -> Option<()> {
        for (k, pattern) in written.patterns.iter().enumerate() {
            let mut seen = BTreeSet::new();
            for (i, &(neuron, _)) in pattern.iter().enumerate() {
                let node = written.members.get(k).and_then(|members| members.get(i)).copied();
                let place =
                    if node.is_some() { String::new() } else { format!(" in pattern {k} of the file") };
                let slice = node.unwrap_or(written.node).text;
                if neuron >= view.len() {
                    let n = view.len();
                    let message =
                        format!("there is no neuron {neuron}{place}: the projection has {n} {what}");
                    let error = self.context.messages.error(slice, message);
                    return self.context.messages.report(error.help("they are numbered from 0"));
                }
                if !seen.insert(neuron) {
                    let place = if place.is_empty() { " in this pattern" } else { &place };
                    return self.context.fail(slice, format!("neuron {neuron} is{place} twice"));
                }
            }
        }
        Some(())
    }

    /// Each pattern with its counterpart; in a chain, with that of the next.
    fn pairs(&self, pre: &Written<'a>, post: &Written<'a>, chain: bool) -> Option<Vec<PatternPair>> {
        let (n_pre, n_post) = (pre.patterns.len(), post.patterns.len());
        if n_pre != n_post {
            let message = format!("there are {n_pre} patterns of sources, but {n_post} of targets");
            return self.context.fail(post.node.text, message);
        }
        if chain && n_pre < 2 {
            return self.context.fail(pre.node.text, "a chain has at least two patterns, but this is one");
        }
        let pair = |(pre, post): (&Pattern, &Pattern)| PatternPair {
            sources: pre.iter().map(|&(neuron, _)| neuron).collect(),
            targets: post.clone(),
        };
        Some(pre.patterns.iter().zip(&post.patterns[usize::from(chain)..]).map(pair).collect())
    }
}

/// The smallest and the largest product of a number in a range and one of the others.
fn products((low, high): (f64, f64), others: impl Iterator<Item = f64>) -> (f64, f64) {
    let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
    others
        .flat_map(|x| [product(low, x), product(high, x)])
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)))
}
