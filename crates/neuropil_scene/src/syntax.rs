//! Checks that a file is RON, and says in plain words where it is not.

use ron::error::{Error, SpannedError};
use ron::value::RawValue;
use serde::Deserialize as _;
use serde::de::IgnoredAny;

use crate::brackets::{self, MAX_DEPTH};
use crate::diagnostic::Diagnostic;
use crate::messages::Messages;
use crate::tokens::{Token, Tokens, leading_identifier};

fn options() -> ron::Options {
    ron::Options::default().with_recursion_limit(2 * MAX_DEPTH)
}

/// Whether `text` is one value.
pub(crate) fn is_value(text: &str) -> bool {
    brackets::check(text).is_ok() && options().from_str::<IgnoredAny>(text).is_ok() && !text.starts_with("#!")
}

/// The value that a file holds, or a message.
pub(crate) fn root<'a>(text: &'a str, messages: &Messages<'_>) -> Option<&'a str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Err(fault) = brackets::check(text) {
        return brackets::report(text, fault, messages);
    }
    match Tokens::new(text).next() {
        None => return report_no_scene("the file holds no scene", text, messages),
        Some((Token::Word, range)) if !attributed(text) => {
            return report_no_scene("a scene begins with `(`", &text[range], messages);
        }
        Some(_) => (),
    }
    match parse(text) {
        Ok(root) => Some(root),
        Err(error) => report(text, &error, messages),
    }
}

/// Whether the file begins with an attribute of RON, such as `#![enable(implicit_some)]`.
fn attributed(text: &str) -> bool {
    Tokens::new(text).next().is_some_and(|(_, range)| text[range.start..].starts_with("#!"))
}

fn report_no_scene<T>(message: &str, slice: &str, messages: &Messages<'_>) -> Option<T> {
    let error = messages.error(slice, message);
    messages.report(error.help("write `(duration: \"1 s\", populations: (...), ...)`"))
}

fn parse(text: &str) -> Result<&str, SpannedError> {
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options())?;
    IgnoredAny::deserialize(&mut deserializer).map_err(|e| deserializer.span_error(e))?;
    deserializer.end().map_err(|e| deserializer.span_error(e))?;
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options())?;
    let root = <&RawValue>::deserialize(&mut deserializer).map_err(|e| deserializer.span_error(e))?;
    Ok(root.get_ron())
}

/// Says what `ron` found.
fn report<T>(text: &str, error: &SpannedError, messages: &Messages<'_>) -> Option<T> {
    let place = Place::of(text, offset(text, error.span.end));
    let Place { before, found, next } = place;
    messages.report(match error.code {
        _ if next == ":" && !is_identifier(found) => messages
            .error(found, format!("the name `{found}` needs quotes"))
            .help(format!("write `{{ \"{found}\": ... }}`, with braces instead of parentheses")),
        Error::ExpectedComma => missing_comma(place, text, messages),
        Error::ExpectedMapColon if found == "=" => messages
            .error(found, "a name and its value are separated by `:`")
            .help(format!("write `{before}: {next}`")),
        Error::ExpectedMapColon => messages.error(before, format!("a `:` is missing after `{before}`")),
        Error::TrailingCharacters => {
            messages.error(found, "nothing may follow the closing bracket of the scene")
        }
        _ if found.starts_with([',', ')', ']', '}']) => {
            messages.error(found, "a value is missing before this")
        }
        Error::UnexpectedChar(_) | Error::ExpectedInteger | Error::ExpectedFloat if !found.is_empty() => {
            not_a_value(found, messages)
        }
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            messages.error(found, format!("expected the name of a field, found `{found}`"))
        }
        Error::InvalidEscape(_) => messages
            .error(found, "this string has an escape that RON does not know")
            .help("write `\\\\` for a backslash"),
        ref code => messages.error(found, lower_first(&code.to_string())),
    })
}

/// The tokens around the place of an error.
#[derive(Clone, Copy)]
struct Place<'t> {
    before: &'t str,
    found: &'t str,
    next: &'t str,
}

impl<'t> Place<'t> {
    /// The tokens around the byte `at`, which the one found contains or follows.
    fn of(text: &'t str, at: usize) -> Self {
        let mut tokens = Tokens::new(text).map(|(_, range)| range);
        let mut before = 0..0;
        let mut found = text.len()..text.len();
        for range in tokens.by_ref() {
            if range.end > at {
                found = range;
                break;
            }
            before = range;
        }
        let next = tokens.next().map_or("", |range| &text[range]);
        Self { before: &text[before], found: &text[found], next }
    }
}

fn is_identifier(token: &str) -> bool {
    !token.is_empty() && leading_identifier(token) == token || token.starts_with('"')
}

fn not_a_value(found: &str, messages: &Messages<'_>) -> Diagnostic {
    if found.starts_with(|c: char| c.is_ascii_digit()) {
        return messages.error(found, format!("`{found}` is not a number"));
    }
    let error = messages.error(found, format!("expected a value, found `{found}`"));
    match found.strip_prefix('-') {
        Some(name) if is_identifier(name) => {
            error.help(format!("expressions are in quotes: write \"{found}\""))
        }
        _ => error,
    }
}

/// A comma is missing, or something that looks like it.
fn missing_comma(place: Place<'_>, text: &str, messages: &Messages<'_>) -> Diagnostic {
    let Place { before, found, .. } = place;
    if found.starts_with(';') {
        return messages.error(&found[..1], "fields are separated by `,`, not by `;`");
    }
    if found == ":" {
        return messages
            .error(found, "only the fields of groups have names")
            .help("groups are in parentheses");
    }
    if found == "(" && before.starts_with('"') {
        let error = messages.error(before, "a string cannot be followed by `(`");
        return error.help("the names of models and rules stand without quotes");
    }
    match unquoted_expression(before, found, text) {
        Some(expression) => messages
            .error(expression, "an expression must be in quotes")
            .help(format!("write \"{expression}\"")),
        None => messages
            .error(before, "a comma is missing after this value")
            .also(messages.span(found), "before this"),
    }
}

/// The expression that begins with the value `before` and goes on with `found` in the same line, if it looks like
/// one.
fn unquoted_expression<'t>(before: &str, found: &str, text: &'t str) -> Option<&'t str> {
    let position = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let line = text[position(before)..].lines().next()?;
    let distance = position(found) - position(before);
    let is_key = !leading_identifier(found).is_empty()
        && line.get(distance + found.len()..)?.trim_start().starts_with(':');
    let elsewhere = distance >= line.len() || before.starts_with(['"', ')', ']', '}', '(', '[', '{']);
    if is_key || elsewhere || found.starts_with(['(', '[', '{', '"']) {
        return None;
    }
    Some(line.split([',', ')']).next().unwrap_or(line).trim_end())
}

/// The byte at a position that counts characters.
fn offset(text: &str, position: ron::error::Position) -> usize {
    let mut lines = text.split_inclusive('\n');
    let start: usize = lines.by_ref().take(position.line.saturating_sub(1)).map(str::len).sum();
    let line = lines.next().unwrap_or("");
    start + line.char_indices().nth(position.col.saturating_sub(1)).map_or(line.len(), |(i, _)| i)
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}
