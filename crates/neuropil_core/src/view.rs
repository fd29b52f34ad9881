//! Views: ordered selections of neurons from one or more populations.

use std::ops::Range;

/// An ordered selection of neurons, each at most once.
///
/// The position of a neuron in the view is what connection rules count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    parts: Vec<Part>,
    /// The parts by population and neuron, as indices.
    sorted: Vec<u32>,
}

/// Neurons of one population, side by side in the population and in the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The population, by its number in the network.
    pub population: u32,
    /// The first neuron.
    pub start: u32,
    /// The number of neurons.
    pub len: u32,
    /// The position of the first neuron in the view.
    pub position: u32,
}

/// Why neurons cannot form a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// A neuron appears twice.
    #[error("neuron {neuron} of the population is selected twice")]
    Twice {
        /// The population, by its number in the network.
        population: u32,
        /// The neuron.
        neuron: u32,
    },
    /// A position is asked for that the view does not have.
    #[error("there are only {len} neurons, but those up to {end} are asked for")]
    Outside {
        /// The end of the positions.
        end: u32,
        /// The number of neurons.
        len: u32,
    },
    /// More neurons than numbers.
    #[error("a view holds at most 4294967294 neurons")]
    TooLarge,
}

impl View {
    /// A view of ranges `(population, start, len)`, in this order. Adjacent ranges are joined.
    ///
    /// # Errors
    /// Where a neuron appears twice, or there are more neurons than 32-bit numbers.
    pub fn new(ranges: impl IntoIterator<Item = (u32, u32, u32)>) -> Result<Self, ViewError> {
        let mut parts: Vec<Part> = Vec::new();
        let mut position = 0_u32;
        for (population, start, len) in ranges.into_iter().filter(|r| r.2 > 0) {
            let next = position.checked_add(len).filter(|&n| n < u32::MAX).ok_or(ViewError::TooLarge)?;
            match parts.last_mut() {
                Some(last) if last.population == population && last.start + last.len == start => {
                    last.len += len;
                }
                _ => parts.push(Part { population, start, len, position }),
            }
            position = next;
        }
        let mut sorted: Vec<u32> = (0..parts.len() as u32).collect();
        sorted.sort_by_key(|&i| (parts[i as usize].population, parts[i as usize].start));
        let view = Self { parts, sorted };
        view.check_unique()?;
        Ok(view)
    }

