//! What a recorder sees at a time.

use crate::step::probe::Sample;

/// All that bears one stamp and is for one recorder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Observation<'a> {
    stamp: u64,
    spikes: &'a [(u32, &'a [u32])],
    samples: &'a [Sample<'a>],
    synapses: &'a [RecordedSynapse],
}

/// A synapse of a projection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecordedSynapse {
    /// The position of the source in the projection's source view.
    pub source_position: u32,
    /// The position of the target in the projection's target view.
    pub target_position: u32,
    /// The source: population and neuron, by their numbers.
    pub source: (u32, u32),
    /// The target: population and neuron, by their numbers.
    pub target: (u32, u32),
    /// The weight.
    pub weight: f64,
    /// The delay, in steps.
    pub delay: u64,
}

impl<'a> Observation<'a> {
    /// What bears a stamp: spikes by population, in ascending order of population and neuron; samples, in the same
    /// order; synapses.
    #[must_use]
    pub fn new(
        stamp: u64,
        spikes: &'a [(u32, &'a [u32])],
        samples: &'a [Sample<'a>],
        synapses: &'a [RecordedSynapse],
    ) -> Self {
        Self { stamp, spikes, samples, synapses }
    }

    /// The time, in steps: spikes and samples of a step bear the stamp of its end.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Which of the recorder's neurons fired, by population, in ascending order. A population may come several times.
    pub fn spikes(&self) -> impl Iterator<Item = (u32, &'a [u32])> + use<'a> {
        self.spikes.iter().copied()
    }

    /// How many of the recorder's neurons fired.
    #[must_use]
    pub fn n_spikes(&self) -> u64 {
        self.spikes.iter().map(|(_, neurons)| neurons.len() as u64).sum()
    }

    /// Whether state variables are sampled now.
    #[must_use]
    pub fn has_samples(&self) -> bool {
        !self.samples.is_empty()
    }

    /// The sampled variables of each neuron, by population and neuron in ascending order, so that a sum over them has
    /// the same bits however the network is cut: `(population, neuron, values)`.
    pub fn samples(&self) -> impl Iterator<Item = (u32, u32, &'a [f64])> + use<'a> {
        self.samples.iter().flat_map(|sample| {
            let n_variables = (sample.values.len() / sample.neurons.len().max(1)).max(1);
            let values = sample.values.chunks_exact(n_variables);
            sample.neurons.iter().zip(values).map(|(&neuron, values)| (sample.population, neuron, values))
        })
    }

    /// The number of a neuron among those that are sampled.
    #[must_use]
    pub fn position_of(&self, population: u32, neuron: u32) -> Option<usize> {
        let mut before = 0;
        for sample in self.samples {
            let place = (sample.population == population).then(|| sample.neurons.binary_search(&neuron).ok());
            if let Some(place) = place.flatten() {
                return Some(before + place);
            }
            before += sample.neurons.len();
        }
        None
    }

    /// The samples as they were taken, slice by slice: where a slice ends means nothing.
    pub(crate) fn sampled(&self) -> &'a [Sample<'a>] {
        self.samples
    }

    /// The synapses that are read now, by source and then target, in the order of the views of their projection.
    #[must_use]
    pub fn synapses(&self) -> &'a [RecordedSynapse] {
        self.synapses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_do_not_show_slices() {
        let sample = |neurons, values| Sample { recorder: 0, population: 1, stamp: 3, neurons, values };
        let samples = [sample(&[0, 4], &[0.0, 0.5, 4.0, 4.5]), sample(&[7], &[7.0, 7.5])];
        let seen = Observation::new(3, &[], &samples, &[]);
        let all: Vec<_> = seen.samples().collect();
        assert_eq!(all, [(1, 0, &[0.0, 0.5][..]), (1, 4, &[4.0, 4.5]), (1, 7, &[7.0, 7.5])]);
        let places = [(1, 7), (1, 4), (0, 4), (1, 5)].map(|(p, n)| seen.position_of(p, n));
        assert_eq!(places, [Some(2), Some(1), None, None]);
    }
}
