//! An array of a file: its header, and its elements as bytes.

use std::io::Read;

use super::dtype::{Dtype, Number};
use super::literal::Literal;
use crate::error::Fault;
use crate::input_file::read_bytes;
use crate::scalar::Scalar;

const MAGIC: &[u8] = b"\x93NUMPY";
const MAX_HEADER_BYTES: u64 = 1 << 16;

/// An array.
#[derive(Debug)]
pub(crate) struct Array {
    pub(crate) dtype: Dtype,
    pub(crate) shape: Vec<usize>,
    /// Whether the first index runs fastest.
    pub(crate) fortran_order: bool,
    bytes: Vec<u8>,
}

impl Array {
    /// Reads an array from a file of `file_bytes`, or fewer.
    pub(crate) fn read(reader: &mut dyn Read, file_bytes: u64) -> Result<Self, Fault> {
        let (header, header_bytes) = read_header(reader)?;
        let fault = |what| Fault::content(format!("its header lacks {what}"));
        let dtype = Dtype::from_literal(header.get("descr").ok_or_else(|| fault("`descr`"))?);
        let dtype = dtype.map_err(Fault::content)?;
        let shape = shape(header.get("shape")).ok_or_else(|| fault("a `shape`"))?;
        let Some(&Literal::Bool(fortran_order)) = header.get("fortran_order") else {
            return Err(fault("`fortran_order`"));
        };
        let left = file_bytes.saturating_sub(header_bytes);
        let n_bytes = count(&shape).and_then(|n| n.checked_mul(dtype.size() as u64));
        let n_bytes = n_bytes.ok_or_else(|| Fault::content(format!("its shape {shape:?} is impossible")))?;
        let bytes = read_bytes(reader, n_bytes, left)?;
        Ok(Self { dtype, shape, fortran_order, bytes })
    }

    /// The number of elements.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() / self.dtype.size()
    }

    /// The elements in the order of the file, if they are numbers.
    pub(crate) fn scalars(&self) -> Result<impl ExactSizeIterator<Item = Scalar>, Fault> {
        match self.dtype {
            Dtype::Number(number) if !number.is_bytes() => Ok(self.column(number, 0)),
            _ => Err(Fault::content("expected an array of numbers, found one of records or texts")),
        }
    }

    /// One member of the records, or the whole if there is nothing else.
    pub(crate) fn column(&self, number: Number, offset: usize) -> impl ExactSizeIterator<Item = Scalar> {
        self.bytes.chunks_exact(self.dtype.size()).map(move |element| number.decode(&element[offset..]))
    }

    /// The element at a position in the order of the file.
    pub(crate) fn scalar(&self, number: Number, position: usize) -> Scalar {
        number.decode(&self.bytes[position * self.dtype.size()..])
    }

    /// The bytes that are not 0, for a short text.
    pub(crate) fn text(&self) -> String {
        self.bytes.iter().filter(|byte| byte.is_ascii_graphic()).map(|&byte| char::from(byte)).collect()
    }
}

/// The number of elements, of which there is none if any length is 0.
fn count(shape: &[usize]) -> Option<u64> {
    if shape.contains(&0) {
        return Some(0);
    }
    shape.iter().try_fold(1_u64, |n, &length| n.checked_mul(length as u64))
}

fn shape(literal: Option<&Literal>) -> Option<Vec<usize>> {
    let Some(Literal::Sequence(lengths)) = literal else { return None };
    let length = |literal: &Literal| match literal {
        Literal::Number(length) => usize::try_from(*length).ok(),
        _ => None,
    };
    lengths.iter().map(length).collect()
}

/// Reads the header and says how long it was.
fn read_header(reader: &mut dyn Read) -> Result<(Literal, u64), Fault> {
    let mut start = [0; 8];
    let not_numpy =
        || Fault::content("this is not an array of NumPy: expected `\\x93NUMPY` at its beginning");
    reader.read_exact(&mut start).map_err(|_| not_numpy())?;
    if !start.starts_with(MAGIC) {
        return Err(not_numpy());
    }
    let length = match start[6] {
        1 => read_length::<2>(reader)?,
        2 | 3 => read_length::<4>(reader)?,
        version => return Err(Fault::content(format!("version {version} of NumPy's format is not known"))),
    };
    if length > MAX_HEADER_BYTES {
        return Err(Fault::content(format!("its header of {length} bytes is too long; the file is damaged")));
    }
    let text = read_bytes(reader, length, MAX_HEADER_BYTES)?;
    let literal = std::str::from_utf8(&text).ok().and_then(Literal::parse);
    let literal = literal.ok_or_else(|| {
        Fault::content(format!("its header cannot be understood: {}", crate::field::quoted(&text)))
    })?;
    Ok((literal, length + 10))
}

fn read_length<const N: usize>(reader: &mut dyn Read) -> Result<u64, Fault> {
    let mut bytes = [0; 8];
    reader.read_exact(&mut bytes[..N]).map_err(|_| Fault::content("the file was cut off in its header"))?;
    Ok(u64::from_le_bytes(bytes))
}
