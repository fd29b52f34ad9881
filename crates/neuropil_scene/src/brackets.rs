//! Brackets, strings and comments that are not closed, with a guess where that went wrong.

use crate::messages::Messages;
use crate::tokens::{Token, Tokens};

/// Values may not be nested more deeply.
pub(crate) const MAX_DEPTH: usize = 32;

/// What is wrong with the brackets of a text, with places in it.
pub(crate) enum BracketFault {
    Unclosed { what: &'static str, at: usize, long: Option<usize> },
    Open { at: usize, before: Option<usize> },
    Mismatch { open: usize, close: usize },
    Stray { at: usize, suspect: Option<usize> },
    TooDeep { at: usize },
}

/// Checks that brackets, strings and comments are closed.
pub(crate) fn check(text: &str) -> Result<(), BracketFault> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let (mut suspect, mut early, mut long) = (None, None, None);
    for (token, range) in Tokens::new(text) {
        match token {
            Token::Open(bracket) if open.len() < MAX_DEPTH => open.push((bracket, range.start)),
            Token::Open(_) => return Err(BracketFault::TooDeep { at: range.start }),
            Token::Close(bracket) => {
                let Some((opened, at)) = open.pop() else {
                    return Err(BracketFault::Stray { at: range.start, suspect: early });
                };
                if closing(opened) != bracket {
                    return Err(BracketFault::Mismatch { open: at, close: range.start });
                }
                if early.is_none() && ends_its_line(text, at) && !begins_its_line(text, range.start) {
                    early = Some(range.start);
                }
                if suspect.is_none() && closes_an_outer_line(text, at, range.start) {
                    suspect = Some((at, range.start));
                }
            }
            Token::Unclosed(what) => return Err(BracketFault::Unclosed { what, at: range.start, long }),
            Token::Text if long.is_none() && text[range.clone()].contains('\n') => long = Some(range.start),
            _ => (),
        }
    }
    match (open.last(), suspect) {
        (None, _) => Ok(()),
        (Some(_), Some((at, before))) => Err(BracketFault::Open { at, before: Some(before) }),
        (Some(&(_, at)), None) => Err(BracketFault::Open { at, before: None }),
    }
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Whether a closing bracket begins a line that is indented less than that of its opening bracket: then the
/// opening one is likely the one whose closing bracket is missing.
fn closes_an_outer_line(text: &str, open: usize, close: usize) -> bool {
    let line = |at: usize| &text[text[..at].rfind('\n').map_or(0, |i| i + 1)..];
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    begins_its_line(text, close) && indent(line(close)) < indent(line(open))
}

fn begins_its_line(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches([' ', '\t']).ends_with('\n')
}

fn ends_its_line(text: &str, at: usize) -> bool {
    text[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n')
}

/// Reports a fault in `text`.
pub(crate) fn report<T>(text: &str, fault: BracketFault, messages: &Messages<'_>) -> Option<T> {
    let one = |at: usize| &text[at..at + 1];
    messages.report(match fault {
        BracketFault::Unclosed { what: "comment", at, .. } => {
            messages.error(&text[at..at + 2], "this comment does not end").help("close it with `*/`")
        }
        BracketFault::Unclosed { at, long: None, .. } => {
            messages.error(one(at), "this string does not end").help("close it with `\"`")
        }
        BracketFault::Unclosed { at, long: Some(long), .. } => messages
            .error(one(long), "the quotes do not match: this string goes on over the end of the line")
            .also(messages.span(one(at)), "so that this one does not end"),
        BracketFault::Open { at, before } => {
            let bracket = text[at..].chars().next().unwrap_or('(');
            let missing = format!("the closing `{}` is missing", closing(bracket));
            let error = messages.error(one(at), format!("this `{bracket}` is not closed")).label(missing);
            match before {
                Some(before) => error.also(messages.span(one(before)), "it should stand before this"),
                None => error,
            }
        }
        BracketFault::Mismatch { open, close } => {
            let expected = closing(text[open..].chars().next().unwrap_or('('));
            let message = format!("expected `{expected}`, found `{}`", one(close));
            messages.error(one(close), message).also(messages.span(one(open)), "to close this bracket")
        }
        BracketFault::Stray { at, suspect } => {
            let error = messages.error(one(at), format!("this `{}` closes nothing", one(at)));
            match suspect {
                Some(suspect) => error.also(messages.span(one(suspect)), "is this one too many?"),
                None => error.help("remove it, or look for an opening bracket that is missing before it"),
            }
        }
        BracketFault::TooDeep { at } => {
            messages.error(one(at), format!("brackets are nested more than {MAX_DEPTH} deep"))
        }
    })
}
