//! The named constants of a scene.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use crate::expression::{FUNCTIONS, Fault, Lookup, MAX_NESTING, Names, Quantity, evaluate, unit};
use crate::fields::named;
use crate::messages::Messages;
use crate::node::{Node, Shape, Text};

/// The constants of a scene; each is evaluated when it is first needed.
pub(crate) struct Constants<'a> {
    list: Vec<Constant<'a>>,
    index: BTreeMap<&'a str, usize>,
    /// The constants under evaluation, outermost first.
    stack: RefCell<Vec<usize>>,
    nesting: Cell<usize>,
    messages: &'a Messages<'a>,
}

struct Constant<'a> {
    name: &'a str,
    node: Node<'a>,
    /// Empty until it is evaluated, then empty inside if it has an error.
    value: Cell<Option<Option<Quantity>>>,
    used: Cell<bool>,
}

impl<'a> Constants<'a> {
    /// The constants that `node` defines.
    pub(crate) fn read(node: Option<Node<'a>>, messages: &'a Messages<'a>) -> Self {
        let entries = node.map(|n| named(n, "constant", messages)).unwrap_or_default();
        let constant = |name, node| Constant { name, node, value: Cell::new(None), used: Cell::new(false) };
        let list: Vec<_> = entries.into_iter().map(|e| constant(e.key, e.node)).collect();
        let index = list.iter().enumerate().map(|(i, c)| (c.name, i)).collect();
        for constant in &list {
            check_name(constant.name, messages);
        }
        Self { list, index, stack: RefCell::default(), nesting: Cell::new(0), messages }
    }

    /// Evaluates all constants, so that errors in those that nothing uses are found too.
    pub(crate) fn check_all(&self) {
        for i in 0..self.list.len() {
            self.value(i);
        }
    }

    /// Warns of constants that nothing uses.
    pub(crate) fn warn_of_unused(&self) {
        for constant in self.list.iter().filter(|c| !c.used.get()) {
            let message = format!("the constant `{}` is not used", constant.name);
            self.messages.report::<()>(self.messages.warning(constant.name, message));
        }
    }

    fn value(&self, i: usize) -> Option<Quantity> {
        let constant = &self.list[i];
        if let Some(value) = constant.value.get() {
            return value;
        }
        if let Some(start) = self.stack.borrow().iter().position(|&j| j == i) {
            self.report_cycle(start);
            return None;
        }
        if self.nesting.get() >= MAX_NESTING {
            let message =
                format!("too many constants depend on each other to find the value of `{}`", constant.name);
            return self.messages.report(self.messages.error(constant.name, message));
        }
        self.nesting.set(self.nesting.get() + 1);
        self.stack.borrow_mut().push(i);
        let value = quantity(constant.node, self, self.messages);
        self.stack.borrow_mut().pop();
        self.nesting.set(self.nesting.get() - 1);
        constant.value.set(Some(value));
        value
    }

    fn report_cycle(&self, start: usize) {
        let stack = self.stack.borrow();
        let cycle = &stack[start..];
        let names: Vec<&str> = cycle.iter().map(|&i| self.list[i].name).collect();
        let message = match names.as_slice() {
            [one] => format!("the constant `{one}` is defined by itself"),
            [first, ..] => {
                let chain: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
                format!("constants are defined in a circle: {} -> `{first}`", chain.join(" -> "))
            }
            [] => return,
        };
        let mut error = self.messages.error(names[0], message);
        for name in &names[1..] {
            error = error.also(self.messages.span(name), "");
        }
        self.messages.report::<()>(error);
        for &i in cycle {
            self.list[i].value.set(Some(None));
        }
    }
}

impl Names for Constants<'_> {
    fn lookup(&self, name: &str) -> Lookup {
        let Some(&i) = self.index.get(name) else { return Lookup::Unknown };
        self.list[i].used.set(true);
        self.value(i).map_or(Lookup::Failed, Lookup::Value)
    }

    fn all(&self) -> Vec<&str> {
        self.list.iter().map(|c| c.name).collect()
    }

    fn nesting(&self) -> &Cell<usize> {
        &self.nesting
    }
}

fn check_name(name: &str, messages: &Messages<'_>) {
    let taken = if unit(name).is_some() {
        "a unit"
    } else if FUNCTIONS.contains(&name) {
        "a function"
    } else if ["pi", "inf"].contains(&name) {
        "a number of the language"
    } else {
        return;
    };
    let error = messages.error(name, format!("a constant cannot be called `{name}`, which is {taken}"));
    messages.report::<()>(error.help(format!("give it another name, such as `{name}_0`")));
}

/// The quantity that a node stands for, whatever its dimension.
pub(crate) fn quantity(node: Node<'_>, names: &dyn Names, messages: &Messages<'_>) -> Option<Quantity> {
    match node.shape() {
        Shape::Number(number) => literal(number, messages).map(Quantity::pure),
        Shape::Text(text) => expression(&text, names, messages),
        Shape::Word(word) if !matches!(word, "true" | "false") => {
            expression(&Text::plain(word), names, messages)
        }
        Shape::Tuple { name: "Some" } => messages
            .report(messages.error(node.text, "values stand without `Some`").help("write the value alone")),
        shape => {
            let message = format!("expected a number or an expression, found {}", shape.describe());
            messages.report(messages.error(node.text, message))
        }
    }
}

/// A number of RON.
pub(crate) fn literal(number: &str, messages: &Messages<'_>) -> Option<f64> {
    let fault = |message: &str| messages.report(messages.error(number, format!("`{number}` {message}")));
    let digits = number.replace('_', "");
    match digits.strip_prefix('+').unwrap_or(&digits).parse::<f64>() {
        Ok(x) if x.is_nan() => fault("is not a number"),
        Ok(x) if x.is_infinite() && !number.contains("inf") => fault("is too large for a number"),
        Ok(x) => Some(x),
        Err(_) => fault("is not a decimal number"),
    }
}

/// The value of a string.
pub(crate) fn expression(text: &Text<'_>, names: &dyn Names, messages: &Messages<'_>) -> Option<Quantity> {
    part(text, 0..text.content.len(), names, messages)
}

/// The value of a part of a string.
pub(crate) fn part(
    text: &Text<'_>,
    range: std::ops::Range<usize>,
    names: &dyn Names,
    messages: &Messages<'_>,
) -> Option<Quantity> {
    let source = text.content.get(range.clone())?;
    evaluate(source, names).map_err(|fault| report(text, range.start, fault, messages)).ok()
}

fn report(text: &Text<'_>, offset: usize, fault: Fault, messages: &Messages<'_>) {
    if fault.message.is_empty() {
        return;
    }
    let place = fault.range.map_or(0..text.content.len(), |r| r.start + offset..r.end + offset);
    let slice = if place.is_empty() { text.whole() } else { text.slice(place) };
    messages.report::<()>(messages.error(slice, fault.message).help_if(fault.help));
}
