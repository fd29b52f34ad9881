//! What recorders are shown, without a network.

use neuropil_core::{RecordedSynapse, Sample, View};

/// The times at which synapses are read.
pub(crate) const AT: [u64; 3] = [0, 50, 120];

/// Of how many steps each neuron fires in one.
const PERIOD: u64 = 10;

/// The mean number of spikes of a neuron in a step.
pub(crate) const SPIKES_PER_STEP: f64 = 1.0 / PERIOD as f64;

/// Neurons of two populations, which fire and have state.
pub(crate) struct Scenery {
    pub(crate) view: View,
}

/// What one probe reads of a slice.
pub(crate) struct Sampled {
    population: u32,
    neurons: Vec<u32>,
    values: Vec<f64>,
}

impl Sampled {
    pub(crate) fn at(&self, stamp: u64) -> Sample<'_> {
        let Self { population, neurons, values } = self;
        Sample { recorder: 0, population: *population, stamp, neurons, values }
    }
}

impl Default for Scenery {
    fn default() -> Self {
        Self { view: View::new([(0, 3, 50), (1, 0, 20)]).expect("no neuron is there twice") }
    }
}

impl Scenery {
    /// The neurons that fire in the step that ends with this stamp, by population, each in so many slices.
    pub(crate) fn spikes(&self, stamp: u64, slices: usize) -> Vec<(u32, Vec<u32>)> {
        let fires = |neuron: &u32| (7 * u64::from(*neuron) + 3 * stamp).is_multiple_of(PERIOD);
        let of_slice = |(population, neurons): (u32, Vec<u32>)| {
            (population, neurons.into_iter().filter(fires).collect::<Vec<u32>>())
        };
        self.slices(slices).map(of_slice).filter(|(_, neurons)| !neurons.is_empty()).collect()
    }

    /// Samples of so many variables.
    pub(crate) fn sampled(&self, stamp: u64, n_variables: usize, slices: usize) -> Vec<Sampled> {
        let value = |neuron: u32, variable: usize| {
            f64::from(neuron) / 7.0 - 0.1 * (stamp % 23) as f64 + 10.0 * variable as f64
        };
        let of_slice = |(population, neurons): (u32, Vec<u32>)| {
            let values = neurons.iter().flat_map(|&neuron| (0..n_variables).map(move |k| value(neuron, k)));
            Sampled { population, values: values.collect(), neurons }
        };
        self.slices(slices).map(of_slice).collect()
    }

    /// The neurons of each population, in so many slices.
    fn slices(&self, slices: usize) -> impl Iterator<Item = (u32, Vec<u32>)> {
        self.view.parts().iter().flat_map(move |part| {
            let neurons: Vec<u32> = (part.start..part.start + part.len).collect();
            let chunks: Vec<_> =
                neurons.chunks(neurons.len().div_ceil(slices)).map(<[u32]>::to_vec).collect();
            chunks.into_iter().map(move |chunk| (part.population, chunk))
        })
    }
}

/// Synapses between the populations, by source and target.
pub(crate) fn synapses() -> Vec<RecordedSynapse> {
    let synapse = |(source, target): (u32, u32)| RecordedSynapse {
        source_position: source,
        target_position: target,
        source: (0, 3 + source),
        target: (1, target),
        weight: f64::from(source) - f64::from(target),
        delay: 1 + u64::from(source + target),
    };
    (0..5).flat_map(|source| (source..9).map(move |target| (source, target))).map(synapse).collect()
}
