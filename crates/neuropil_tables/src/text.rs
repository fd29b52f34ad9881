//! Numbers as text, into a file.

use std::fs::File;
use std::io::Write;

use crate::error::Fault;

const BUFFER_BYTES: usize = 1 << 18;

/// A buffered writer of lines of numbers. Numbers are as short as they can be and still read back the same.
pub(crate) struct TextWriter<'a> {
    file: &'a File,
    buffer: Vec<u8>,
    integers: itoa::Buffer,
    reals: zmij::Buffer,
}

impl<'a> TextWriter<'a> {
    pub(crate) fn new(file: &'a File) -> Self {
        let buffer = Vec::with_capacity(2 * BUFFER_BYTES);
        Self { file, buffer, integers: itoa::Buffer::new(), reals: zmij::Buffer::new() }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.buffer.push(byte);
    }

    pub(crate) fn integer(&mut self, number: u64) {
        self.buffer.extend_from_slice(self.integers.format(number).as_bytes());
    }

    /// A finite number.
    pub(crate) fn real(&mut self, number: f64) {
        self.buffer.extend_from_slice(self.reals.format_finite(number).as_bytes());
    }

    pub(crate) fn end_line(&mut self) -> Result<(), Fault> {
        self.buffer.push(b'\n');
        if self.buffer.len() >= BUFFER_BYTES { self.flush() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<(), Fault> {
        self.flush()
    }

    fn flush(&mut self) -> Result<(), Fault> {
        self.file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}
