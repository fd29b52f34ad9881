//! The rows of a file.
//!
//! Numbers need little of what crates for CSV can do, and with our own lines every error has its place.

use std::io::Read;
use std::ops::Range;

use crate::error::Fault;
use crate::field::{Field, real};
use crate::lines::{Line, Lines};

const COMMENT: u8 = b'#';
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A reader of rows of numbers, after a line that may have names.
pub(super) struct Table<R> {
    lines: Lines<R>,
    first: Vec<u8>,
    first_number: u64,
    /// Whether the first line is a row that was not yet used.
    waiting: bool,
    /// The names, where the first line has them.
    names: Option<Vec<String>>,
    n_columns: usize,
    ranges: Vec<Range<usize>>,
}

/// The fields of a line.
pub(super) struct Row<'a> {
    line: Line<'a>,
    ranges: &'a [Range<usize>],
}

impl<R: Read> Table<R> {
    pub(super) fn open(reader: R) -> Result<Self, Fault> {
        let mut lines = Lines::new(reader);
        let Some(line) = lines.next_content(COMMENT)? else {
            return Err(Fault::content("the file is empty"));
        };
        let text = line.text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line.text);
        let (first, first_number) = (text.to_vec(), line.number);
        let mut ranges = Vec::new();
        split(&first, &mut ranges);
        let row = Row { line: Line { number: first_number, text: &first }, ranges: &ranges };
        check_separator(&row)?;
        let waiting = row.fields().all(|field| real(field.text).is_some());
        let names = (!waiting).then(|| row.names());
        let n_columns = ranges.len();
        Ok(Self { lines, first, first_number, waiting, names, n_columns, ranges })
    }

    /// The names of the columns, where the file has them.
    pub(super) fn names(&self) -> Option<Vec<&str>> {
        self.names.as_ref().map(|names| names.iter().map(String::as_str).collect())
    }

    pub(super) fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// An error of the first line.
    pub(super) fn fault(&self, problem: String) -> Fault {
        Fault::line(self.first_number, problem)
    }

    /// The next row, which has as many fields as the first.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, Fault> {
        let first = Line { number: self.first_number, text: &self.first };
        let waiting = std::mem::take(&mut self.waiting);
        let line = if waiting { Some(first) } else { self.lines.next_content(COMMENT)? };
        let Some(line) = line else { return Ok(None) };
        split(line.text, &mut self.ranges);
        if self.ranges.len() == self.n_columns {
            return Ok(Some(Row { line, ranges: &self.ranges }));
        }
        let found = self.ranges.len();
        Err(line.fault(format!("expected {} fields as in the first line, found {found}", self.n_columns)))
    }
}

impl<'a> Row<'a> {
    pub(super) fn field(&self, column: usize) -> Field<'a> {
        let range = self.ranges[column].clone();
        Field { text: &self.line.text[range.clone()], line: self.line.number, column: range.start + 1 }
    }

    fn fields(&self) -> impl Iterator<Item = Field<'a>> {
        (0..self.ranges.len()).map(|column| self.field(column))
    }

    fn names(&self) -> Vec<String> {
        self.fields().map(|field| String::from_utf8_lossy(field.text).into_owned()).collect()
    }
}

/// Finds the fields between commas, without the blanks and quotes around them.
fn split(text: &[u8], ranges: &mut Vec<Range<usize>>) {
    ranges.clear();
    let mut start = 0;
    loop {
        while text.get(start).is_some_and(|&byte| byte == b' ' || byte == b'\t') {
            start += 1;
        }
        let quoted = quoted_end(text, start);
        let from = quoted.unwrap_or(start);
        let end = memchr::memchr(b',', &text[from..]).map_or(text.len(), |length| from + length);
        ranges.push(match quoted {
            Some(quote) => start + 1..quote,
            None => start..start + text[start..end].trim_ascii_end().len(),
        });
        if end == text.len() {
            return;
        }
        start = end + 1;
    }
}

/// The position of the quote that ends the field, if one begins it.
fn quoted_end(text: &[u8], start: usize) -> Option<usize> {
    let inner = text[start..].strip_prefix(b"\"")?;
    memchr::memchr(b'"', inner).map(|length| start + 1 + length)
}

/// Other separators leave a single field.
fn check_separator(row: &Row<'_>) -> Result<(), Fault> {
    let field = row.field(0);
    let other = [(b';', "semicolons"), (b'\t', "tabs"), (b' ', "blanks")];
    match other.iter().find(|(byte, _)| row.ranges.len() == 1 && field.text.contains(byte)) {
        None => Ok(()),
        Some((_, name)) => {
            Err(field.fault(format!("expected commas between fields, found {name} in {}", field.quoted())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<&str> {
        let mut ranges = Vec::new();
        split(text.as_bytes(), &mut ranges);
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn fields_lie_between_commas() {
        assert_eq!(fields("a, b ,\tc\t"), ["a", "b", "c"]);
        assert_eq!(fields("a,,"), ["a", "", ""]);
        assert_eq!(fields("\"a, b\" , \"c\""), ["a, b", "c"]);
        assert_eq!(fields("\"a,b"), ["\"a", "b"]);
        assert_eq!(fields("\"\""), [""]);
    }
}
