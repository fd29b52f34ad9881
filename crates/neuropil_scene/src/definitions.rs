//! Things with names that may be defined by each other, in any order: constants and views.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

use crate::expression::MAX_NESTING;
use crate::fields::named;
use crate::messages::Messages;
use crate::node::Node;

/// The definitions of a section; each is evaluated when it is first needed.
pub(crate) struct Definitions<'a, T> {
    /// What they define, in the singular.
    what: &'static str,
    list: Vec<Definition<'a, T>>,
    index: BTreeMap<&'a str, usize>,
    /// Those under evaluation, outermost first.
    stack: RefCell<Vec<usize>>,
    nesting: Cell<usize>,
    messages: &'a Messages<'a>,
}

struct Definition<'a, T> {
    name: &'a str,
    node: Node<'a>,
    /// Empty until it is evaluated, then empty inside if it has an error.
    value: OnceCell<Option<T>>,
    used: Cell<bool>,
}

impl<'a, T> Definitions<'a, T> {
    /// The definitions in the group `node`.
    pub(crate) fn read(node: Option<Node<'a>>, what: &'static str, messages: &'a Messages<'a>) -> Self {
        let entries = node.map(|n| named(n, what, messages)).unwrap_or_default();
        let definition =
            |name, node| Definition { name, node, value: OnceCell::new(), used: Cell::new(false) };
        let list: Vec<_> = entries.into_iter().map(|e| definition(e.key, e.node)).collect();
        let index = list.iter().enumerate().map(|(i, d)| (d.name, i)).collect();
        Self { what, list, index, stack: RefCell::default(), nesting: Cell::new(0), messages }
    }

    /// All names, in the order of the scene.
    pub(crate) fn names(&self) -> impl ExactSizeIterator<Item = &'a str> {
        self.list.iter().map(|d| d.name)
    }

    /// The number of the definition of `name`, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// Counts a definition as used.
    pub(crate) fn mark_used(&self, i: usize) {
        self.list[i].used.set(true);
    }

    /// How deeply the evaluation is nested, over all definitions on the way.
    pub(crate) fn nesting(&self) -> &Cell<usize> {
        &self.nesting
    }

    /// What a definition says, unless it has an error, which has been reported. `evaluate` may ask for others.
    pub(crate) fn value(&self, i: usize, evaluate: impl FnOnce(Node<'a>) -> Option<T>) -> Option<&T> {
        let definition = &self.list[i];
        if let Some(value) = definition.value.get() {
            return value.as_ref();
        }
        if let Some(start) = self.stack.borrow().iter().position(|&j| j == i) {
            self.report_circle(start);
            return None;
        }
        if self.nesting.get() >= MAX_NESTING {
            let (what, name) = (self.what, definition.name);
            let message = format!("too many {what}s depend on each other to evaluate `{name}`");
            return self.messages.report(self.messages.error(name, message));
        }
        self.nesting.set(self.nesting.get() + 1);
        self.stack.borrow_mut().push(i);
        let value = evaluate(definition.node);
        self.stack.borrow_mut().pop();
        self.nesting.set(self.nesting.get() - 1);
        definition.value.get_or_init(|| value).as_ref()
    }

    /// Warns of definitions that nothing uses, unless there are overrides, which may be the reason.
    pub(crate) fn warn_of_unused(&self) {
        if self.messages.has_overrides() {
            return;
        }
        for Definition { name, .. } in self.list.iter().filter(|d| !d.used.get()) {
            let warning = self.messages.warning(name, format!("the {} `{name}` is not used", self.what));
            self.messages.report::<()>(warning);
        }
    }

    /// Reports that the definitions on the stack from `start` on form a circle: none of them has a value.
    fn report_circle(&self, start: usize) {
        let stack = self.stack.borrow();
        let circle: Vec<&Definition<'a, T>> = stack[start..].iter().map(|&i| &self.list[i]).collect();
        let (what, first) = (self.what, circle[0].name);
        let message = if circle.len() == 1 {
            format!("the {what} `{first}` is defined by itself")
        } else {
            let chain: Vec<String> = circle.iter().map(|d| format!("`{}`", d.name)).collect();
            format!("{what}s are defined in a circle: {} -> `{first}`", chain.join(" -> "))
        };
        let error = self.messages.error(first, message);
        let others = circle[1..].iter().map(|d| self.messages.span(d.name));
        self.messages.report::<()>(others.fold(error, |error, span| error.also(span, "")));
        for definition in circle {
            definition.value.get_or_init(|| None);
        }
    }
}
