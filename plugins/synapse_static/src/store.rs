//! The arrays of one projection onto one slice, for one width of target index.

use std::ops::Range;

use neuropil_core::{
    BuildError, CountedRows, Placement, Purpose, Real, Rows, Sequence, SourceRows, SpikeHistory, Streams,
    SynapseSetup, TargetIndex, Value, prefetch, try_filled,
};

use crate::calendar::Calendar;
use crate::counts::Counts;

/// Rows of synapses with their weights and delays.
#[derive(Clone, Debug)]
pub(crate) struct Store<I, R> {
    rows: Rows<I>,
    weights: Weights<R>,
    delays: Delays,
    /// What arrives in the step at hand; scratch.
    arrivals: Vec<Range<usize>>,
}

/// Rows lie far apart in memory: the row after so many others is fetched while those are added.
const AHEAD: usize = 3;

/// The weights: one for all, or one for each synapse.
#[derive(Clone, Debug)]
enum Weights<R> {
    /// Arrivals are counted by neuron of the slice, and added to the inputs from `base` on.
    Shared { weight: R, base: usize, counts: Counts },
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
        let grid = setup.plan.grid;
        let shared_delay = delay.constant().map(|d| grid.delay_steps(d));
        let counted = CountedRows::count(setup.wiring, setup.plan.n_rows)?;
        let n = counted.n_synapses();
        let mut each_weight = try_filled(if shared_weight.is_some() { 0 } else { n }, R::ZERO)?;
        let mut each_delay = try_filled(if shared_delay.is_some() { 0 } else { n }, 0_u32)?;
        let mut draw_weight = Draw::new(weight, Purpose::Weight, setup);
        let mut draw_delay = Draw::new(delay, Purpose::Delay, setup);
        let mut rows = counted.place(setup.wiring, |at| {
            if shared_delay.is_none() {
                each_delay[at.slot] = grid.delay_steps(draw_delay.next(at)) as u32;
            }
            if shared_weight.is_some() {
                return at.target.index;
            }
            let weight = draw_weight.next(at);
            each_weight[at.slot] = R::from_f64(weight);
            channel_start(setup, weight) + at.target.index
        })?;
        let delays = match shared_delay {
            Some(delay) => Delays::Shared(delay),
            None => {
                let segments = rows.sort_by_delay(&each_delay, &mut each_weight);
                // Bounds of the distribution, not of this slice: the order of sums may not depend on the slice.
                let (low, high) = delay.bounds();
                Delays::Grouped(Calendar::new(segments, grid.delay_steps(low), grid.delay_steps(high)))
            }
        };
        let weights = match shared_weight {
            Some(weight) => Weights::Shared {
                weight: R::from_f64(weight),
                base: channel_start(setup, weight) as usize,
                counts: Counts::new(setup.slice.len as usize),
            },
            None => Weights::Each(each_weight),
        };
        Ok(Self { rows, weights, delays, arrivals: Vec::new() })
    }

    /// Adds what arrives in `step` to the input of the slice.
    pub(crate) fn deliver(
        &mut self,
        step: u64,
        history: &SpikeHistory,
        sources: &[SourceRows],
        input: &mut [R],
    ) {
        let Self { rows, weights, delays, arrivals } = self;
        delays.collect_arrivals(step, history, sources, rows, arrivals);
        if arrivals.is_empty() {
            return;
        }
        match weights {
            Weights::Shared { weight, base, counts } => {
                for (i, range) in arrivals.iter().enumerate() {
                    if let Some(later) = arrivals.get(i + AHEAD) {
                        prefetch(rows.targets(later.clone()));
                    }
                    counts.add(rows.targets(range.clone()));
                }
                counts.move_to(*weight, &mut input[*base..]);
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
    }

    /// The number of synapses.
    pub(crate) fn n_synapses(&self) -> u64 {
        self.rows.len()
    }

    /// The memory that segments of equal delay take, in bytes.
    pub(crate) fn segment_bytes(&self) -> u64 {
        match &self.delays {
            Delays::Shared(_) => 0,
            Delays::Grouped(calendar) => calendar.bytes(),
        }
    }
}

impl Delays {
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

/// The place of the first neuron's input for spikes of this weight.
fn channel_start(setup: &SynapseSetup<'_>, weight: f64) -> u32 {
    let channel = setup.receiver.channel(weight).expect("scenes check that a receptor takes the weight");
    channel as u32 * setup.slice.len
}

/// Draws the values of synapses, target by target and in the order in which they are placed.
struct Draw<'a> {
    value: &'a Value,
    streams: Streams,
    /// The position of the target at hand, and its stream.
    current: Option<(u32, Sequence)>,
}

impl<'a> Draw<'a> {
    fn new(value: &'a Value, purpose: Purpose, setup: &SynapseSetup<'_>) -> Self {
        let streams = Streams::new(setup.seed, purpose, setup.projection);
        Self { value, streams, current: None }
    }

    fn next(&mut self, at: Placement) -> f64 {
        let Self { value, streams, current } = self;
        if let Some(constant) = value.constant() {
            return constant;
        }
        if current.as_ref().is_none_or(|(position, _)| *position != at.target.position) {
            *current = Some((at.target.position, streams.sequence(at.target.position)));
        }
        let (_, sequence) = current.as_mut().expect("it was set a line above");
        value.draw(at.nth, sequence)
    }
}
