//! Columns whose values are told by numbers that rarely change: the time by the step, a population's name by its number.

use std::cmp::Ordering;
use std::sync::Arc;

use neuropil_core::TimeGrid;
use parquet::data_type::ByteArray;
use parquet::file::statistics::{Statistics, ValueStatistics};

/// What the numbers, the keys, stand for.
#[derive(Clone, Debug)]
pub(crate) enum Keys {
    /// Steps, for times.
    Times(TimeGrid),
    /// Populations, for their names.
    Names(Arc<[(String, u64)]>),
}

/// The keys of the smallest and of the largest of some values.
pub(crate) type Bounds = (u64, u64);

impl Keys {
    /// The bytes of a value, as statistics have them.
    pub(crate) fn bytes(&self, key: u64) -> Vec<u8> {
        match self {
            Self::Times(grid) => grid.time_ms(key).to_le_bytes().to_vec(),
            Self::Names(names) => name(names, key).as_bytes().to_vec(),
        }
    }

    /// Appends the bytes of a value to those of others: a name has its length before it.
    pub(crate) fn append(&self, key: u64, to: &mut Vec<u8>) {
        if let Self::Names(names) = self {
            to.extend_from_slice(&(name(names, key).len() as u32).to_le_bytes());
        }
        to.extend_from_slice(&self.bytes(key));
    }

    /// The order of the values that two keys stand for.
    pub(crate) fn order(&self, a: u64, b: u64) -> Ordering {
        match self {
            Self::Times(_) => a.cmp(&b),
            Self::Names(names) => name(names, a).cmp(name(names, b)),
        }
    }

    /// The bounds of some values together with others.
    pub(crate) fn widen(&self, (least, greatest): Bounds, others: Bounds) -> Bounds {
        let least = if self.order(others.0, least).is_lt() { others.0 } else { least };
        let greatest = if self.order(others.1, greatest).is_gt() { others.1 } else { greatest };
        (least, greatest)
    }

    /// The number of bytes of text in so many rows with this key; none if it is not text.
    pub(crate) fn text_bytes(&self, key: u64, rows: usize) -> Option<i64> {
        match self {
            Self::Times(_) => None,
            Self::Names(names) => Some((name(names, key).len() * rows) as i64),
        }
    }

    /// How many values are not numbers, where they are of a type that has such.
    pub(crate) fn nan_count(&self) -> Option<u64> {
        matches!(self, Self::Times(_)).then_some(0)
    }

    /// What a file says of the values within these bounds.
    pub(crate) fn statistics(&self, (least, greatest): Bounds) -> Statistics {
        match self {
            Self::Times(grid) => {
                let [least, greatest] = [least, greatest].map(|step| Some(grid.time_ms(step)));
                let statistics = ValueStatistics::new(least, greatest, None, Some(0), false);
                statistics.with_nan_count(self.nan_count()).into()
            }
            Self::Names(_) => {
                let [least, greatest] = [least, greatest].map(|key| Some(ByteArray::from(self.bytes(key))));
                ValueStatistics::new(least, greatest, None, Some(0), false).into()
            }
        }
    }
}

fn name(names: &[(String, u64)], population: u64) -> &str {
    &names[population as usize].0
}
