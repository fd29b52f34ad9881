//! The rows of a projection's sources.

use crate::step::history::SpikeHistory;

/// The rows of the neurons of one source population.
///
/// The rows of a projection number its sources in the order of its source view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceRows {
    /// The neurons `start .. end` have the rows from `first_row` on.
    Range {
        /// The source population, by its number in the scene.
        population: u32,
        /// The first neuron.
        start: u32,
        /// The neuron after the last.
        end: u32,
        /// The row of the first neuron.
        first_row: u32,
    },
    /// The row of each neuron of the population; [`SourceRows::NO_ROW`] for those that are no source.
    Lookup {
        /// The source population, by its number in the scene.
        population: u32,
        /// The rows.
        rows: Vec<u32>,
    },
}

impl SourceRows {
    /// Marks a neuron that is no source.
    pub const NO_ROW: u32 = u32::MAX;

    /// Puts the rows of all sources that fired in `step` into `fired`: by population, in the order of their neuron numbers.
    #[inline]
    pub fn fired_in(sources: &[Self], history: &SpikeHistory, step: u64, fired: &mut Vec<u32>) {
        fired.clear();
        sources.iter().for_each(|source| source.add_fired(history, step, fired));
    }

    fn add_fired(&self, history: &SpikeHistory, step: u64, fired: &mut Vec<u32>) {
        match self {
            Self::Range { population, start, end, first_row } => {
                let neurons = history.fired(*population, step);
                let begin = neurons.partition_point(|n| n < start);
                let inside = neurons[begin..].iter().take_while(|n| *n < end);
                fired.extend(inside.map(|neuron| neuron - start + first_row));
            }
            Self::Lookup { population, rows } => {
                let all = history.fired(*population, step).iter().map(|&neuron| rows[neuron as usize]);
                fired.extend(all.filter(|&row| row != Self::NO_ROW));
            }
        }
    }

    /// The memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Range { .. } => 0,
            Self::Lookup { rows, .. } => 4 * rows.len() as u64,
        }
    }
}
