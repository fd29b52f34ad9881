//! What expressions are made of.

/// A token of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lexeme<'t> {
    Number(f64),
    Name(&'t str),
    /// One of `+ - * / ^ ( ) ,`.
    Sign(char),
}
