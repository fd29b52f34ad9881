//! What a network does in a simulation.

use std::collections::BTreeMap;

use neuropil_core::Precision;
use neuropil_network::{Epoch, Network, Observer, Simulation, SpikeStatistics};

/// All that a simulation showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Stamp, population and neuron of each spike.
    pub spikes: Vec<(u64, u32, u32)>,
    /// Of each recorder, population and neuron: the samples as (stamp, values).
    pub traces: BTreeMap<(u32, u32, u32), Vec<(u64, Vec<f64>)>>,
    /// The digest of the spikes.
    pub digest: String,
}

impl Outcome {
    /// The stamps of the spikes of a neuron.
    #[must_use]
    pub fn spikes_of(&self, population: u32, neuron: u32) -> Vec<u64> {
        self.spikes.iter().filter(|s| (s.1, s.2) == (population, neuron)).map(|s| s.0).collect()
    }

    /// The values of one variable of a neuron that the first recorder samples in every step, by stamp.
    /// Index 0 is the first sample.
    #[must_use]
    pub fn trace(&self, population: u32, neuron: u32, variable: usize) -> Vec<f64> {
        let samples = self.traces.iter().find(|(key, _)| (key.1, key.2) == (population, neuron));
        samples.map_or(Vec::new(), |(_, samples)| samples.iter().map(|s| s.1[variable]).collect())
    }
}

/// Collects an [`Outcome`].
pub struct Collector {
    outcome: Outcome,
    statistics: SpikeStatistics,
    n_populations: u32,
}

impl Collector {
    /// An empty collector.
    #[must_use]
    pub fn new(network: &Network) -> Self {
        Self {
            outcome: Outcome::default(),
            statistics: SpikeStatistics::new(network),
            n_populations: network.populations.len() as u32,
        }
    }

    /// What was collected.
    #[must_use]
    pub fn outcome(mut self) -> Outcome {
        self.outcome.digest = self.statistics.digest();
        self.outcome
    }
}

impl Observer for Collector {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        self.statistics.add(epoch);
        for step in epoch.steps() {
            for population in 0..self.n_populations {
                let spikes = epoch.fired(population, step).iter().map(|&n| (step + 1, population, n));
                self.outcome.spikes.extend(spikes);
            }
        }
        for sample in epoch.samples() {
            let n = sample.values.len() / sample.neurons.len();
            for (&neuron, values) in sample.neurons.iter().zip(sample.values.chunks(n)) {
                let key = (sample.recorder, sample.population, neuron);
                self.outcome.traces.entry(key).or_default().push((sample.stamp, values.to_vec()));
            }
        }
        true
    }
}

/// Simulates so many steps of a network in so many partitions, in pieces of so many steps; the last piece takes the rest.
///
/// # Panics
/// If the network cannot be built, or the run breaks off.
#[must_use]
pub fn simulate(
    network: &Network,
    steps: u64,
    precision: Precision,
    (partitions, pieces): (usize, &[u64]),
) -> Outcome {
    let built = Simulation::build(network, precision, partitions);
    let mut simulation = built.unwrap_or_else(|error| panic!("the network can't be built: {error}"));
    let mut collector = Collector::new(network);
    let rest = steps - pieces.iter().sum::<u64>();
    for piece in pieces.iter().copied().chain([rest]) {
        let done = simulation.run(piece, &mut collector);
        done.unwrap_or_else(|error| panic!("the run breaks off: {error}"));
    }
    collector.outcome()
}

/// Partitions, and pieces of a run of so many steps: which end in the middle of epochs, and around the half.
fn cuts(steps: u64) -> [(usize, Vec<u64>); 6] {
    let half = steps / 2;
    let pieces =
        [vec![half / 8, 1], vec![], vec![half, 1], vec![half / 8 - 1, 1], vec![half - 1, 1, 1], vec![]];
    let mut partitions = [1, 2, 2, 3, 3, 8].into_iter();
    pieces.map(|pieces| (partitions.next().unwrap_or(1), pieces))
}

/// Checks that so many steps of a network, at least 16, have the same results in both precisions, in whatever partitions and
/// pieces they are simulated: the same spikes, and the same samples of all recorders. What they are in F32 and F64.
///
/// # Panics
/// If they are not.
pub fn same_however_cut(network: &Network, steps: u64) -> [Outcome; 2] {
    [Precision::F32, Precision::F64].map(|precision| {
        let whole = simulate(network, steps, precision, (1, &[]));
        for (partitions, pieces) in cuts(steps) {
            let cut = simulate(network, steps, precision, (partitions, &pieces));
            let how =
                format!("in {}, {partitions} partitions and pieces of {pieces:?} steps", precision.name());
            assert_same(&cut, &whole, &how);
        }
        whole
    })
}

fn assert_same(cut: &Outcome, whole: &Outcome, how: &str) {
    let trace = cut.traces.iter().zip(&whole.traces).find(|(one, other)| one != other);
    let trace = trace
        .map(|((neuron, one), (_, other))| (neuron, one.iter().zip(other).find(|(one, other)| one != other)));
    assert_eq!(trace, None, "state depends on the cut {how}: (recorder, population, neuron), samples");
    let spike = cut.spikes.iter().zip(&whole.spikes).find(|(one, other)| one != other);
    assert_eq!(spike, None, "spikes depend on the cut {how}: (stamp, population, neuron)");
    assert!(cut == whole, "results depend on the cut {how}");
}
