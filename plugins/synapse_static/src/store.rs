//! The arrays of one projection onto one slice, for one width of target index.

use std::ops::Range;

use neuropil_core::{
    BuildError, CountedRows, EditSynapse, Real, Receiver, Rows, SourceRows, SpikeHistory, Synapse,
    SynapsePlan, SynapseSetup, SynapseValues, TargetIndex, prefetch, try_filled,
};

use crate::calendar::Calendar;
use crate::counts::Counts;

/// Rows of synapses with their weights and delays.
#[derive(Clone, Debug)]
pub(crate) struct Store<I, R> {
    rows: Rows<I>,
    weights: Weights<R>,
    delays: Delays,
    channels: Channels,
    /// What arrives in the step at hand; scratch.
    arrivals: Vec<Range<usize>>,
}

/// Rows lie far apart in memory: the row after so many others is fetched while those are added.
const AHEAD: usize = 3;

/// The weights: one for all, or one for each synapse.
#[derive(Clone, Debug)]
enum Weights<R> {
    /// Arrivals are counted by neuron of the slice, and added to the inputs from `base` on.
    Shared { weight: R, base: u32, counts: Counts },
    /// Targets are places in the whole input buffer.
    Each(Vec<R>),
}

/// The delays: one for all, or grouped within each row.
#[derive(Clone, Debug)]
enum Delays {
    Shared(u64),
    Grouped(Calendar),
}

impl<I: TargetIndex, R: Real> Store<I, R> {
    /// Builds the arrays; `shared_weight` says whether arrivals are counted.
    pub(crate) fn new(setup: &SynapseSetup<'_>, shared_weight: Option<f64>) -> Result<Self, BuildError> {
        let [weight, delay] = setup.plan.parameters else { unreachable!("two parameters are declared") };
        let channels = Channels { receiver: setup.receiver, len: setup.slice.len };
        let grid = setup.plan.grid;
        let shared_delay = shared_delay(&setup.plan);
        let counted = CountedRows::count(setup.wiring, setup.plan.n_rows)?;
        let n = counted.n_synapses();
        let mut each_weight = try_filled(if shared_weight.is_some() { 0 } else { n }, R::ZERO)?;
        let mut each_delay = try_filled(if shared_delay.is_some() { 0 } else { n }, 0_u32)?;
        let mut draw_weight = SynapseValues::weights(weight, setup);
        let mut draw_delay = SynapseValues::delays(delay, setup);
        let mut rows = counted.place(setup.wiring, |at| {
            if shared_delay.is_none() {
                let delay = draw_delay.next(&at, at.incoming.delays);
                each_delay[at.slot] = grid.delay_steps(delay) as u32;
            }
            if shared_weight.is_some() {
                return at.target.index;
            }
            let weight = draw_weight.next(&at, at.incoming.weights);
            each_weight[at.slot] = R::from_f64(weight);
            channels.start(weight) + at.target.index
        })?;
        let delays = match shared_delay {
            Some(delay) => Delays::Shared(delay),
            None => {
                let segments = rows.sort_by_delay(&each_delay, &mut each_weight);
                // Bounds of the distribution, not of this slice: the order of sums may not depend on the slice.
                let (low, high) = setup.plan.own_delays.unwrap_or_else(|| delay.bounds());
                Delays::Grouped(Calendar::new(segments, grid.delay_steps(low), grid.delay_steps(high)))
            }
        };
        let weights = match shared_weight {
            Some(weight) => Weights::Shared {
                weight: R::from_f64(weight),
                base: channels.start(weight),
                counts: Counts::new(setup.slice.len as usize),
            },
            None => Weights::Each(each_weight),
        };
        Ok(Self { rows, weights, delays, channels, arrivals: Vec::new() })
    }

    /// Gives every synapse to `edit`; what it returns becomes the weight. A weight that was shared is stored for each
    /// synapse from then on.
    pub(crate) fn edit(&mut self, edit: &mut EditSynapse<'_>) -> Result<(), BuildError> {
        self.store_each_weight()?;
        let Self { rows, weights: Weights::Each(weights), delays, channels, .. } = self else {
            unreachable!("weights are stored for each synapse")
        };
        for row in 0..rows.n_rows() {
            for (range, delay) in delays.ranges_of_row(rows, row) {
                for slot in range {
                    let place = &mut rows.all_targets_mut()[slot];
                    let target = channels.target(place.place());
                    let weight = edit(Synapse { row, target, weight: weights[slot].to_f64(), delay });
                    weights[slot] = R::from_f64(weight);
                    *place = I::new(channels.checked_start(weights[slot].to_f64())? + target);
                }
            }
        }
        Ok(())
    }

    /// Shows every synapse, by source.
    pub(crate) fn visit(&self, visit: &mut dyn FnMut(Synapse)) {
        for row in 0..self.rows.n_rows() {
            for (range, delay) in self.delays.ranges_of_row(&self.rows, row) {
                for (slot, place) in range.clone().zip(self.rows.targets(range)) {
                    let weight = match &self.weights {
                        Weights::Shared { weight, .. } => weight.to_f64(),
                        Weights::Each(weights) => weights[slot].to_f64(),
                    };
                    visit(Synapse { row, target: self.channels.target(place.place()), weight, delay });
                }
            }
        }
    }

