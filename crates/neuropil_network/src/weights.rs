//! The weights of projections on one partition: edited, and read.

use std::collections::BTreeMap;

use neuropil_core::{BuildError, Real, Sequence, Slice, Streams, Synapse, Value};

use crate::description::{Network, Projection, Recorder, RecorderKind, Source};
use crate::observer::RecordedSynapse;
use crate::partition::Partition;
use crate::protocol::{PatternPair, Selection, WeightChange};
use crate::view::View;

impl Partition {
    /// Changes the selected weights of a projection; `streams` are those of the event.
    pub(crate) fn edit_weights<R: Real>(
        &mut self,
        network: &Network,
        number: usize,
        selection: &Selection,
        change: &WeightChange,
        streams: &Streams,
    ) -> Result<(), BuildError> {
        let Projection { source: Source::Neurons(sources), target, synapse, .. } =
            &network.projections[number]
        else {
            return Ok(());
        };
        let model = network.synapses[*synapse].model;
        for spawned in self.synapses.iter().filter(|s| s.projection == number) {
            let positions = Positions::of_slice(target, &spawned.slice);
            let mut changes = Changes::new(change, streams, &positions);
            let mut entity = self.world.entity_mut(spawned.entity);
            for strengths in Strengths::of(selection, sources, &spawned.slice, &positions) {
                model.edit::<R>(&mut entity, &mut |s| match strengths.of_synapse(s) {
                    Some(strength) => changes.apply(s, strength),
                    None => s.weight,
                })?;
            }
        }
        Ok(())
    }

    /// The synapses of a weight recorder that end in this partition.
    pub(crate) fn read_weights<R: Real>(
        &self,
        network: &Network,
        recorder: &Recorder,
    ) -> Vec<RecordedSynapse> {
        let RecorderKind::Weights { projection, sources: selected, .. } = &recorder.kind else {
            return Vec::new();
        };
        let Projection { source: Source::Neurons(sources), target, synapse, .. } =
            &network.projections[*projection]
        else {
            return Vec::new();
        };
        let rows = rows_of(sources, selected);
        let neurons = neurons_of(sources);
        let mut recorded = Vec::new();
        for spawned in self.synapses.iter().filter(|s| s.projection == *projection) {
            let slice = spawned.slice;
            let positions = Positions::of_slice(target, &slice);
            let inside = Positions::of_slice(&recorder.view, &slice);
            network.synapses[*synapse].model.visit::<R>(self.world.entity(spawned.entity), &mut |s| {
                let (row, target) = (s.row as usize, s.target);
                if rows[row]
                    && inside.of(target).is_some()
                    && let Some(target_position) = positions.of(target)
                {
                    recorded.push(RecordedSynapse {
                        source_position: s.row,
                        target_position,
                        source: neurons[row],
                        target: (slice.population, slice.start + target),
                        weight: s.weight,
                        delay: s.delay,
                    });
                }
            });
        }
        recorded
    }
}

/// The neurons of a view, by position.
fn neurons_of(view: &View) -> Vec<(u32, u32)> {
    view.parts().iter().flat_map(|p| (p.start..p.start + p.len).map(|n| (p.population, n))).collect()
}

/// Which rows of a projection belong to a view.
fn rows_of(sources: &View, view: &View) -> Vec<bool> {
    let mut rows = vec![false; sources.len() as usize];
    for part in view.parts() {
        for inside in sources.neurons_in(part.population, part.start, part.start + part.len) {
            rows[inside.position as usize..][..inside.len as usize].fill(true);
        }
    }
    rows
}

/// The position in a view of each neuron of a slice.
struct Positions(Vec<u32>);

impl Positions {
    const NONE: u32 = u32::MAX;

    fn of_slice(view: &View, slice: &Slice) -> Self {
        let mut positions = vec![Self::NONE; slice.len as usize];
        for part in view.neurons_in(slice.population, slice.start, slice.start + slice.len) {
            for i in 0..part.len {
                positions[(part.start + i - slice.start) as usize] = part.position + i;
            }
        }
        Self(positions)
    }

    fn of(&self, neuron: u32) -> Option<u32> {
        Some(self.0[neuron as usize]).filter(|p| *p != Self::NONE)
    }
}

/// Which synapses of a projection onto a slice are changed, and how strongly.
struct Strengths {
    rows: Vec<bool>,
    /// The strength of each neuron of the slice; `None` for those that are no target.
    targets: Vec<Option<f64>>,
}

impl Strengths {
    /// One for a block, or one for each pair of patterns.
    fn of(selection: &Selection, sources: &View, slice: &Slice, positions: &Positions) -> Vec<Self> {
        match selection {
            Selection::Block { sources: rows, targets } => {
                let inside = Positions::of_slice(targets, slice);
                let targets = (0..slice.len).map(|i| inside.of(i).map(|_| 1.0)).collect();
                vec![Self { rows: rows_of(sources, rows), targets }]
            }
            Selection::Patterns(pairs) => {
                pairs.iter().map(|pair| Self::of_patterns(pair, sources.len(), positions)).collect()
            }
        }
    }

    fn of_patterns(pair: &PatternPair, n_rows: u32, positions: &Positions) -> Self {
        let mut rows = vec![false; n_rows as usize];
        pair.sources.iter().for_each(|&row| rows[row as usize] = true);
        let strengths: BTreeMap<u32, f64> = pair.targets.iter().copied().collect();
        let targets = positions.0.iter().map(|position| strengths.get(position).copied()).collect();
        Self { rows, targets }
    }

    fn of_synapse(&self, synapse: Synapse) -> Option<f64> {
        self.targets[synapse.target as usize].filter(|_| self.rows[synapse.row as usize])
    }
}

/// The new weights; random values are drawn target by target, each with a stream of its own.
struct Changes<'a> {
    change: &'a WeightChange,
    streams: &'a Streams,
    positions: &'a Positions,
    /// The stream of each neuron of the slice, and how many values it has given.
    sequences: Vec<Option<(Sequence, usize)>>,
}

impl<'a> Changes<'a> {
    fn new(change: &'a WeightChange, streams: &'a Streams, positions: &'a Positions) -> Self {
        Self { change, streams, positions, sequences: vec![None; positions.0.len()] }
    }

    fn apply(&mut self, synapse: Synapse, strength: f64) -> f64 {
        match self.change {
            WeightChange::Set(value) => strength * self.value(value, synapse.target),
            WeightChange::Add(value) => synapse.weight + strength * self.value(value, synapse.target),
            WeightChange::Scale(factor) => synapse.weight * factor,
            WeightChange::Clip { low, high } => synapse.weight.clamp(*low, *high),
        }
    }

    fn value(&mut self, value: &Value, target: u32) -> f64 {
        if let Some(constant) = value.constant() {
            return constant;
        }
        let position = self.positions.of(target).unwrap_or(0);
        let stream = || (self.streams.sequence(position), 0);
        let (sequence, nth) = self.sequences[target as usize].get_or_insert_with(stream);
        *nth += 1;
        value.draw(*nth - 1, sequence)
    }
}
