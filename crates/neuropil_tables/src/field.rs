//! A field of a text file, and the numbers in it.

use crate::error::Fault;

/// No message quotes more of a field than this many characters.
const QUOTED_CHARACTERS: usize = 40;

/// A field and its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) text: &'a [u8],
    /// Counted from 1.
    pub(crate) line: u64,
    /// Counted from 1, in bytes.
    pub(crate) column: usize,
}

impl Field<'_> {
    /// An error of this field.
    pub(crate) fn fault(&self, problem: impl Into<String>) -> Fault {
        Fault::Text { line: self.line, column: Some(self.column), problem: problem.into() }
    }

    /// The field as messages quote it.
    pub(crate) fn quoted(&self) -> String {
        quoted(self.text)
    }

    /// A number, to the nearest `f64`.
    #[inline]
    pub(crate) fn real(&self, what: &str) -> Result<f64, Fault> {
        real(self.text).ok_or_else(|| self.fault(real_problem(self.text, what)))
    }
}

/// A part of a file as messages quote it: short, on one line, and visible.
pub(crate) fn quoted(text: &[u8]) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let text = String::from_utf8_lossy(&text[..text.len().min(4 * QUOTED_CHARACTERS)]);
    let mut shown: String = text.chars().take(QUOTED_CHARACTERS).flat_map(visible).collect();
    if text.chars().count() > QUOTED_CHARACTERS {
        shown.push_str("...");
    }
    format!("`{shown}`")
}

fn visible(character: char) -> impl Iterator<Item = char> {
    let shown = match character {
        '\t' => ' ',
        other if other.is_control() => '\u{fffd}',
        other => other,
    };
    std::iter::once(shown)
}

/// A whole number without a sign other than `+`.
#[inline]
pub(crate) fn unsigned(text: &[u8]) -> Option<u64> {
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then_some(())?;
        number.checked_mul(10)?.checked_add(digit.into())
    })
}

/// Whether this is a whole number of any size.
pub(crate) fn is_integer(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"+").or_else(|| text.strip_prefix(b"-")).unwrap_or(text);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// A finite number, to the nearest `f64`.
#[inline]
pub(crate) fn real(text: &[u8]) -> Option<f64> {
    let number: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    number.is_finite().then_some(number)
}

/// Why this is not a finite number.
pub(crate) fn real_problem(text: &[u8], what: &str) -> String {
    let found = quoted(text);
    let parsed: Option<f64> = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    if parsed.is_some() {
        return format!("{what} {found} is not finite");
    }
    let dotted: Vec<u8> = text.iter().map(|&byte| if byte == b',' { b'.' } else { byte }).collect();
    let fortran: Vec<u8> =
        text.iter().map(|&byte| if matches!(byte, b'd' | b'D') { b'e' } else { byte }).collect();
    let hint = if real(&dotted).is_some() {
        "; write decimals with a point"
    } else if real(&fortran).is_some() {
        "; write exponents with `e`"
    } else {
        ""
    };
    format!("expected a number as {what}, found {found}{hint}")
}
