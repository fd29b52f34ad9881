//! The weights of projections on one partition: edited, and read.

use std::collections::BTreeMap;

use neuropil_core::{AccessError, Real, RecordedSynapse, Sequence, Slice, Streams, Synapse, Value};

use crate::description::{Network, Projection, Source};
use crate::edit::Failure;
use crate::error::EditError;
use crate::partition::Partition;
use crate::protocol::{PatternPair, Selection, WeightChange};
use crate::recorder::SynapseBlock;
use neuropil_core::View;

impl Partition {
    /// Changes the selected weights of a projection; `streams` are those of the event.
    pub(crate) fn edit_weights<R: Real>(
        &mut self,
        network: &Network,
        number: usize,
        selection: &Selection,
        change: &WeightChange,
        streams: &Streams,
    ) -> Result<(), Failure> {
        let Projection { name, source: Source::Neurons(sources), target, synapse, .. } =
            &network.projections[number]
        else {
            return Ok(());
        };
        let model = network.synapses[*synapse].model;
        for spawned in self.synapses.iter().filter(|s| s.projection == number) {
            let positions = Positions::of_slice(target, &spawned.slice);
            let mut changes = Changes::new(change, streams, &positions);
            let mut entity = self.world.entity_mut(spawned.entity);
            let strengths = Strengths::new(selection, sources, &spawned.slice, &positions);
            let edited = model.edit::<R>(&mut entity, spawned.part, &mut |synapse| {
                let change = |s: Synapse, strength| Synapse { weight: changes.apply(s, strength), ..s };
                strengths.of_synapse(synapse).fold(synapse, change).weight
            });
            let projection = name.clone();
            edited.map_err(|error| Failure {
                population: spawned.slice.population,
                error: EditError::Weights { projection, error },
            })?;
        }
        Ok(())
    }

    /// Sets the weights of all synapses of a projection, in the order in which they are read.
    pub(crate) fn write_weights<R: Real>(
        &mut self,
        network: &Network,
        number: usize,
        weights: &mut dyn Iterator<Item = f64>,
    ) -> Result<(), AccessError> {
        let Projection { name, synapse, .. } = &network.projections[number];
        let model = network.synapses[*synapse].model;
        for spawned in self.synapses.iter().filter(|s| s.projection == number) {
            let mut entity = self.world.entity_mut(spawned.entity);
            let mut next = |synapse: Synapse| weights.next().unwrap_or(synapse.weight);
            let written = model.edit::<R>(&mut entity, spawned.part, &mut next);
            written.map_err(|error| AccessError::new(format!("projection `{name}`"), error.to_string()))?;
        }
        Ok(())
    }

    /// The synapses of a block, onto the neurons of a view, that end in this partition.
    pub(crate) fn read_weights<R: Real>(
        &self,
        network: &Network,
        block: &SynapseBlock,
        targets: &View,
    ) -> Vec<RecordedSynapse> {
        let SynapseBlock { projection, sources: selected } = block;
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
            let inside = Positions::of_slice(targets, &slice);
            let entity = self.world.entity(spawned.entity);
            network.synapses[*synapse].model.visit::<R>(entity, spawned.part, &mut |s| {
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

/// Which synapses of a projection onto a slice are changed, how often and how strongly: once for each pattern that holds both
/// ends. A block is a single pattern.
struct Strengths {
    /// The patterns of each row, in ascending order.
    rows: Vec<Vec<u32>>,
    /// The patterns of each neuron of the slice, in ascending order, with its strength in them.
    targets: Vec<Vec<(u32, f64)>>,
}

impl Strengths {
    fn new(selection: &Selection, sources: &View, slice: &Slice, positions: &Positions) -> Self {
        let mut strengths = Self {
            rows: vec![Vec::new(); sources.len() as usize],
            targets: vec![Vec::new(); slice.len as usize],
        };
        match selection {
            Selection::Block { sources: rows, targets } => {
                let inside = Positions::of_slice(targets, slice);
                for (row, _) in strengths.rows.iter_mut().zip(rows_of(sources, rows)).filter(|(_, is)| *is) {
                    row.push(0);
                }
                for (i, target) in (0..).zip(&mut strengths.targets) {
                    target.extend(inside.of(i).map(|_| (0, 1.0)));
                }
            }
            Selection::Patterns(pairs) => strengths.add_patterns(pairs, positions),
        }
        strengths
    }

    fn add_patterns(&mut self, pairs: &[PatternPair], positions: &Positions) {
        let places: BTreeMap<u32, usize> =
            positions.0.iter().enumerate().map(|(place, &position)| (position, place)).collect();
        for (number, pair) in (0..).zip(pairs) {
            pair.sources.iter().for_each(|&row| self.rows[row as usize].push(number));
            for (position, strength) in &pair.targets {
                if let Some(&place) = places.get(position) {
                    self.targets[place].push((number, *strength));
                }
            }
        }
    }

    /// The strengths of the patterns that hold a synapse.
    fn of_synapse(&self, synapse: Synapse) -> impl Iterator<Item = f64> + '_ {
        let (rows, targets) = (&self.rows[synapse.row as usize], &self.targets[synapse.target as usize]);
        let both = |(number, _): &&(u32, f64)| rows.binary_search(number).is_ok();
        let targets = if rows.is_empty() { &[][..] } else { targets.as_slice() };
        targets.iter().filter(both).map(|(_, strength)| *strength)
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
