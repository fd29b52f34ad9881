//! Patterns of neurons, in the format of Auryn's `.pat` files.

use std::path::Path;

use crate::error::{Fault, TableError};
use crate::field::{Field, unsigned};
use crate::format::{Format, TextFormat};
use crate::input_file::InputFile;
use crate::lines::{Line, Lines};

/// Neurons that belong together, each with its strength.
pub type Pattern = Vec<(u32, f64)>;

const COMMENT: u8 = b'#';

/// Reads patterns from an Auryn `.pat` file, which may be compressed (`.pat.gz`).
///
/// Each line has the number of a neuron, counted from 0, and its strength, which is 1 if left out. Blank
/// lines end a pattern, and so does the end of the file. Lines that begin with `#` are comments.
///
/// # Errors
/// Where the file cannot be read, or a line is something else.
pub fn read_patterns(path: &Path) -> Result<Vec<Pattern>, TableError> {
    let Some(Format::Text(TextFormat::Patterns, compressed)) = Format::of(path) else {
        return Err(Format::unknown(path, "patterns are read from", "files that end in .pat or .pat.gz"));
    };
    read(path, compressed).map_err(|fault| fault.read_from(path))
}

fn read(path: &Path, compressed: bool) -> Result<Vec<Pattern>, Fault> {
    let mut lines = Lines::new(InputFile::open(path, compressed)?.reader);
    let (mut patterns, mut pattern) = (Vec::new(), Pattern::new());
    while let Some(line) = lines.next_line()? {
        let mut fields = line.fields();
        match fields.next() {
            Some(first) if first.text[0] == COMMENT => {}
            Some(first) => pattern.push(member(line, &first, fields.next(), fields.next())?),
            None => end(&mut pattern, &mut patterns),
        }
    }
    end(&mut pattern, &mut patterns);
    Ok(patterns)
}

fn end(pattern: &mut Pattern, patterns: &mut Vec<Pattern>) {
    if !pattern.is_empty() {
        patterns.push(std::mem::take(pattern));
    }
}

fn member(
    line: Line<'_>,
    neuron: &Field<'_>,
    strength: Option<Field<'_>>,
    extra: Option<Field<'_>>,
) -> Result<(u32, f64), Fault> {
    if let Some(extra) = extra {
        return Err(line
            .fault(format!("expected `neuron` or `neuron strength`, found {} after them", extra.quoted())));
    }
    let number = unsigned(neuron.text).and_then(|number| u32::try_from(number).ok());
    let number = number.ok_or_else(|| {
        neuron.fault(format!("expected the number of a neuron, counted from 0, found {}", neuron.quoted()))
    })?;
    Ok((number, strength.map_or(Ok(1.0), |field| field.real("strength"))?))
}
