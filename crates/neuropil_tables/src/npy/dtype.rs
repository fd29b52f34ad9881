//! Types of the elements of an array.

use super::literal::Literal;
use crate::scalar::Scalar;

/// A type that is one number, or bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    kind: Kind,
    size: usize,
    big_endian: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bool,
    Signed,
    Unsigned,
    Real,
    /// Bytes that are a text, or padding.
    Bytes,
}

/// A number in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) number: Number,
    pub(crate) offset: usize,
}

/// The type of the elements of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dtype {
    Number(Number),
    Record(Vec<Member>, usize),
}

impl Dtype {
    pub(super) fn from_literal(literal: &Literal) -> Result<Self, String> {
        match literal {
            Literal::Text(text) => Number::from_text(text).map(Self::Number),
            Literal::Sequence(members) => record(members),
            _ => Err("the type of its elements cannot be understood".to_owned()),
        }
    }

    /// The size of an element in bytes; never 0.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Number(number) => number.size,
            Self::Record(_, size) => *size,
        }
    }
}

fn record(literals: &[Literal]) -> Result<Dtype, String> {
    let (mut members, mut offset) = (Vec::new(), 0_usize);
    for literal in literals {
        let unknown = || "its records have members that are not single numbers".to_owned();
        let Literal::Sequence(member) = literal else { return Err(unknown()) };
        let [Literal::Text(name), Literal::Text(text)] = member.as_slice() else { return Err(unknown()) };
        let number = Number::from_text(text).map_err(|problem| format!("column `{name}`: {problem}"))?;
        // Records that are aligned have padding without a name.
        if !name.is_empty() {
            members.push(Member { name: name.clone(), number, offset });
        }
        offset = offset.checked_add(number.size).ok_or_else(unknown)?;
    }
    if offset == 0 {
        return Err("its records are empty".to_owned());
    }
    Ok(Dtype::Record(members, offset))
}

impl Number {
    fn from_text(text: &str) -> Result<Self, String> {
        let refused = || {
            format!("elements of type `{text}` cannot be read; convert them with .astype(\"f8\") or the like")
        };
        let order = text.chars().next().filter(|order| "<>|=".contains(*order)).ok_or_else(refused)?;
        let kind = text[1..].chars().next().filter(char::is_ascii).ok_or_else(refused)?;
        let size: usize = text[2..].parse().map_err(|_| refused())?;
        let kind = match (kind, size) {
            ('b', 1) => Kind::Bool,
            ('i', 1 | 2 | 4 | 8) => Kind::Signed,
            ('u', 1 | 2 | 4 | 8) => Kind::Unsigned,
            ('f', 4 | 8) => Kind::Real,
            ('S' | 'V', 1..=4096) => Kind::Bytes,
            ('U', 1..=1024) => return Ok(Self { kind: Kind::Bytes, size: 4 * size, big_endian: false }),
            _ => return Err(refused()),
        };
        Ok(Self { kind, size, big_endian: order == '>' })
    }

    pub(crate) fn is_real(self) -> bool {
        self.kind == Kind::Real
    }

    pub(crate) fn is_bool(self) -> bool {
        self.kind == Kind::Bool
    }

    pub(crate) fn is_bytes(self) -> bool {
        self.kind == Kind::Bytes
    }

    /// The number that `size` bytes are. Bytes that are a text are no number, and read as NaN.
    pub(crate) fn decode(self, bytes: &[u8]) -> Scalar {
        let bits = self.bits(bytes);
        // Shifts away what lies above the sign of a short integer.
        let above = 64 - 8 * self.size.min(8) as u32;
        match self.kind {
            Kind::Bool => Scalar::Unsigned(u64::from(bits != 0)),
            Kind::Unsigned => Scalar::Unsigned(bits),
            Kind::Signed => Scalar::Signed(((bits << above) as i64) >> above),
            Kind::Real if self.size == 4 => Scalar::Real(f32::from_bits(bits as u32).into()),
            Kind::Real => Scalar::Real(f64::from_bits(bits)),
            Kind::Bytes => Scalar::Real(f64::NAN),
        }
    }

    fn bits(self, bytes: &[u8]) -> u64 {
        let mut bits = [0; 8];
        let n = self.size.min(8);
        bits[..n].copy_from_slice(&bytes[..n]);
        if self.big_endian {
            bits[..n].reverse();
        }
        u64::from_le_bytes(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str, bytes: &[u8]) -> Scalar {
        Number::from_text(text).unwrap().decode(bytes)
    }

    #[test]
    fn numbers_of_all_types() {
        assert_eq!(decoded("|b1", &[1]), Scalar::Unsigned(1));
        assert_eq!(decoded("|i1", &[0xff]), Scalar::Signed(-1));
        assert_eq!(decoded(">i2", &[0xff, 0xfe]), Scalar::Signed(-2));
        assert_eq!(decoded("<u4", &[1, 2, 0, 0]), Scalar::Unsigned(513));
        assert_eq!(decoded("<i8", &[0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Scalar::Signed(-3));
        assert_eq!(decoded(">f4", &1.5_f32.to_be_bytes()), Scalar::Real(1.5));
        assert_eq!(decoded("<f8", &(-0.1_f64).to_le_bytes()), Scalar::Real(-0.1));
    }

    #[test]
    fn others_are_refused() {
        for text in [
            "",
            "<",
            "<f",
            "<f2",
            "<c16",
            "|O",
            "<M8[ns]",
            "f8",
            "<i3",
            "|S0",
            "|V9999999999999999999",
            "<\u{e9}8",
        ] {
            assert!(Number::from_text(text).is_err(), "{text}");
        }
    }
}
