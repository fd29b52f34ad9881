//! Expressions: numbers with units, names, arithmetic and functions, with dimensional analysis.

mod function;
mod lexer;
mod parser;
mod quantity;
mod symbol;

use std::cell::Cell;
use std::ops::Range;

pub(crate) use function::FUNCTIONS;
pub(crate) use parser::evaluate;
pub(crate) use quantity::Quantity;
pub(crate) use symbol::unit;

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    /// The place in the text; `None` until the caller of a function knows it.
    pub(crate) range: Option<Range<usize>>,
    /// The message; empty if a message about a constant has been given already.
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Fault {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range: Some(range), message: message.into(), help: None }
    }

    fn here(message: impl Into<String>) -> Self {
        Self { range: None, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn at(mut self, range: Range<usize>) -> Self {
        self.range.get_or_insert(range);
        self
    }
}

/// What a name stands for.
pub(crate) enum Lookup {
    /// A constant.
    Value(Quantity),
    /// A constant with an error, which has been reported.
    Failed,
    /// Nothing.
    Unknown,
}

/// The constants that expressions can name.
pub(crate) trait Names {
    /// The value of a constant.
    fn lookup(&self, name: &str) -> Lookup;
    /// The names of all constants, for suggestions.
    fn all(&self) -> Vec<&str>;
    /// How deeply the evaluation is nested, over all constants on the way.
    fn nesting(&self) -> &Cell<usize>;
}

/// Parentheses, signs and constants may not be nested more deeply, or they would exhaust the stack.
pub(crate) const MAX_NESTING: usize = 200;
