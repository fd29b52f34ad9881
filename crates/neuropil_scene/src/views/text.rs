//! The text of views, taken apart.

use std::ops::Range;

/// The help for ranges of other languages: `0:3`, `0..=3`, or with a dash.
pub(super) fn other_notation(item: &str) -> Option<String> {
    let (separator, inclusive) = [("..=", true), ("...", false), (":", false), ("\u{2013}", true)]
        .into_iter()
        .find(|(separator, _)| item.contains(separator))?;
    let (start, end) = item.split_once(separator)?;
    let (start, end) = (start.trim(), end.trim());
    let end = match end.parse::<u64>() {
        Ok(end) => end.saturating_add(u64::from(inclusive)).to_string(),
        Err(_) if inclusive && !end.is_empty() => format!("{end} + 1"),
        Err(_) => end.to_owned(),
    };
    let example = if end.contains(':') { "0..3".to_owned() } else { format!("{start}..{end}") };
    Some(format!("ranges are written `{example}`, without their end"))
}

/// `range` without the blanks at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

/// The parts of `range` between `separator`s that are not in parentheses.
pub(super) fn split(text: &str, range: Range<usize>, separator: &str) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), range.start, 0_i64);
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        if depth == 0 && rest.starts_with(separator) {
            parts.push(start..at);
            at += separator.len();
            start = at;
            continue;
        }
        let c = rest.chars().next().unwrap_or(' ');
        depth += i64::from(c == '(') - i64::from(c == ')');
        at += c.len_utf8();
    }
    parts.push(start..range.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_in_parentheses_do_not_count() {
        let text = "max(1, 2)..9, 3";
        assert_eq!(split(text, 0..text.len(), ","), [0..12, 13..15]);
        assert_eq!(split(text, 0..12, ".."), [0..9, 11..12]);
        assert_eq!(trimmed(text, 13..15), 14..15);
    }
}
