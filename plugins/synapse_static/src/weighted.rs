//! Rows of targets with a weight for each synapse, which are added one by one.

use neuropil_core::{
    BuildError, EditSynapse, Real, Rows, SourceRows, SpikeHistory, Synapse, SynapseSetup, SynapseValues,
    TargetIndex,
};

use crate::channels::Channels;
use crate::delayed_rows::DelayedRows;
use crate::shape::parameters;
use crate::store::Store;

/// The place of a target's input in the whole input buffer, and a weight.
///
/// They lie side by side, so that a short piece of a row is a line or two of memory; as bytes, so that no gap is between
/// them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WeightedTarget<I, R: Real> {
    target: I,
    weight: R::Bytes,
}

impl<I: TargetIndex, R: Real> WeightedTarget<I, R> {
    pub(crate) fn new(place: u32, weight: R) -> Self {
        Self { target: I::new(place), weight: weight.to_bytes() }
    }

    #[inline]
    fn weight(self) -> R {
        R::from_bytes(self.weight)
    }
}

/// Synapses with a weight for each.
#[derive(Clone, Debug)]
pub(crate) struct Weighted<I, R: Real> {
    rows: DelayedRows<WeightedTarget<I, R>>,
    channels: Channels,
}

impl<I: TargetIndex, R: Real> Weighted<I, R> {
    pub(crate) fn new(setup: &SynapseSetup<'_>) -> Result<Self, BuildError> {
        let channels = Channels::of(setup);
        let mut draw = SynapseValues::weights(parameters(&setup.plan).weight, setup);
        let rows = DelayedRows::new(setup, |at| {
            let weight = draw.next(at, at.incoming.weights);
            WeightedTarget::new(channels.start(weight) + at.target.index, R::from_f64(weight))
        })?;
        Ok(Self { rows, channels })
    }

    fn of_edited(
        store: &dyn Store<R>,
        n_rows: u32,
        delay: u64,
        channels: Channels,
        edit: &mut EditSynapse<'_>,
    ) -> Result<Self, BuildError> {
        let mut refused = None;
        let rows = Rows::collect(n_rows, store.n_synapses(), |push| {
            store.visit(&mut |synapse| {
                let weight = R::from_f64(edit(synapse));
                let start = channels.checked_start(weight.to_f64()).unwrap_or_else(|error| {
                    refused.get_or_insert(error);
                    0
                });
                push(synapse.row, WeightedTarget::new(start + synapse.target, weight));
            });
        })?;
        match refused {
            Some(error) => Err(error),
            None => Ok(Self::of_rows(DelayedRows::with_delay(rows, delay), channels)),
        }
    }

    /// Rows that have been built.
    pub(crate) fn of_rows(rows: DelayedRows<WeightedTarget<I, R>>, channels: Channels) -> Self {
        Self { rows, channels }
    }
}

/// Edits the synapses of a store of another shape, in which all share a delay: gives the store that takes its place.
pub(crate) fn edit_with_own_weights<R: Real>(
    store: &dyn Store<R>,
    n_rows: u32,
    delay: u64,
    channels: Channels,
    edit: &mut EditSynapse<'_>,
) -> Result<Box<dyn Store<R>>, BuildError> {
    Ok(if channels.n_inputs() <= u16::LIMIT {
        Box::new(Weighted::<u16, R>::of_edited(store, n_rows, delay, channels, edit)?)
    } else {
        Box::new(Weighted::<u32, R>::of_edited(store, n_rows, delay, channels, edit)?)
    })
}

impl<I: TargetIndex, R: Real> Store<R> for Weighted<I, R> {
    fn deliver(&mut self, step: u64, history: &SpikeHistory, sources: &[SourceRows], input: &mut [R]) -> u64 {
        self.rows.collect_arrivals(step, history, sources);
        let n = self.rows.for_each_arrival(step, |synapses| {
            for synapse in synapses {
                input[synapse.target.place()] += synapse.weight();
            }
        });
        self.rows.forget_arrivals(step);
        n
    }

    fn visit(&self, visit: &mut dyn FnMut(Synapse)) {
        self.rows.visit(|row, delay, synapse| {
            let target = self.channels.target(synapse.target.place());
            visit(Synapse { row, target, weight: synapse.weight().to_f64(), delay });
        });
    }

    fn edit(&mut self, edit: &mut EditSynapse<'_>) -> Result<Option<Box<dyn Store<R>>>, BuildError> {
        let channels = self.channels;
        self.rows.try_edit(|row, delay, synapse| {
            let target = channels.target(synapse.target.place());
            let weight = synapse.weight().to_f64();
            let weight = R::from_f64(edit(Synapse { row, target, weight, delay }));
            *synapse = WeightedTarget::new(channels.checked_start(weight.to_f64())? + target, weight);
            Ok(())
        })?;
        Ok(None)
    }

    fn n_synapses(&self) -> u64 {
        self.rows.len()
    }

    fn bytes(&self) -> u64 {
        self.rows.bytes()
    }
}
