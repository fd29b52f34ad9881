//! What can be wrong with expressions, beyond their grammar.

use std::ops::Range;

use neuropil_core::Declaration;

use super::Names;
use super::error::ExpressionError;
use super::lexeme::Lexeme;
use super::symbol::unit_help;
use crate::signature::signature;
use crate::suggest::did_you_mean;

/// Distributions are values of their own.
pub(super) fn quoted_distribution(distribution: &Declaration, range: Range<usize>) -> ExpressionError {
    let name = distribution.name;
    let message = format!("`{name}` is a distribution, which cannot be part of an expression");
    let example = signature(distribution, "..");
    ExpressionError::new(range, message)
        .help(format!("distributions are written without quotes, with names: {example}"))
}

/// What is wrong with a token that stands where an expression should have ended.
pub(super) fn left_over(lexeme: Lexeme<'_>, range: Range<usize>) -> ExpressionError {
    match lexeme {
        Lexeme::Sign('^') => ExpressionError::new(range, "it is not clear which of these powers comes first")
            .help("chained powers need brackets: `(a^b)^c` or `a^(b^c)`"),
        Lexeme::Sign(')') => ExpressionError::new(range, "this `)` closes nothing"),
        Lexeme::Sign(sign) => ExpressionError::new(range, format!("`{sign}` is out of place")),
        Lexeme::Name(name) => ExpressionError::new(range, format!("an operator is missing before `{name}`"))
            .help(format!("write `* {name}`; only a number may stand directly before a unit")),
        Lexeme::Number(_) => ExpressionError::new(range, "an operator is missing before this"),
    }
}

/// What is wrong with the token `next` of `lexemes`, which follows a complete expression.
pub(super) fn trailing(text: &str, lexemes: &[(Lexeme<'_>, Range<usize>)], next: usize) -> ExpressionError {
    let at = |i: usize| lexemes.get(i).map(|(lexeme, range)| (*lexeme, range.clone()));
    let (lexeme, range) = lexemes[next].clone();
    let before = next.checked_sub(1).and_then(at);
    let (after, later) = (at(next + 1), at(next + 2));
    match (before, lexeme, after, later) {
        (Some((Lexeme::Number(_), a)), Lexeme::Sign(','), Some((Lexeme::Number(_), b)), _)
            if a.end == range.start && range.end == b.start =>
        {
            let (whole, fraction) = (&text[a.clone()], &text[b.start..]);
            let error = ExpressionError::new(a.start..b.end, "numbers have no decimal comma");
            let digits = b.end - b.start;
            error.help(if digits == 3 {
                format!("write {whole}.{fraction} with a decimal point, or {whole}{fraction} in one piece")
            } else {
                format!("the decimal point is `.`: write {whole}.{fraction}")
            })
        }
        (
            Some((Lexeme::Number(_), a)),
            Lexeme::Number(1.0),
            Some((Lexeme::Sign('/'), _)),
            Some((unit, last)),
        ) if matches!(unit, Lexeme::Name("s" | "ms")) => {
            let hertz = if unit == Lexeme::Name("s") { "Hz" } else { "kHz" };
            let error = ExpressionError::new(range.start..last.end, "units cannot be written like this");
            error.help(format!("rates are in `Hz`: write {} {hertz}", &text[a]))
        }
        _ => left_over(lexeme, range),
    }
}

/// There is no such unit behind a number.
pub(super) fn unknown_unit(name: &str, range: Range<usize>, names: &dyn Names) -> ExpressionError {
    let error = ExpressionError::new(range, format!("there is no unit `{name}`"));
    if matches!(name, "spikes" | "spike" | "sp" | "events" | "hertz" | "Hertz") {
        return error.help("rates are in `Hz`, as in `12 Hz`");
    }
    if names.all().contains(&name) {
        return error.help(format!("to multiply by the constant, write `* {name}`"));
    }
    error.help(unit_help(name))
}

/// There is no such constant.
pub(super) fn unknown_name(name: &str, range: Range<usize>, names: &dyn Names) -> ExpressionError {
    let error = ExpressionError::new(range, format!("there is no constant `{name}`"));
    if names.registry().function(name).is_some() {
        return error.help(format!("`{name}` is a function: write `{name}(...)`"));
    }
    if matches!(name, "None" | "null" | "nil") {
        return error.help("leave the field out to get its default");
    }
    error.help(did_you_mean(name, &names.all(), "constant"))
}
