//! The size line, held against the size of the file before any memory is taken.

use std::io::Read;

use super::COMMENT;
use super::banner::{Banner, Layout, Symmetry, Values};
use crate::error::Fault;
use crate::field::{Field, unsigned};
use crate::lines::{Line, Lines};

/// What the size line says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) line: u64,
    pub(super) rows: u32,
    pub(super) columns: u32,
    /// The number of entries that the file lists.
    pub(super) entries: u64,
    /// Whether a comment says that Auryn wrote the file.
    by_auryn: bool,
}

/// What the first comment of Auryn's files begins with.
const MARK_OF_AURYN: &[u8] = b"% Auryn weight matrix";

impl Sizes {
    pub(super) fn read<R: Read>(lines: &mut Lines<R>, banner: &Banner, max: u64) -> Result<Self, Fault> {
        let mut by_auryn = false;
        while let Some(line) = lines.next_line()? {
            by_auryn |= line.text.starts_with(MARK_OF_AURYN);
            let first = line.fields().next().map_or(COMMENT, |field| field.text[0]);
            if first != COMMENT {
                let sizes = Self::parse(line, banner)?.check(line, banner, max)?;
                return Ok(Self { by_auryn, ..sizes });
            }
        }
        let form = form(banner.layout);
        Err(Fault::content(format!("the file ends before its size line, `{form}`")))
    }

    fn parse(line: Line<'_>, banner: &Banner) -> Result<Self, Fault> {
        let form = form(banner.layout);
        let mut fields = line.fields();
        let mut next = |what: &str| {
            let field = fields.next();
            field.ok_or_else(|| line.fault(format!("the size line lacks {what}; expected `{form}`")))
        };
        let rows = dimension(&next("the number of rows")?, "rows")?;
        let columns = dimension(&next("the number of columns")?, "columns")?;
        let entries = match banner.layout {
            Layout::Coordinate => count(&next("the number of entries")?, "entries")?,
            Layout::Array => listed(rows, columns, banner.symmetry),
        };
        if let Some(extra) = fields.next() {
            let found = extra.quoted();
            return Err(extra.fault(format!("expected the end of the size line, `{form}`, found {found}")));
        }
        Ok(Self { line: line.number, rows, columns, entries, by_auryn: false })
    }

    /// A file of `max` bytes cannot hold more entries than bytes, or so.
    fn check(self, line: Line<'_>, banner: &Banner, max: u64) -> Result<Self, Fault> {
        let Self { rows, columns, entries, .. } = self;
        if banner.symmetry != Symmetry::General && rows != columns {
            return Err(
                line.fault(format!("a symmetric matrix is square, but this one is {rows} x {columns}"))
            );
        }
        let entry_bytes = match (banner.layout, banner.values) {
            (Layout::Array, _) => "0\n".len(),
            (Layout::Coordinate, Values::Pattern) => "1 1\n".len(),
            (Layout::Coordinate, _) => "1 1 0\n".len(),
        };
        // The last line may lack its end.
        if entries.saturating_mul(entry_bytes as u64) > max.saturating_add(1) {
            return Err(line.fault(format!(
                "the size line announces {entries} entries of at least {entry_bytes} bytes, \
                 but the file has {max} bytes at most"
            )));
        }
        Ok(self)
    }

    /// The end of a file of `lines`, after fewer entries than announced.
    ///
    /// The matrices that come with Auryn count the lines of the whole file as entries. Auryn never notices.
    pub(super) fn check_end(&self, found: u64, lines: u64) -> Result<(), Fault> {
        if self.by_auryn && lines == self.entries {
            return Ok(());
        }
        let problem = format!(
            "the number of entries is {} in the size line, but the file ends after {found}; was it cut off?",
            self.entries
        );
        Err(Fault::line(self.line, problem))
    }

    /// An entry too many.
    pub(super) fn surplus(&self, line: Line<'_>) -> Fault {
        line.fault(format!(
            "the number of entries is {} in the size line (line {}), but here is one more",
            self.entries, self.line
        ))
    }
}

fn form(layout: Layout) -> &'static str {
    match layout {
        Layout::Coordinate => "rows columns entries",
        Layout::Array => "rows columns",
    }
}

/// The entries that an array lists: where there is a symmetry, those below the diagonal stand for the rest.
fn listed(rows: u32, columns: u32, symmetry: Symmetry) -> u64 {
    let (rows, columns) = (u64::from(rows), u64::from(columns));
    match symmetry {
        Symmetry::General => rows * columns,
        Symmetry::Symmetric => rows * (rows + 1) / 2,
        Symmetry::SkewSymmetric => rows * rows.saturating_sub(1) / 2,
    }
}

fn dimension(field: &Field<'_>, what: &str) -> Result<u32, Fault> {
    let number = count(field, what)?;
    u32::try_from(number).map_err(|_| field.fault(format!("{number} {what} are more than {}", u32::MAX)))
}

fn count(field: &Field<'_>, what: &str) -> Result<u64, Fault> {
    unsigned(field.text).ok_or_else(|| {
        field.fault(format!("expected the number of {what} in the size line, found {}", field.quoted()))
    })
}
