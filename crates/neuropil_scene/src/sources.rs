//! The texts that messages quote, and the places in them.

use std::ops::Range;

/// A text with the name that messages show.
#[derive(Clone, Debug)]
pub(crate) struct QuotedText {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The scene and the overrides: every text that a token can come from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    list: Vec<QuotedText>,
}

/// A range of bytes of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) source: usize,
    pub(crate) range: Range<usize>,
}

impl Sources {
    pub(crate) fn new(list: Vec<QuotedText>) -> Self {
        Self { list }
    }

    pub(crate) fn get(&self, source: usize) -> Option<&QuotedText> {
        self.list.get(source)
    }

    /// Where a slice of one of the sources lies.
    pub(crate) fn span(&self, slice: &str) -> Option<Span> {
        let start = slice.as_ptr() as usize;
        self.list.iter().enumerate().find_map(|(source, s)| {
            let offset = start.checked_sub(s.text.as_ptr() as usize)?;
            let end = offset.checked_add(slice.len())?;
            (end <= s.text.len()).then_some(Span { source, range: offset..end })
        })
    }
}

impl QuotedText {
    /// The lines that contain `range`: the number of the first, counted from 1, and their place in the text.
    pub(crate) fn lines(&self, range: &Range<usize>) -> (usize, Range<usize>) {
        let start = self.text[..range.start].rfind('\n').map_or(0, |i| i + 1);
        let end = self.text[range.end..].find(['\n', '\r']).map_or(self.text.len(), |i| range.end + i);
        let line = 1 + self.text[..start].bytes().filter(|&b| b == b'\n').count();
        (line, start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, text: &str) -> QuotedText {
        QuotedText { name: name.into(), text: text.into() }
    }

    #[test]
    fn slices_are_found_in_their_source() {
        let sources = Sources::new(vec![source("a", "first text"), source("b", "one\ntwo three\nfour")]);
        let slice = &sources.list[1].text[8..13];
        assert_eq!(sources.span(slice), Some(Span { source: 1, range: 8..13 }));
        assert_eq!(sources.span("elsewhere"), None);
        assert_eq!(sources.list[1].lines(&(8..13)), (2, 4..13));
    }
}
