//! The lines of a text file, of any length up to a limit, without a copy.

use std::io::{ErrorKind, Read};
use std::ops::Range;

use crate::error::Fault;
use crate::field::Field;

/// No line of numbers is longer, and a file without line ends should not fill the memory.
const MAX_LINE_BYTES: usize = 1 << 20;
const BUFFER_BYTES: usize = 1 << 16;

/// A line without its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) text: &'a [u8],
}

/// A reader of lines.
pub(crate) struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
    /// The part of the buffer that was read from the file and not yet handed out.
    pending: Range<usize>,
    number: u64,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, buffer: vec![0; BUFFER_BYTES], pending: 0..0, number: 0, ended: false }
    }

    /// The number of lines so far.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next line.
    pub(crate) fn next_line(&mut self) -> Result<Option<Line<'_>>, Fault> {
        let range = self.find_line()?;
        Ok(range.map(|range| Line { number: self.number, text: &self.buffer[range] }))
    }

    /// The next line that is neither blank nor a comment, which begins with `comment`.
    pub(crate) fn next_content(&mut self, comment: u8) -> Result<Option<Line<'_>>, Fault> {
        let range = loop {
            let Some(range) = self.find_line()? else { return Ok(None) };
            let first = self.buffer[range.clone()].iter().find(|byte| !byte.is_ascii_whitespace());
            if first.is_some_and(|&first| first != comment) {
                break range;
            }
        };
        Ok(Some(Line { number: self.number, text: &self.buffer[range] }))
    }

    fn find_line(&mut self) -> Result<Option<Range<usize>>, Fault> {
        let mut searched = 0;
        loop {
            let unsearched = &self.buffer[self.pending.start + searched..self.pending.end];
            if let Some(found) = memchr::memchr(b'\n', unsearched) {
                let length = searched + found;
                return Ok(Some(self.take(length, 1)));
            }
            searched = self.pending.len();
            if self.ended {
                return Ok((searched > 0).then(|| self.take(searched, 0)));
            }
            self.refill()?;
        }
    }

    /// Takes a line of `length` bytes and its end of `end` bytes.
    fn take(&mut self, length: usize, end: usize) -> Range<usize> {
        let start = self.pending.start;
        self.pending.start += length + end;
        self.number += 1;
        let text = &self.buffer[start..start + length];
        start..start + text.strip_suffix(b"\r").unwrap_or(text).len()
    }

    fn refill(&mut self) -> Result<(), Fault> {
        self.buffer.copy_within(self.pending.clone(), 0);
        self.pending = 0..self.pending.len();
        if self.pending.end == MAX_LINE_BYTES {
            let problem = "the line is longer than 1 MiB, so this is not a text file of numbers";
            return Err(Fault::line(self.number + 1, problem));
        }
        if self.pending.end == self.buffer.len() {
            self.buffer.resize(2 * self.pending.end, 0);
        }
        let n = loop {
            match self.reader.read(&mut self.buffer[self.pending.end..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.pending.end += n;
        self.ended = n == 0;
        Ok(())
    }
}

impl<'a> Line<'a> {
    /// The fields between blanks.
    pub(crate) fn fields(self) -> Fields<'a> {
        Fields { line: self, position: 0 }
    }

    /// An error of the line as a whole.
    pub(crate) fn fault(self, problem: impl Into<String>) -> Fault {
        Fault::line(self.number, problem)
    }
}

/// The fields of a line, from left to right.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    line: Line<'a>,
    position: usize,
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    #[inline]
    fn next(&mut self) -> Option<Field<'a>> {
        let text = self.line.text;
        let mut start = self.position;
        while text.get(start)?.is_ascii_whitespace() {
            start += 1;
        }
        let mut end = start + 1;
        while text.get(end).is_some_and(|byte| !byte.is_ascii_whitespace()) {
            end += 1;
        }
        self.position = end;
        Some(Field { text: &text[start..end], line: self.line.number, column: start + 1 })
    }
}
