//! Complete projections with a weight for each synapse: no targets are stored, and rows are added as vectors.

use neuropil_core::{
    EditSynapse, Kernel, Placement, Real, SourceRows, SpikeHistory, StorageError, Synapse, SynapseSetup,
    SynapseValues, dispatch, prefetch, try_filled,
};

use crate::channels::Channels;
use crate::plan::parameters;
use crate::store::Store;
use crate::weighted::edit_with_own_weights;

/// A matrix of weights, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Dense<R> {
    weights: Vec<R>,
    /// For each row the neuron that it does not reach, which is the source itself; [`NONE`] where it reaches all. Its weight
    /// is zero, which changes no sum.
    holes: Vec<u32>,
    delay: u64,
    /// The place of the first neuron's input.
    base: u32,
    channels: Channels,
    /// The rows that arrive in the step at hand; scratch.
    arrivals: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl<R: Real> Dense<R> {
    pub(crate) fn new(setup: &SynapseSetup<'_>, delay: u64) -> Result<Self, StorageError> {
        let (n_rows, len) = (setup.plan.n_rows as usize, setup.slice.len as usize);
        let n = n_rows.checked_mul(len).ok_or(StorageError::OutOfMemory { bytes: u64::MAX })?;
        let mut weights = try_filled(n, R::from_f64(f64::NAN))?;
        let mut draw = SynapseValues::weights(parameters(&setup.plan).weight, setup);
        let channels = Channels::of(setup);
        let mut base = None;
        setup.wiring.visit(&mut |target, incoming| {
            for (nth, &row) in incoming.rows.iter().enumerate() {
                let slot = row as usize * len + target.index as usize;
                let weight = draw.next(&Placement { target, incoming, nth, slot }, incoming.weights);
                base.get_or_insert_with(|| channels.start(weight));
                weights[slot] = R::from_f64(weight);
            }
        });
        let holes = weights.chunks_mut(len).map(fill_hole).collect();
        Ok(Self { weights, holes, delay, base: base.unwrap_or(0), channels, arrivals: Vec::new() })
    }

    /// The memory of a projection of this shape, in bytes.
    pub(crate) fn bytes_for(n_rows: u32, n_targets: u64, bytes_per_weight: u64) -> u64 {
        n_targets.saturating_mul(bytes_per_weight).saturating_add(4).saturating_mul(u64::from(n_rows))
    }

    fn row(&self, row: u32) -> &[R] {
        let len = self.channels.len() as usize;
        &self.weights[row as usize * len..][..len]
    }

    /// The neurons that a row reaches.
    fn targets(&self, row: u32) -> impl Iterator<Item = u32> + use<R> {
        let hole = self.holes[row as usize];
        (0..self.channels.len()).filter(move |&target| target != hole)
    }
}

/// Finds the weight that was not set, and sets it to zero.
fn fill_hole<R: Real>(row: &mut [R]) -> u32 {
    let hole = row.iter().position(|weight| weight.to_f64().is_nan());
    hole.map_or(NONE, |hole| {
        row[hole] = R::ZERO;
        hole as u32
    })
}

impl<R: Real> Store<R> for Dense<R> {
    fn deliver(&mut self, step: u64, history: &SpikeHistory, sources: &[SourceRows], input: &mut [R]) -> u64 {
        let Some(emission) = step.checked_sub(self.delay) else { return 0 };
        let mut arrivals = std::mem::take(&mut self.arrivals);
        SourceRows::fired_in(sources, history, emission, &mut arrivals);
        let input = &mut input[self.base as usize..][..self.channels.len() as usize];
        for (i, &row) in arrivals.iter().enumerate() {
            if let Some(&next) = arrivals.get(i + 1) {
                prefetch(self.row(next));
            }
            dispatch(AddRow { weights: self.row(row), input });
        }
        let holes = arrivals.iter().filter(|&&row| self.holes[row as usize] != NONE).count();
        let n = (arrivals.len() * input.len() - holes) as u64;
        self.arrivals = arrivals;
        n
    }

    fn visit(&self, _part: usize, visit: &mut dyn FnMut(Synapse)) {
        for row in 0..self.holes.len() as u32 {
            for target in self.targets(row) {
                let weight = self.row(row)[target as usize].to_f64();
                visit(Synapse { row, target, weight, delay: self.delay });
            }
        }
    }

    fn edit(
        &mut self,
        _part: usize,
        edit: &mut EditSynapse<'_>,
    ) -> Result<Option<Box<dyn Store<R>>>, StorageError> {
        if !self.channels.is_one() {
            let n_rows = self.holes.len() as u32;
            return edit_with_own_weights(self, n_rows, self.delay, self.channels, edit).map(Some);
        }
        for row in 0..self.holes.len() as u32 {
            for target in self.targets(row) {
                let slot = row as usize * self.channels.len() as usize + target as usize;
                let weight = self.weights[slot].to_f64();
                let weight = R::from_f64(edit(Synapse { row, target, weight, delay: self.delay }));
                self.channels.checked_start(weight.to_f64())?;
                self.weights[slot] = weight;
            }
        }
        Ok(None)
    }

    fn n_synapses(&self, _part: usize) -> u64 {
        self.n_all_synapses()
    }

    fn n_all_synapses(&self) -> u64 {
        let holes = self.holes.iter().filter(|&&hole| hole != NONE).count();
        (self.weights.len() - holes) as u64
    }

    fn bytes(&self) -> u64 {
        (size_of_val(self.weights.as_slice()) + size_of_val(self.holes.as_slice())) as u64
    }
}

struct AddRow<'a, R> {
    weights: &'a [R],
    input: &'a mut [R],
}

impl<R: Real> Kernel for AddRow<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (input, weight) in self.input.iter_mut().zip(self.weights) {
            *input += *weight;
        }
    }
}
