//! Checks that a file is RON, and says in plain words where it is not.

use std::ops::Range;

use ron::error::{Error, SpannedError};
use ron::value::RawValue;
use serde::Deserialize as _;
use serde::de::IgnoredAny;

use crate::brackets::{self, MAX_DEPTH};
use crate::diagnostic::Diagnostic;
use crate::messages::Messages;
use crate::numbers::number;
use crate::pasted;
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
        return if report_pasted(text, messages) { None } else { brackets::report(text, fault, messages) };
    }
    if let Some(fault) = single_quotes(text, messages) {
        return messages.report(fault);
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
        Err(_) if report_pasted(text, messages) => None,
        Err(error) => report(text, &error, messages),
    }
}

/// Reports characters outside strings that only look like those of RON, and says whether there are any.
fn report_pasted(text: &str, messages: &Messages<'_>) -> bool {
    let mut found = false;
    for (_, range) in Tokens::new(text).filter(|(token, _)| *token == Token::Word) {
        let word = &text[range];
        if let Some((at, c, (what, help))) = pasted::find(word) {
            found = true;
            messages.report::<()>(
                messages.error(&word[at..at + c.len_utf8()], format!("this is {what}")).help(help),
            );
        }
    }
    found
}

/// The first text in single quotes.
fn single_quotes(text: &str, messages: &Messages<'_>) -> Option<Diagnostic> {
    let in_quotes = |(token, range): &(Token, Range<usize>)| {
        *token == Token::Word && text[range.clone()].starts_with('\'')
    };
    let (_, range) = Tokens::new(text).find(in_quotes)?;
    let line = text[range.start..].lines().next()?;
    let inside = line[1..].split('\'').next().filter(|inside| inside.len() + 2 <= line.len());
    let slice = inside.map_or(&text[range], |inside| &line[..inside.len() + 2]);
    let error = messages.error(slice, "text is written in double quotes");
    Some(error.help_if(inside.filter(|t| !t.contains('"')).map(|inside| format!("write \"{inside}\""))))
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
    let at = offset(text, error.span.end);
    let place = Place::of(text, at);
    let Place { before, found, next } = place;
    if let Some(fault) = foreign(text, at, messages) {
        return messages.report(fault);
    }
    messages.report(match error.code {
        _ if next == ":" && !is_identifier(found) => messages
            .error(found, format!("the name `{found}` needs quotes"))
            .help(format!("write `{{ \"{found}\": ... }}`, with braces instead of parentheses")),
        _ if found.strip_prefix('-').is_some_and(|rest| !leading_identifier(rest).is_empty()) => {
            not_a_value(found, text, messages)
        }
        Error::ExpectedComma => missing_comma(place.split(text, at), at, text, messages),
        Error::ExpectedMapColon => messages.error(before, format!("a `:` is missing after `{before}`")),
        Error::TrailingCharacters => {
            messages.error(found, "nothing may follow the closing bracket of the scene")
        }
        _ if found.starts_with([',', ')', ']', '}']) => {
            messages.error(found, "a value is missing before this")
        }
        Error::UnexpectedChar(_) | Error::ExpectedInteger | Error::ExpectedFloat if !found.is_empty() => {
            not_a_value(found, text, messages)
        }
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            let is_digits = !found.is_empty() && found.bytes().all(|b| b.is_ascii_digit());
            let help = (is_digits && before == ",").then_some("the decimal point is `.`");
            messages.error(found, format!("expected the name of a field, found `{found}`")).help_if(help)
        }
        Error::InvalidEscape(_) => messages
            .error(found, "this string has an escape that RON does not know")
            .help("write `\\\\` for a backslash"),
        ref code => messages.error(found, lower_first(&code.to_string())),
    })
}

/// Notations of other languages at the byte `at`: `name = value`, `10%`.
fn foreign(text: &str, at: usize, messages: &Messages<'_>) -> Option<Diagnostic> {
    let start = at + text[at..].find(|c: char| !c.is_whitespace())?;
    let sign = text.get(start..=start)?;
    let before = text[..start].trim_end();
    match sign {
        "=" => {
            let name = before
                .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .filter(|n| !n.is_empty())?;
            let value = value_text(&text[start + 1..]).trim();
            let value = if value.is_empty() || value.contains('(') { "..." } else { value };
            let error = messages.error(sign, "a name and its value are separated by `:`");
            Some(error.help(format!("fields are written `{name}: {value}`")))
        }
        "%" => {
            let digits = before.rsplit(|c: char| !(c.is_ascii_digit() || "._eE".contains(c))).next()?;
            let percent: f64 = digits.parse().ok()?;
            Some(messages.error(sign, "there is no `%`").help(format!("write {}", number(percent / 100.0))))
        }
        _ => None,
    }
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

impl Place<'_> {
    /// The place where a word such as `2*b` comes apart at the byte `at`, behind the value that it begins with.
    fn split(self, text: &str, at: usize) -> Self {
        let inside = at.saturating_sub(self.found.as_ptr() as usize - text.as_ptr() as usize);
        match self.found.split_at_checked(inside) {
            Some((before, found)) if inside > 0 && !found.is_empty() => Self { before, found, ..self },
            _ => self,
        }
    }
}

fn is_identifier(token: &str) -> bool {
    !token.is_empty() && leading_identifier(token) == token || token.starts_with('"')
}

fn not_a_value(found: &str, text: &str, messages: &Messages<'_>) -> Diagnostic {
    if found.starts_with(|c: char| c.is_ascii_digit()) {
        return messages.error(found, format!("`{found}` is not a number"));
    }
    let error = messages.error(found, format!("expected a value, found `{found}`"));
    match found.strip_prefix('-') {
        Some(name) if !leading_identifier(name).is_empty() => {
            let expression = value_text(&text[found.as_ptr() as usize - text.as_ptr() as usize..]);
            error.help(format!("expressions stand in quotes: \"{expression}\""))
        }
        _ => error,
    }
}

/// A comma is missing, or something that looks like it.
fn missing_comma(place: Place<'_>, at: usize, text: &str, messages: &Messages<'_>) -> Diagnostic {
    let Place { before, found, .. } = place;
    if found.starts_with(';') {
        return messages.error(&found[..1], "fields are separated by `,`, not by `;`");
    }
    if found == ":" {
        return if innermost(text, at) == Some('(') {
            messages.error(found, "only some of these values have names").help("name all of them, or none")
        } else {
            messages.error(found, "only the fields of groups have names").help("groups are in parentheses")
        };
    }
    if found == "[" && !leading_identifier(before).is_empty() {
        let view = value_text(&text[before.as_ptr() as usize - text.as_ptr() as usize..]);
        return messages.error(view, "neurons are selected in quotes").help(format!("write \"{view}\""));
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

/// The bracket that is open at the byte `at`.
fn innermost(text: &str, at: usize) -> Option<char> {
    let mut open = Vec::new();
    for (token, _) in Tokens::new(text).take_while(|(_, range)| range.end <= at) {
        match token {
            Token::Open(bracket) => open.push(bracket),
            Token::Close(_) => drop(open.pop()),
            _ => (),
        }
    }
    open.pop()
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
    Some(value_text(line))
}

/// What stands at the start of `text` up to the comma or bracket that ends it, or the end of the line.
fn value_text(text: &str) -> &str {
    let mut depth = 0_usize;
    let end = text.find(|c: char| {
        let ends = matches!(c, '\n' | '\r') || (depth == 0 && ",)]}".contains(c));
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => (),
        }
        ends
    });
    text[..end.unwrap_or(text.len())].trim_end()
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
