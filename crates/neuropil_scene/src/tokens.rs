//! The tokens of RON, as far as brackets, comments and strings go: enough to say where text begins and ends.

use std::ops::Range;

/// A kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    Comma,
    Colon,
    /// A string, quotes included.
    Text,
    /// A name, a number or anything else.
    Word,
    /// A string or a comment that does not end.
    Unclosed(&'static str),
}

/// The tokens of a text, with their places.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips white space and comments; the start of a comment that does not end is an error.
    fn skip_blank(&mut self) -> Result<(), usize> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(is_blank);
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.at += block_comment(trimmed).ok_or(self.at)?;
            } else {
                return Ok(());
            }
        }
    }

    fn token(&self) -> Option<(Token, usize)> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        Some(match first {
            '(' | '[' | '{' => (Token::Open(first), 1),
            ')' | ']' | '}' => (Token::Close(first), 1),
            ',' => (Token::Comma, 1),
            ':' => (Token::Colon, 1),
            '"' => closed(quoted(rest), rest),
            'r' | 'b' if raw_start(rest).is_some() => closed(raw_string(rest), rest),
            _ => (Token::Word, word(rest)),
        })
    }
}

impl Iterator for Tokens<'_> {
    type Item = (Token, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(start) = self.skip_blank() {
            self.at = self.text.len();
            return Some((Token::Unclosed("comment"), start..start + 2));
        }
        let (token, len) = self.token()?;
        let start = self.at;
        self.at += len;
        Some((token, start..self.at))
    }
}

/// White space as RON has it, which others such as no-break spaces are not.
fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
}

fn closed(len: Option<usize>, rest: &str) -> (Token, usize) {
    match len {
        Some(len) => (Token::Text, len),
        None => (Token::Unclosed("string"), rest.len()),
    }
}

/// The length of a block comment, which may hold others.
fn block_comment(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut i) = (0_usize, 0);
    while i + 1 < bytes.len() {
        match &bytes[i..i + 2] {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {
                i += 1;
                continue;
            }
        }
        i += 2;
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// The length of a string in quotes.
fn quoted(text: &str) -> Option<usize> {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|b| {
        let end = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        end
    })?;
    Some(end + 2)
}

/// The length of what opens a raw string, such as `r#"`.
fn raw_start(text: &str) -> Option<usize> {
    let after = text.trim_start_matches('b').strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then(|| text.len() - after.len() + hashes + 1)
}

fn raw_string(text: &str) -> Option<usize> {
    let start = raw_start(text)?;
    let hashes = text[..start].matches('#').count();
    let close = format!("\"{}", "#".repeat(hashes));
    Some(start + text[start..].find(&close)? + close.len())
}

/// The length of a word, which also ends where a comment begins.
fn word(text: &str) -> usize {
    let mut end = text.len();
    for (i, c) in text.char_indices() {
        let comment = c == '/' && (text[i..].starts_with("//") || text[i..].starts_with("/*"));
        let stop = is_blank(c) || "()[]{},:\"".contains(c) || comment;
        if stop && i > 0 {
            end = i;
            break;
        }
    }
    end
}

/// `text` without blanks and comments around it.
pub(crate) fn trim(text: &str) -> &str {
    let mut tokens = Tokens::new(text).map(|(_, range)| range);
    let Some(first) = tokens.next() else { return &text[..0] };
    let end = tokens.last().map_or(first.end, |last| last.end);
    &text[first.start..end]
}

/// The identifier at the start of `text`, if any.
pub(crate) fn leading_identifier(text: &str) -> &str {
    let start = |c: char| c.is_alphabetic() || c == '_';
    if !text.starts_with(start) {
        return "";
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let text = r##"(a: "x\")", /* ) /* ] */ */ b: r#"("#) // ]"##;
        let brackets: Vec<_> =
            Tokens::new(text).filter(|(t, _)| matches!(t, Token::Open(_) | Token::Close(_))).collect();
        assert_eq!(brackets.len(), 2);
        assert_eq!(trim(" /* c */ 20 // ms \n"), "20");
        assert_eq!(trim(text), &text[..text.len() - 5]);
    }

    #[test]
    fn what_does_not_end_is_found() {
        assert_eq!(Tokens::new("(\"a").last().unwrap().0, Token::Unclosed("string"));
        assert_eq!(Tokens::new("( /* a").last().unwrap().0, Token::Unclosed("comment"));
        assert_eq!(leading_identifier("iaf_psc_alpha(x)"), "iaf_psc_alpha");
    }
}