    fn store_each_weight(&mut self) -> Result<(), BuildError> {
        if let Weights::Shared { weight, base, .. } = self.weights {
            let weights = try_filled(self.rows.len() as usize, weight)?;
            for place in self.rows.all_targets_mut() {
                *place = I::new(base + place.place() as u32);
            }
            self.weights = Weights::Each(weights);
        }
        Ok(())
    }

    /// Adds what arrives in `step` to the input of the slice. Returns the number of synaptic events.
    pub(crate) fn deliver(
        &mut self,
        step: u64,
        history: &SpikeHistory,
        sources: &[SourceRows],
        input: &mut [R],
    ) -> u64 {
        let Self { rows, weights, delays, arrivals, .. } = self;
        delays.collect_arrivals(step, history, sources, rows, arrivals);
        if arrivals.is_empty() {
            return 0;
        }
        match weights {
            Weights::Shared { weight, base, counts } => {
                for (i, range) in arrivals.iter().enumerate() {
                    if let Some(later) = arrivals.get(i + AHEAD) {
                        prefetch(rows.targets(later.clone()));
                    }
                    counts.add(rows.targets(range.clone()));
                }
                counts.move_to(*weight, &mut input[*base as usize..]);
            }
            Weights::Each(weights) => {
                for (i, range) in arrivals.iter().enumerate() {
                    if let Some(later) = arrivals.get(i + AHEAD) {
                        prefetch(rows.targets(later.clone()));
                        prefetch(&weights[later.clone()]);
                    }
                    for (target, weight) in rows.targets(range.clone()).iter().zip(&weights[range.clone()]) {
                        input[target.place()] += *weight;
                    }
                }
            }
        }
        arrivals.iter().map(Range::len).sum::<usize>() as u64
    }

    /// The number of synapses.
    pub(crate) fn n_synapses(&self) -> u64 {
        self.rows.len()
    }

    /// The memory of all arrays, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        let weights = match &self.weights {
            Weights::Shared { .. } => 0,
            Weights::Each(weights) => size_of_val(weights.as_slice()) as u64,
        };
        let segments = match &self.delays {
            Delays::Shared(_) => 0,
            Delays::Grouped(calendar) => calendar.bytes(),
        };
        Rows::<I>::bytes_for(self.rows.n_rows(), self.rows.len()) + weights + segments
    }
}

impl Delays {
    /// The ranges of the synapses of a row, with their delays.
    fn ranges_of_row<I: TargetIndex>(
        &self,
        rows: &Rows<I>,
        row: u32,
    ) -> impl Iterator<Item = (Range<usize>, u64)> + use<I> {
        let ranges: Vec<_> = match self {
            Self::Shared(delay) => vec![(rows.range(row), *delay)],
            Self::Grouped(calendar) => calendar.ranges_of_row(row).collect(),
        };
        ranges.into_iter()
    }

    /// Puts the ranges of synapses over which a spike arrives in `step` into `arrivals`, in the order in which they are
    /// to be added.
    fn collect_arrivals<I: TargetIndex>(
        &mut self,
        step: u64,
        history: &SpikeHistory,
        sources: &[SourceRows],
        rows: &Rows<I>,
        arrivals: &mut Vec<Range<usize>>,
    ) {
        arrivals.clear();
        match self {
            Self::Shared(delay) => {
                let Some(emission) = step.checked_sub(*delay) else { return };
                for source in sources {
                    source.for_each_fired(history, emission, |row| arrivals.push(rows.range(row)));
                }
            }
            Self::Grouped(calendar) => {
                calendar.enter(step, history, sources);
                arrivals.extend(calendar.arrivals(step));
                calendar.turn(step);
            }
        }
    }
}

/// The delay in steps, if all synapses share it.
pub(crate) fn shared_delay(plan: &SynapsePlan<'_>) -> Option<u64> {
    let [_, delay] = plan.parameters else { unreachable!("two parameters are declared") };
    let delay = match plan.own_delays {
        Some((low, high)) => (low == high).then_some(low),
        None => delay.constant(),
    };
    delay.map(|delay| plan.grid.delay_steps(delay))
}

/// The channels of the input buffer that spikes reach.
#[derive(Clone, Copy, Debug)]
struct Channels {
    receiver: Receiver,
    /// The number of neurons of the slice.
    len: u32,
}

impl Channels {
    /// The place of the first neuron's input for spikes of this weight.
    fn start(&self, weight: f64) -> u32 {
        self.receiver.channel(weight).expect("scenes check that a receptor takes the weight") as u32
            * self.len
    }

    fn checked_start(&self, weight: f64) -> Result<u32, BuildError> {
        let channel = self.receiver.channel(weight).filter(|_| weight.is_finite());
        channel.map(|channel| channel as u32 * self.len).ok_or(BuildError::NoReceptor { weight })
    }

    /// The neuron whose input is at `place`.
    fn target(&self, place: usize) -> u32 {
        place as u32 % self.len.max(1)
    }
}
