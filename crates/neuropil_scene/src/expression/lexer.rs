//! The tokens of expressions.

use std::ops::Range;

use neuropil_core::Registry;

use super::error::ExpressionError;
use super::lexeme::Lexeme;
use super::mistakes::quoted_distribution;
use crate::numbers::number as number_of;
use crate::pasted;

/// The tokens of `text`, with their places in it.
pub(super) fn lexemes<'t>(
    text: &'t str,
    registry: &Registry,
) -> Result<Vec<(Lexeme<'t>, Range<usize>)>, ExpressionError> {
    let mut lexemes = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = if c.is_whitespace() {
            c.len_utf8()
        } else if c.is_ascii_digit() || c == '.' {
            let (number, len) = number(rest, at)?;
            lexemes.push((Lexeme::Number(number), at..at + len));
            len
        } else if is_name_start(c) {
            let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            lexemes.push((Lexeme::Name(&rest[..len]), at..at + len));
            len
        } else if "+-*/^(),".contains(c) {
            lexemes.push((Lexeme::Sign(c), at..at + 1));
            1
        } else {
            return Err(meaningless(c, at, &lexemes, registry));
        };
        at += len;
    }
    Ok(lexemes)
}

/// What is wrong with a character that is not part of any token.
fn meaningless(
    c: char,
    at: usize,
    before: &[(Lexeme<'_>, Range<usize>)],
    registry: &Registry,
) -> ExpressionError {
    let range = at..at + c.len_utf8();
    if let Some((what, help)) = pasted::fault(c) {
        let help =
            if help.contains('"') { "names stand here without quotes of their own".to_owned() } else { help };
        return ExpressionError::new(range, format!("this is {what}")).help(help);
    }
    let distribution = before.iter().find_map(|(lexeme, range)| match lexeme {
        Lexeme::Name(name) => registry.distribution(name).map(|entry| (entry, range.clone())),
        _ => None,
    });
    if let Some((entry, range)) = distribution {
        return quoted_distribution(entry.declaration, range);
    }
    let error = ExpressionError::new(range, format!("`{c}` has no meaning in an expression"));
    match (c, before.last()) {
        ('%', Some((Lexeme::Number(x), _))) => {
            error.help(format!("there is no `%`: write {}", number_of(x / 100.0)))
        }
        ('%', _) => error.help("there is no `%`: write fractions, such as 0.1"),
        _ => error.help("expressions consist of numbers with units, names, + - * / ^ and parentheses"),
    }
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// The number at the start of `rest`, and its length.
fn number(rest: &str, at: usize) -> Result<(f64, usize), ExpressionError> {
    let digits = |from: usize, more: &str| {
        rest[from..]
            .find(|c: char| !(c.is_ascii_digit() || more.contains(c)))
            .map_or(rest.len(), |i| from + i)
    };
    let mut len = digits(0, "._");
    let exponent = rest[len..].starts_with(['e', 'E']).then_some(len + 1);
    let signed = exponent.map(|e| if rest[e..].starts_with(['+', '-']) { e + 1 } else { e });
    if let Some(start) = signed.filter(|&s| rest[s..].starts_with(|c: char| c.is_ascii_digit())) {
        len = digits(start, "_");
    }
    let written = &rest[..len];
    match written.replace('_', "").parse::<f64>() {
        Ok(number) if number.is_finite() => Ok((number, len)),
        Ok(_) => Err(ExpressionError::new(at..at + len, format!("`{written}` is too large for a number"))),
        Err(_) => Err(ExpressionError::new(at..at + len, format!("`{written}` is not a number"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Lexeme<'_>> {
        lexemes(text, &Registry::default()).unwrap().into_iter().map(|(lexeme, _)| lexeme).collect()
    }

    #[test]
    fn numbers_end_where_units_begin() {
        use Lexeme::{Name, Number, Sign};
        assert_eq!(kinds("20ms"), [Number(20.0), Name("ms")]);
        assert_eq!(kinds("1e-3 s"), [Number(1e-3), Name("s")]);
        assert_eq!(kinds("2e"), [Number(2.0), Name("e")]);
        assert_eq!(kinds("-.5*µs"), [Sign('-'), Number(0.5), Sign('*'), Name("µs")]);
        assert_eq!(kinds("1_000"), [Number(1000.0)]);
        for wrong in ["1.2.3", "1e400", "a # b"] {
            assert!(lexemes(wrong, &Registry::default()).is_err());
        }
    }
}
