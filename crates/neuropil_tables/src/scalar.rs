//! Numbers of whatever type a binary file has.

use std::fmt;

use crate::error::Fault;

/// A number of a binary file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
    Signed(i64),
    Unsigned(u64),
    Real(f64),
}

impl Scalar {
    /// A number that counts from 0. Floats are welcome if they are whole: tables often have one type for all.
    pub(crate) fn to_index(self) -> Option<u32> {
        match self {
            Self::Signed(number) => number.try_into().ok(),
            Self::Unsigned(number) => number.try_into().ok(),
            Self::Real(number) => index_of_real(number),
        }
    }

    pub(crate) fn to_real(self) -> Option<f64> {
        match self {
            Self::Signed(number) => Some(number as f64),
            Self::Unsigned(number) => Some(number as f64),
            Self::Real(number) => number.is_finite().then_some(number),
        }
    }
}

/// The index that a float is.
pub(crate) fn index_of_real(number: f64) -> Option<u32> {
    let index = number as u32;
    (f64::from(index) == number).then_some(index)
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed(number) => number.fmt(f),
            Self::Unsigned(number) => number.fmt(f),
            Self::Real(number) => write!(f, "{number:?}"),
        }
    }
}

/// Appends a column of indices.
pub(crate) fn push_indices(
    column: &mut Vec<u32>,
    name: &str,
    scalars: impl ExactSizeIterator<Item = Scalar>,
) -> Result<(), Fault> {
    column.try_reserve(scalars.len()).map_err(|_| Fault::memory(column.len()))?;
    for scalar in scalars {
        let index = scalar.to_index();
        column.push(index.ok_or_else(|| {
            let row = column.len();
            Fault::content(format!(
                "row {row} (counted from 0): expected a whole number from 0 to {} as {name}, found {scalar}",
                u32::MAX
            ))
        })?);
    }
    Ok(())
}

/// Appends a column of finite numbers.
pub(crate) fn push_reals(
    column: &mut Vec<f64>,
    name: &str,
    scalars: impl ExactSizeIterator<Item = Scalar>,
) -> Result<(), Fault> {
    column.try_reserve(scalars.len()).map_err(|_| Fault::memory(column.len()))?;
    for scalar in scalars {
        let number = scalar.to_real();
        column.push(number.ok_or_else(|| {
            let row = column.len();
            Fault::content(format!("row {row} (counted from 0): {name} {scalar} is not finite"))
        })?);
    }
    Ok(())
}
