//! The parameters of neurons and stimuli as a protocol changes them, to check those that belong together.

use std::collections::BTreeMap;

use neuropil_core::Value;
use neuropil_network::{Population, View};

use crate::populations::Slot;
use crate::stimuli::DeclaredStimulus;

/// The parameters at one point of a protocol.
pub(super) struct Progress {
    populations: Vec<Segments>,
    stimuli: Vec<Option<Vec<f64>>>,
}

/// The parameters of a population, by the first of the neurons that share them; `None` for those that differ between
/// neurons. Of a population with errors, nothing is known.
#[derive(Clone)]
struct Segments(BTreeMap<u32, Vec<Option<f64>>>);

impl Progress {
    pub(super) fn new(populations: &[Slot<'_>], stimuli: &[DeclaredStimulus<'_>]) -> Self {
        let constants = |p: &Population| p.parameters.iter().map(Value::constant).collect();
        let neurons = |slot: &Slot<'_>| Segments(slot.population.iter().map(|p| (0, constants(p))).collect());
        let stimulus = |d: &DeclaredStimulus<'_>| d.stimulus.as_ref().map(|s| s.parameters.clone());
        Self {
            populations: populations.iter().map(neurons).collect(),
            stimuli: stimuli.iter().map(stimulus).collect(),
        }
    }

    /// Sets a parameter of neurons: `None` stands for values that differ. Returns the sets of parameters that the neurons of
    /// the view have now, as far as they are known.
    pub(super) fn set_neurons(&mut self, view: &View, parameter: usize, value: Option<f64>) -> Vec<Vec<f64>> {
        let mut sets: Vec<Vec<f64>> = Vec::new();
        for part in view.parts() {
            let Some(segments) = self.populations.get_mut(part.population as usize) else { continue };
            for set in segments.set(part.start, part.start + part.len, parameter, value) {
                if sets.last() != Some(&set) {
                    sets.push(set);
                }
            }
        }
        sets
    }

    /// Sets a parameter of a stimulus, and returns all that it has then.
    pub(super) fn set_stimulus(&mut self, stimulus: usize, parameter: usize, value: f64) -> Option<Vec<f64>> {
        let parameters = self.stimuli.get_mut(stimulus)?.as_mut()?;
        *parameters.get_mut(parameter)? = value;
        Some(parameters.clone())
    }
}

impl Segments {
    fn set(&mut self, start: u32, end: u32, parameter: usize, value: Option<f64>) -> Vec<Vec<f64>> {
        self.split(start);
        self.split(end);
        let mut sets = Vec::new();
        for (_, parameters) in self.0.range_mut(start..end) {
            if let Some(slot) = parameters.get_mut(parameter) {
                *slot = value;
            }
            sets.extend(parameters.iter().copied().collect::<Option<Vec<_>>>());
        }
        sets
    }

    /// Makes a segment begin at a neuron.
    fn split(&mut self, at: u32) {
        if let Some((_, parameters)) = self.0.range(..=at).next_back() {
            let parameters = parameters.clone();
            self.0.entry(at).or_insert(parameters);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_population_go_their_own_ways() {
        let mut segments = Segments(BTreeMap::from([(0, vec![Some(1.0), None])]));
        assert!(segments.set(2, 4, 0, Some(5.0)).is_empty(), "the other parameter is not known");
        assert_eq!(segments.set(0, 10, 1, Some(7.0)), [[1.0, 7.0], [5.0, 7.0], [1.0, 7.0]]);
        assert_eq!(segments.set(3, 5, 1, Some(8.0)), [[5.0, 8.0], [1.0, 8.0]]);
    }
}