    fn check_unique(&self) -> Result<(), ViewError> {
        let sorted: Vec<Part> = self.sorted().copied().collect();
        for pair in sorted.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if a.population == b.population && a.start + a.len > b.start {
                return Err(ViewError::Twice { population: b.population, neuron: b.start });
            }
        }
        Ok(())
    }

    /// The parts by population and neuron.
    fn sorted(&self) -> impl ExactSizeIterator<Item = &Part> + '_ {
        self.sorted.iter().map(|&i| &self.parts[i as usize])
    }

    /// The first of the sorted parts that ends after a neuron.
    fn first_after(&self, population: u32, neuron: u32) -> usize {
        self.sorted.partition_point(|&i| {
            let part = &self.parts[i as usize];
            (part.population, part.start + part.len) <= (population, neuron)
        })
    }

    /// The neuron at a position: population and number.
    #[must_use]
    pub fn neuron(&self, position: u32) -> Option<(u32, u32)> {
        let after = self.parts.partition_point(|part| part.position <= position);
        let part = self.parts.get(after.checked_sub(1)?)?;
        let i = position - part.position;
        (i < part.len).then_some((part.population, part.start + i))
    }

    /// The neurons at some positions, in the same order.
    ///
    /// # Errors
    /// Where the view ends before the positions do.
    pub fn slice(&self, positions: Range<u32>) -> Result<Self, ViewError> {
        let (end, len) = (positions.end, self.len());
        if end > len { Err(ViewError::Outside { end, len }) } else { Self::new(self.ranges(positions)) }
    }

    /// The neurons at some positions as ranges `(population, start, len)`.
    pub fn ranges(&self, positions: Range<u32>) -> impl Iterator<Item = (u32, u32, u32)> {
        let Range { start, end } = positions;
        let first = self.parts.partition_point(|p| p.position + p.len <= start);
        let parts = self.parts[first..].iter().take_while(move |p| p.position < end);
        parts.map(move |p| {
            let (from, to) = (start.max(p.position), end.min(p.position + p.len));
            (p.population, p.start + (from - p.position), to.saturating_sub(from))
        })
    }

    /// The parts, in order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The number of neurons.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.parts.last().map_or(0, |p| p.position + p.len)
    }

    /// Whether the view has no neurons.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The populations, each once, in the order in which they first appear.
    #[must_use]
    pub fn populations(&self) -> Vec<u32> {
        let mut populations = Vec::new();
        for part in &self.parts {
            if !populations.contains(&part.population) {
                populations.push(part.population);
            }
        }
        populations
    }

    /// The neurons of `population` from `start` to `end`, as (neuron, position) in ascending order of neurons.
    #[must_use]
    pub fn neurons_in(&self, population: u32, start: u32, end: u32) -> Vec<Part> {
        self.sorted()
            .skip(self.first_after(population, start))
            .take_while(|p| p.population == population && p.start < end)
            .filter_map(|p| {
                let (from, to) = (p.start.max(start), (p.start + p.len).min(end));
                (from < to).then(|| Part {
                    population,
                    start: from,
                    len: to - from,
                    position: p.position + (from - p.start),
                })
            })
            .collect()
    }

    /// The number of neurons that are also in `other`.
    #[must_use]
    pub fn n_shared_with(&self, other: &Self) -> u32 {
        let shared = |p: &Part| other.neurons_in(p.population, p.start, p.start + p.len);
        self.parts.iter().flat_map(shared).map(|p| p.len).sum()
    }

    /// The position of a neuron in the view.
    #[must_use]
    pub fn position(&self, population: u32, neuron: u32) -> Option<u32> {
        let part = self.sorted().nth(self.first_after(population, neuron))?;
        let holds = part.population == population && part.start <= neuron;
        holds.then(|| part.position + (neuron - part.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjacent_ranges_join_and_positions_count_on() {
        let view = View::new([(0, 0, 5), (0, 5, 5), (1, 3, 2), (0, 20, 1)]).unwrap();
        assert_eq!(view.parts().len(), 3);
        assert_eq!((view.len(), view.populations()), (13, vec![0, 1]));
        assert_eq!(
            (view.position(1, 4), view.position(0, 20), view.position(0, 19)),
            (Some(11), Some(12), None)
        );
        assert_eq!(
            view.neurons_in(0, 8, 21).iter().map(|p| (p.start, p.len, p.position)).collect::<Vec<_>>(),
            [(8, 2, 8), (20, 1, 12)]
        );
    }

    #[test]
    fn slices_go_through_the_parts_of_a_view() {
        let view = View::new([(0, 10, 5), (2, 0, 3), (0, 0, 4)]).unwrap();
        let at = |start, end| view.ranges(start..end).collect::<Vec<_>>();
        assert_eq!(at(0, 12), [(0, 10, 5), (2, 0, 3), (0, 0, 4)]);
        assert_eq!(at(4, 9), [(0, 14, 1), (2, 0, 3), (0, 0, 1)]);
        assert_eq!((at(5, 6), at(11, 12)), (vec![(2, 0, 1)], vec![(0, 3, 1)]));
        assert_eq!(view.slice(4..5), View::new([(0, 14, 1)]));
        assert_eq!(view.slice(4..13), Err(ViewError::Outside { end: 13, len: 12 }));
        assert!(view.slice(4..4).unwrap().is_empty());
    }

    #[test]
    fn a_neuron_may_appear_once() {
        assert_eq!(
            View::new([(0, 0, 5), (1, 0, 5), (0, 4, 1)]),
            Err(ViewError::Twice { population: 0, neuron: 4 })
        );
        assert_eq!(View::new([(0, 0, u32::MAX)]), Err(ViewError::TooLarge));
        assert!(View::new([]).unwrap().is_empty());
    }
}
