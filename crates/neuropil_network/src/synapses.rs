//! The synapses of a projection, over all partitions: read, and given other weights.

use neuropil_core::{AccessError, Column, Precision, RecordedSynapse, View};
use rayon::prelude::*;

use crate::control::{finite, fitting};
use crate::description::{Projection, Source};
use crate::partition::Partition;
use crate::recorder::SynapseBlock;
use crate::simulation::Simulation;

impl Simulation {
    /// All synapses of a projection between neurons, by source and then target, in the order of its views.
    ///
    /// # Errors
    /// Where there is no such projection, or it begins at a stimulus.
    pub fn synapses(&self, projection: &str) -> Result<Vec<RecordedSynapse>, AccessError> {
        let (block, target) = self.whole(projection)?;
        Ok(self.weights_of(&block, &target))
    }

    /// Sets the weights of all synapses of a projection: to a number, or to a list in the order of
    /// [`synapses`](Self::synapses). Synapses that shared a weight then have one each.
    ///
    /// # Errors
    /// Where there is no such projection, a list is of another length, or no receptor takes a weight.
    pub fn set_weights(&mut self, projection: &str, weights: impl Into<Column>) -> Result<(), AccessError> {
        let (block, target) = self.whole(projection)?;
        let held = self.held(&block, &target);
        let weights = finite(projection, fitting(projection, held.len(), "synapses", weights.into())?)?;
        let mut order: Vec<usize> = (0..held.len()).collect();
        order.par_sort_by_key(|&place| pair(&held[place]));
        let mut new = vec![0.0; held.len()];
        order.into_iter().enumerate().for_each(|(nth, place)| new[place] = weights.at(nth));
        self.write(block.projection, new).or_else(|error| {
            let before = held.iter().map(|synapse| synapse.weight).collect();
            self.write(block.projection, before).and(Err(error))
        })
    }

    /// The synapses of a block onto some neurons, by source and then target, in the order of the views.
    pub(crate) fn weights_of(&self, block: &SynapseBlock, targets: &View) -> Vec<RecordedSynapse> {
        let mut synapses = self.held(block, targets);
        // Stable: synapses of one pair stay in the order in which a partition holds them.
        synapses.par_sort_by_key(pair);
        synapses
    }

    /// The same, in the order in which partitions hold them.
    fn held(&self, block: &SynapseBlock, targets: &View) -> Vec<RecordedSynapse> {
        let read = |partition: &Partition| match self.precision {
            Precision::F32 => partition.read_weights::<f32>(&self.network, block, targets),
            Precision::F64 => partition.read_weights::<f64>(&self.network, block, targets),
        };
        self.partitions.par_iter().flat_map_iter(read).collect()
    }

    /// Sets all weights of a projection, in the order in which partitions hold its synapses.
    fn write(&mut self, projection: usize, weights: Vec<f64>) -> Result<(), AccessError> {
        let (network, precision, mut weights) = (&self.network, self.precision, weights.into_iter());
        self.partitions.iter_mut().try_for_each(|partition| match precision {
            Precision::F32 => partition.write_weights::<f32>(network, projection, &mut weights),
            Precision::F64 => partition.write_weights::<f64>(network, projection, &mut weights),
        })
    }

    /// All synapses of a projection, and the neurons on which they end.
    fn whole(&self, projection: &str) -> Result<(SynapseBlock, View), AccessError> {
        let projections = &self.network.projections;
        let Some(number) = projections.iter().position(|p| p.name == projection) else {
            let names = projections.iter().map(|p| p.name.as_str());
            return Err(AccessError::unknown("the network", "projection", projection, names));
        };
        let Projection { source: Source::Neurons(sources), target, .. } = &projections[number] else {
            let owner = format!("projection `{projection}`");
            return Err(AccessError::new(owner, "it begins at a stimulus, which has no synapses of its own"));
        };
        Ok((SynapseBlock { projection: number, sources: sources.clone() }, target.clone()))
    }
}

/// What synapses are sorted by.
fn pair(synapse: &RecordedSynapse) -> (u32, u32) {
    (synapse.source_position, synapse.target_position)
}
