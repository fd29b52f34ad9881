//! The first line, which says what kind of matrix follows.

use std::io::Read;

use crate::error::Fault;
use crate::field::{Field, quoted};
use crate::lines::{Line, Lines};

const EXAMPLE: &str = "%%MatrixMarket matrix coordinate real general";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
const UTF_16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// How entries are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Each entry with its row and column.
    Coordinate,
    /// All entries, column by column.
    Array,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    Real,
    Integer,
    /// There is no value.
    Pattern,
}

/// Which entries stand for others, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symmetry {
    General,
    Symmetric,
    SkewSymmetric,
}

/// What the first line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Banner {
    pub(super) layout: Layout,
    pub(super) values: Values,
    pub(super) symmetry: Symmetry,
}

impl Banner {
    pub(super) fn read<R: Read>(lines: &mut Lines<R>) -> Result<Self, Fault> {
        match lines.next_line()? {
            None => Err(Fault::content(format!("the file is empty; expected `{EXAMPLE}` in its first line"))),
            Some(line) => Self::parse(line),
        }
    }

    fn parse(line: Line<'_>) -> Result<Self, Fault> {
        let text = line.text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line.text);
        let mut fields = Line { text, ..line }.fields();
        let mark = fields.next().filter(|mark| mark.text.eq_ignore_ascii_case(b"%%MatrixMarket"));
        if mark.is_none() {
            let found = found(text);
            return Err(line.fault(format!("expected a first line such as `{EXAMPLE}`, found {found}")));
        }
        let mut word = |what| {
            fields.next().ok_or_else(|| line.fault(format!("the first line lacks {what}: `{EXAMPLE}`")))
        };
        check_object(&word("the word `matrix`")?)?;
        let (layout, values, symmetry) = (word("a layout")?, word("a field")?, word("a symmetry")?);
        let banner = Self {
            layout: layout_of(&layout)?,
            values: values_of(&values)?,
            symmetry: symmetry_of(&symmetry)?,
        };
        if let Some(extra) = fields.next() {
            return Err(extra.fault(format!("expected the end of the first line, found {}", extra.quoted())));
        }
        banner.check(&values, &symmetry)
    }

    fn check(self, values: &Field<'_>, symmetry: &Field<'_>) -> Result<Self, Fault> {
        if self.values == Values::Pattern && self.layout == Layout::Array {
            return Err(values.fault("an array lists values, so it cannot be `pattern`; use `real`"));
        }
        if self.values == Values::Pattern && self.symmetry == Symmetry::SkewSymmetric {
            return Err(symmetry.fault("a pattern has no signs, so it cannot be `skew-symmetric`"));
        }
        Ok(self)
    }
}

/// What is there instead of a banner.
fn found(text: &[u8]) -> String {
    let hint =
        if UTF_16_MARKS.iter().any(|mark| text.starts_with(mark)) { "; save the file as UTF-8" } else { "" };
    quoted(text) + hint
}

fn check_object(field: &Field<'_>) -> Result<(), Fault> {
    if field.text.eq_ignore_ascii_case(b"matrix") {
        return Ok(());
    }
    Err(field.fault(format!("expected `matrix`, found {}", field.quoted())))
}

fn layout_of(field: &Field<'_>) -> Result<Layout, Fault> {
    match field.text.to_ascii_lowercase().as_slice() {
        b"coordinate" => Ok(Layout::Coordinate),
        b"array" => Ok(Layout::Array),
        _ => Err(field.fault(format!("expected `coordinate` or `array`, found {}", field.quoted()))),
    }
}

fn values_of(field: &Field<'_>) -> Result<Values, Fault> {
    match field.text.to_ascii_lowercase().as_slice() {
        b"real" => Ok(Values::Real),
        // SciPy's word for matrices of unsigned numbers.
        b"integer" | b"unsigned-integer" => Ok(Values::Integer),
        b"pattern" => Ok(Values::Pattern),
        b"complex" => {
            Err(field.fault("weights are real, so a `complex` matrix cannot be read; save one part"))
        }
        _ => Err(field.fault(format!("expected `real`, `integer` or `pattern`, found {}", field.quoted()))),
    }
}

fn symmetry_of(field: &Field<'_>) -> Result<Symmetry, Fault> {
    match field.text.to_ascii_lowercase().as_slice() {
        b"general" => Ok(Symmetry::General),
        b"symmetric" => Ok(Symmetry::Symmetric),
        b"skew-symmetric" => Ok(Symmetry::SkewSymmetric),
        b"hermitian" => {
            Err(field.fault("weights are real, so a `hermitian` matrix cannot be read; use `symmetric`"))
        }
        _ => Err(field
            .fault(format!("expected `general`, `symmetric` or `skew-symmetric`, found {}", field.quoted()))),
    }
}
