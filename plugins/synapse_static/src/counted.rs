//! Rows of targets that share a weight: arrivals are counted, and the weight is multiplied by the count.

use neuropil_core::{
    EditSynapse, Real, SourceRows, SpikeHistory, StorageError, Synapse, SynapseSetup, TargetIndex,
};

use crate::channels::Channels;
use crate::counts::Counts;
use crate::delayed_rows::DelayedRows;
use crate::store::Store;
use crate::weighted::{Weighted, WeightedTarget};

/// Synapses that share a weight; targets are neurons of the slice.
#[derive(Clone, Debug)]
pub(crate) struct Counted<I, R> {
    rows: DelayedRows<I>,
    weight: R,
    channels: Channels,
    counts: Counts,
}

impl<I: TargetIndex, R: Real> Counted<I, R> {
    pub(crate) fn new(setup: &SynapseSetup<'_>, weight: f64) -> Result<Self, StorageError> {
        let rows = DelayedRows::new(std::slice::from_ref(setup), |_, at| I::new(at.target.index))?;
        let counts = Counts::new(setup.slice.len as usize);
        Ok(Self { rows, weight: R::from_f64(weight), channels: Channels::of(setup), counts })
    }
}

impl<I: TargetIndex, R: Real> Counted<I, R> {
    fn edited<J: TargetIndex>(&self, edit: &mut EditSynapse<'_>) -> Result<Weighted<J, R>, StorageError> {
        let base = self.channels.start(self.weight.to_f64());
        let with_weight = |target: I| WeightedTarget::new(base + target.place() as u32, self.weight);
        let mut weighted = Weighted::of_rows(self.rows.map(with_weight)?, self.channels);
        weighted.edit(0, edit)?;
        Ok(weighted)
    }
}

impl<I: TargetIndex, R: Real> Store<R> for Counted<I, R> {
    fn deliver(&mut self, step: u64, history: &SpikeHistory, sources: &[SourceRows], input: &mut [R]) -> u64 {
        let Self { rows, weight, channels, counts } = self;
        let base = channels.start(weight.to_f64());
        let input = &mut input[base as usize..];
        rows.collect_arrivals(step, history, sources);
        let n = rows.for_each_arrival(step, |targets| counts.add(targets));
        if counts.are_sparse(n) {
            rows.for_each_arrival(step, |targets| counts.move_some_to(targets, *weight, input));
        } else {
            counts.move_to(*weight, input);
        }
        rows.forget_arrivals(step);
        n
    }

    fn visit(&self, _part: usize, visit: &mut dyn FnMut(Synapse)) {
        let weight = self.weight.to_f64();
        self.rows.visit(|row, delay, target| {
            visit(Synapse { row, target: target.place() as u32, weight, delay });
        });
    }

    fn edit(
        &mut self,
        _part: usize,
        edit: &mut EditSynapse<'_>,
    ) -> Result<Option<Box<dyn Store<R>>>, StorageError> {
        Ok(Some(if self.channels.n_inputs() <= I::LIMIT {
            Box::new(self.edited::<I>(edit)?)
        } else {
            // A number that tells the neurons apart may be too small for all their receptors.
            Box::new(self.edited::<u32>(edit)?)
        }))
    }

    fn n_synapses(&self, _part: usize) -> u64 {
        self.n_all_synapses()
    }

    fn n_all_synapses(&self) -> u64 {
        self.rows.len()
    }

    fn bytes(&self) -> u64 {
        self.rows.bytes()
    }
}
