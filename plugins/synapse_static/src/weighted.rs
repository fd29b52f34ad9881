//! Rows of targets with a weight for each synapse, which are added one by one.

use neuropil_core::{
    EditSynapse, Real, SourceRows, SpikeHistory, StorageError, Synapse, SynapseRows, SynapseSetup,
    SynapseValues, TargetIndex,
};

use crate::channels::Channels;
use crate::delayed_rows::DelayedRows;
use crate::plan::parameters;
use crate::store::Store;

/// The place of a target's input among those that the rows reach, and a weight.
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

/// Synapses with a weight for each, of one part or of several.
#[derive(Clone, Debug)]
pub(crate) struct Weighted<I, R: Real> {
    rows: DelayedRows<WeightedTarget<I, R>>,
    parts: Vec<Part>,
}

/// The synapses of one projection onto one slice.
#[derive(Clone, Copy, Debug)]
struct Part {
    channels: Channels,
    n_synapses: u64,
}

impl<I: TargetIndex, R: Real> Weighted<I, R> {
    pub(crate) fn new(setups: &[SynapseSetup<'_>]) -> Result<Self, StorageError> {
        let channels = Channels::of_parts(setups);
        let mut parts: Vec<Part> =
            channels.into_iter().map(|channels| Part { channels, n_synapses: 0 }).collect();
        let mut draws: Vec<_> = setups
            .iter()
            .map(|setup| SynapseValues::weights(parameters(&setup.plan).weight, setup))
            .collect();
        let rows = DelayedRows::new(setups, |part, at| {
            let weight = draws[part].next(at, at.incoming.weights);
            let part = &mut parts[part];
            part.n_synapses += 1;
            WeightedTarget::new(part.channels.start(weight) + at.target.index, R::from_f64(weight))
        })?;
        Ok(Self { rows, parts })
    }

    fn of_edited(
        store: &dyn Store<R>,
        n_rows: u32,
        delay: u64,
        channels: Channels,
        edit: &mut EditSynapse<'_>,
    ) -> Result<Self, StorageError> {
        let mut refused = None;
        let rows = SynapseRows::collect(n_rows, store.n_all_synapses(), |push| {
            store.visit(0, &mut |synapse| {
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

    /// Rows that have been built, of one part.
    pub(crate) fn of_rows(rows: DelayedRows<WeightedTarget<I, R>>, channels: Channels) -> Self {
        Self { parts: vec![Part { channels, n_synapses: rows.len() }], rows }
    }
}

/// Edits the synapses of a store of another shape, in which all share a delay: gives the store that takes its place.
pub(crate) fn edit_with_own_weights<R: Real>(
    store: &dyn Store<R>,
    n_rows: u32,
    delay: u64,
    channels: Channels,
    edit: &mut EditSynapse<'_>,
) -> Result<Box<dyn Store<R>>, StorageError> {
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

    fn visit(&self, part: usize, visit: &mut dyn FnMut(Synapse)) {
        let channels = self.parts[part].channels;
        self.rows.visit(|row, delay, synapse| {
            let place = synapse.target.place();
            if channels.hold(place) {
                visit(Synapse {
                    row,
                    target: channels.target(place),
                    weight: synapse.weight().to_f64(),
                    delay,
                });
            }
        });
    }

    fn edit(
        &mut self,
        part: usize,
        edit: &mut EditSynapse<'_>,
    ) -> Result<Option<Box<dyn Store<R>>>, StorageError> {
        let channels = self.parts[part].channels;
        self.rows.try_edit(|row, delay, synapse| {
            let place = synapse.target.place();
            if channels.hold(place) {
                let (target, weight) = (channels.target(place), synapse.weight().to_f64());
                let weight = R::from_f64(edit(Synapse { row, target, weight, delay }));
                *synapse = WeightedTarget::new(channels.checked_start(weight.to_f64())? + target, weight);
            }
            Ok(())
        })?;
        Ok(None)
    }

    fn n_synapses(&self, part: usize) -> u64 {
        self.parts[part].n_synapses
    }

    fn n_all_synapses(&self) -> u64 {
        self.rows.len()
    }

    fn bytes(&self) -> u64 {
        self.rows.bytes()
    }
}
