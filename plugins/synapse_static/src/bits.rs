//! Dense projections whose synapses share weight and delay: a bit for each pair of neurons.

use neuropil_core::math::exp_m1;
use neuropil_core::{
    EditSynapse, Real, SourceRows, SpikeHistory, StorageError, Synapse, SynapseRows, SynapseSetup,
    TargetIndex, prefetch,
};

use crate::carry_save::BitMatrix;
use crate::channels::Channels;
use crate::counts::Counts;
use crate::store::Store;
use crate::weighted::edit_with_own_weights;

/// Synapses as bits.
#[derive(Clone, Debug)]
pub(crate) struct Bits<I, R> {
    pairs: BitMatrix,
    /// The synapses that a pair has beyond its first.
    further: SynapseRows<I>,
    outdegrees: Vec<u32>,
    weight: R,
    delay: u64,
    channels: Channels,
    counts: Counts,
    /// The rows that arrive in the step at hand; scratch.
    arrivals: Vec<u32>,
}

impl<I: TargetIndex, R: Real> Bits<I, R> {
    pub(crate) fn new(setup: &SynapseSetup<'_>, weight: f64, delay: u64) -> Result<Self, StorageError> {
        let (n_rows, len) = (setup.plan.n_rows, setup.slice.len);
        let mut pairs = BitMatrix::new(n_rows, len)?;
        let mut outdegrees = vec![0; n_rows as usize];
        let mut further = Vec::new();
        setup.wiring.visit(&mut |target, incoming| {
            for &row in incoming.rows {
                outdegrees[row as usize] += 1;
                if !pairs.set(row, target.index) {
                    further.push((row, target.index));
                }
            }
        });
        further.sort_by_key(|&(row, _)| row);
        let further = SynapseRows::collect(n_rows, further.len() as u64, |push| {
            further.iter().for_each(|&(row, target)| push(row, I::new(target)));
        })?;
        Ok(Self {
            pairs,
            further,
            outdegrees,
            weight: R::from_f64(weight),
            delay,
            channels: Channels::of(setup),
            counts: Counts::new(len as usize),
            arrivals: Vec::new(),
        })
    }

    /// The memory of a projection of this shape, in bytes.
    pub(crate) fn bytes_for(n_rows: u32, n_targets: u64, n_synapses: u64) -> u64 {
        // Of a Poisson number of synapses for each pair, those beyond the first.
        let pairs = f64::from(n_rows) * n_targets as f64;
        let mean = n_synapses as f64 / pairs.max(1.0);
        let further = (pairs * (mean + exp_m1(-mean))) as u64;
        BitMatrix::bytes_for(n_rows, n_targets)
            .saturating_add(4 * u64::from(n_rows))
            .saturating_add(SynapseRows::<I>::bytes_for(n_rows, further))
    }
}

impl<I: TargetIndex, R: Real> Store<R> for Bits<I, R> {
    fn deliver(&mut self, step: u64, history: &SpikeHistory, sources: &[SourceRows], input: &mut [R]) -> u64 {
        let Some(emission) = step.checked_sub(self.delay) else { return 0 };
        let Self { pairs, further, outdegrees, counts, arrivals, .. } = self;
        SourceRows::fired_in(sources, history, emission, arrivals);
        if arrivals.is_empty() {
            return 0;
        }
        for &row in arrivals.iter() {
            prefetch(&further.items()[further.range(row)]);
            prefetch(&outdegrees[row as usize..][..1]);
        }
        pairs.add_rows(arrivals, counts.whole_lines());
        let mut n = 0;
        for &row in arrivals.iter() {
            counts.add(&further.items()[further.range(row)]);
            n += u64::from(outdegrees[row as usize]);
        }
        let base = self.channels.start(self.weight.to_f64());
        counts.move_to(self.weight, &mut input[base as usize..]);
        n
    }

    fn visit(&self, _part: usize, visit: &mut dyn FnMut(Synapse)) {
        let (weight, delay) = (self.weight.to_f64(), self.delay);
        for row in 0..self.outdegrees.len() as u32 {
            let mut further = self.further.items()[self.further.range(row)].iter().copied().peekable();
            self.pairs.for_each_set(row, |target| {
                visit(Synapse { row, target, weight, delay });
                while further.next_if(|further| further.place() == target as usize).is_some() {
                    visit(Synapse { row, target, weight, delay });
                }
            });
        }
    }

    fn edit(
        &mut self,
        _part: usize,
        edit: &mut EditSynapse<'_>,
    ) -> Result<Option<Box<dyn Store<R>>>, StorageError> {
        edit_with_own_weights(self, self.outdegrees.len() as u32, self.delay, self.channels, edit).map(Some)
    }

    fn n_synapses(&self, _part: usize) -> u64 {
        self.n_all_synapses()
    }

    fn n_all_synapses(&self) -> u64 {
        self.outdegrees.iter().map(|&n| u64::from(n)).sum()
    }

    fn bytes(&self) -> u64 {
        self.pairs.bytes() + self.further.bytes() + size_of_val(self.outdegrees.as_slice()) as u64
    }
}
