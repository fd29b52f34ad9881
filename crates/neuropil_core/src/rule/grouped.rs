//! Synapses of rules that do not go target by target, sorted by the targets of one slice.

use crate::error::StorageError;
use crate::number::memory::try_filled;
use crate::synapse::wiring::Incoming;

use super::places::Places;

/// The sources of each target of a slice, in the order in which they were drawn or listed.
pub(super) struct Grouped {
    /// Where the synapses of each target begin, and the number of all.
    offsets: Vec<usize>,
    rows: Vec<u32>,
    weights: Option<Vec<f64>>,
    delays: Option<Vec<f64>>,
}

/// A number for each synapse, in the order in which they are listed, where there is one.
pub(super) type Given<'a> = Option<&'a [f64]>;

impl Grouped {
    /// Asks for all synapses twice, as a source with some of its targets at a time: to count, then to place.
    pub(super) fn new(
        places: &Places,
        synapses: impl Fn(&mut dyn FnMut(u32, &[u32])),
        [given_weights, given_delays]: [Given<'_>; 2],
    ) -> Result<Self, StorageError> {
        let mut offsets = try_filled(places.len() + 1, 0_usize)?;
        synapses(&mut |_, targets| places.for_each(targets, |_, place| offsets[place] += 1));
        let mut total = 0;
        for offset in &mut offsets {
            total += std::mem::replace(offset, total);
        }
        let column = |given: Given<'_>| given.map(|_| try_filled(total, 0.0)).transpose();
        let mut rows = try_filled(total, 0_u32)?;
        let (mut weights, mut delays) = (column(given_weights)?, column(given_delays)?);
        let mut nth = 0;
        synapses(&mut |row, targets| {
            places.for_each(targets, |i, place| {
                let slot = offsets[place];
                offsets[place] += 1;
                rows[slot] = row;
                copy(given_weights, nth + i, &mut weights, slot);
                copy(given_delays, nth + i, &mut delays, slot);
            });
            nth += targets.len();
        });
        offsets.rotate_right(1);
        offsets[0] = 0;
        Ok(Self { offsets, rows, weights, delays })
    }

    /// The synapses of the `nth` target of the slice.
    pub(super) fn incoming(&self, nth: usize) -> Incoming<'_> {
        let range = self.offsets[nth]..self.offsets[nth + 1];
        Incoming {
            rows: &self.rows[range.clone()],
            weights: self.weights.as_deref().map(|w| &w[range.clone()]),
            delays: self.delays.as_deref().map(|d| &d[range]),
        }
    }
}

#[inline]
fn copy(from: Given<'_>, nth: usize, to: &mut Option<Vec<f64>>, slot: usize) {
    if let (Some(from), Some(to)) = (from, to) {
        to[slot] = from[nth];
    }
}
