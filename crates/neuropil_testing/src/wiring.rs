//! What synapses are wired from, and the spikes that arrive over them.

use neuropil_core::units::PA;
use neuropil_core::{
    Accepts, Declaration, Incoming, ModelKind, Precision, Purpose, Receptor, ReceptorChoice, Slice,
    SpikeHistory, Streams, SynapsePlan, Target, TimeGrid, Value, Wiring,
};

use crate::drive::DT_MS;

/// The sizes of two source populations.
pub(crate) const SOURCES: [u32; 2] = [40, 30];

const N_SOURCES: u32 = SOURCES[0] + SOURCES[1];

/// Models of the targets: the sign of a weight chooses between receptors, or does not.
pub(crate) static TARGETS: [Declaration; 2] = {
    const fn target(name: &'static str, receptors: &'static [Receptor]) -> Declaration {
        Declaration {
            name,
            kind: ModelKind::Neuron,
            summary: "",
            equations: "",
            numerics: "",
            parameters: &[],
            states: &[],
            receptors,
            references: &[],
            audit: None,
        }
    }
    const fn receptor(name: &'static str, accepts: Accepts) -> Receptor {
        Receptor { name, unit: PA, accepts, meaning: "" }
    }
    const SIGNED: [Receptor; 2] =
        [receptor("ex", Accepts::PositiveWeights), receptor("in", Accepts::NegativeWeights)];
    const ANY: [Receptor; 2] = [receptor("current", Accepts::Current), receptor("any", Accepts::AnyWeight)];
    [target("receptors for each sign", &SIGNED), target("a receptor for any weight", &ANY)]
};

/// Which sources a target has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pairs {
    /// About ten at random, with repeats.
    Drawn,
    /// All but the one with its number.
    Complete,
    /// A few, with weights and delays of their own.
    Given,
}

impl Pairs {
    pub(crate) const ALL: [Self; 3] = [Self::Drawn, Self::Complete, Self::Given];

    fn max_indegree(self) -> u32 {
        if matches!(self, Self::Complete) { N_SOURCES } else { 19 }
    }

    fn sources_of(self, target: u32) -> Vec<u32> {
        match self {
            Self::Complete => (0..N_SOURCES).filter(|source| *source != target).collect(),
            Self::Drawn | Self::Given => {
                let mut random = Streams::new(1, Purpose::Connectivity, 0).sequence(target);
                let n = random.below(20);
                (0..n).map(|_| random.below(N_SOURCES)).collect()
            }
        }
    }
}

/// How many targets there are: for a line of bits, and a rest.
pub(crate) fn targets_of(pairs: Pairs) -> u32 {
    if matches!(pairs, Pairs::Complete) { 90 } else { 50 }
}

/// The synapses onto a slice.
#[derive(Debug)]
pub(crate) struct TestWiring {
    pub(crate) pairs: Pairs,
    pub(crate) slice: Slice,
}

impl Wiring for TestWiring {
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>)) {
        for position in self.slice.neurons() {
            let target = Target { index: position - self.slice.start, position };
            let rows = self.pairs.sources_of(position);
            let give =
                |number: fn(f64) -> f64| rows.iter().map(|row| number(f64::from(row + position))).collect();
            let weights: Vec<f64> = give(|k| 0.1 * (k % 9.0) - 0.43);
            let delays: Vec<f64> = give(|k| DT_MS * (1.0 + k % 20.0));
            let given = matches!(self.pairs, Pairs::Given);
            let incoming = Incoming {
                rows: &rows,
                weights: given.then_some(&weights[..]),
                delays: given.then_some(&delays[..]),
            };
            visit(target, incoming);
        }
    }
}

/// The plan of the synapses onto a slice. Slices have gaps between their inputs.
pub(crate) fn plan<'a>(
    wiring: &TestWiring,
    parameters: &'a [Value],
    model: &'static Declaration,
    precision: Precision,
) -> SynapsePlan<'a> {
    let mut n_synapses = 0;
    wiring.visit(&mut |_, incoming| n_synapses += incoming.rows.len() as u64);
    let given = matches!(wiring.pairs, Pairs::Given);
    SynapsePlan {
        n_rows: N_SOURCES,
        first_input: 2 * u64::from(wiring.slice.start) + 100,
        n_inputs: 2 * u64::from(wiring.slice.len),
        n_synapses,
        n_together: n_synapses,
        complete: matches!(wiring.pairs, Pairs::Complete),
        max_indegree: u64::from(wiring.pairs.max_indegree()),
        parameters,
        own_weights: given,
        own_delays: given.then_some((DT_MS, 20.0 * DT_MS)),
        zero_mean: false,
        receptor_choice: ReceptorChoice { declaration: model, named: None },
        precision,
        grid: TimeGrid::new(DT_MS).expect("a step of time"),
    }
}

/// So many steps in each of which about a tenth of the sources fire.
pub(crate) fn history(steps: u64) -> SpikeHistory {
    let mut history = SpikeHistory::new(SOURCES.len(), steps);
    for step in 0..steps {
        for (population, n) in (0..).zip(SOURCES) {
            let streams = Streams::new(1, Purpose::Firing, population);
            let fires = |neuron: &u32| streams.block(*neuron, step)[0] < u32::MAX / 10;
            history.push(population, step, &(0..n).filter(fires).collect::<Vec<_>>());
        }
    }
    history
}
