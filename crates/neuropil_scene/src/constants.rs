//! The named constants of a scene.

use std::cell::Cell;
use std::ops::Range;

use neuropil_core::Registry;

use crate::definitions::Definitions;
use crate::expression::{ExpressionError, Lookup, Names, Quantity, evaluate, unit};
use crate::messages::Messages;
use crate::node::{Node, Shape, Text};

/// The constants of a scene.
pub(crate) struct Constants<'a> {
    definitions: Definitions<'a, Quantity>,
    registry: &'a Registry,
    messages: &'a Messages<'a>,
}

impl<'a> Constants<'a> {
    /// The constants that `node` defines.
    pub(crate) fn read(node: Option<Node<'a>>, registry: &'a Registry, messages: &'a Messages<'a>) -> Self {
        let definitions = Definitions::read(node, "constant", messages);
        definitions.names().for_each(|name| check_name(name, registry, messages));
        Self { definitions, registry, messages }
    }

    /// Evaluates all constants, so that errors in those that nothing uses are found too.
    pub(crate) fn check_all(&self) {
        for i in 0..self.definitions.names().len() {
            self.value(i);
        }
    }

    /// Warns of constants that nothing uses.
    pub(crate) fn warn_of_unused(&self) {
        self.definitions.warn_of_unused();
    }

    fn value(&self, i: usize) -> Option<Quantity> {
        self.definitions.value(i, |node| quantity(node, self, self.messages)).copied()
    }
}

impl Names for Constants<'_> {
    fn lookup(&self, name: &str) -> Lookup {
        let Some(i) = self.definitions.find(name) else { return Lookup::Unknown };
        self.definitions.mark_used(i);
        self.value(i).map_or(Lookup::Failed, Lookup::Value)
    }

    fn all(&self) -> Vec<&str> {
        self.definitions.names().collect()
    }

    fn registry(&self) -> &Registry {
        self.registry
    }

    fn nesting(&self) -> &Cell<usize> {
        self.definitions.nesting()
    }
}

fn check_name(name: &str, registry: &Registry, messages: &Messages<'_>) {
    let taken = if unit(name).is_some() {
        "a unit"
    } else if registry.function(name).is_some() {
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
    range: Range<usize>,
    names: &dyn Names,
    messages: &Messages<'_>,
) -> Option<Quantity> {
    let source = text.content.get(range.clone())?;
    evaluate(source, names).map_err(|error| report(text, range.start, error, messages)).ok()
}

fn report(text: &Text<'_>, offset: usize, error: ExpressionError, messages: &Messages<'_>) {
    if error.message.is_empty() {
        return;
    }
    let place = error.range.map_or(0..text.content.len(), |r| r.start + offset..r.end + offset);
    let slice = if place.is_empty() { text.whole() } else { text.slice(place) };
    messages.report::<()>(messages.error(slice, error.message).help_if(error.help));
}
