//! What a rule is asked for: the synapses that end on some of the targets.

use crate::error::StorageError;
use crate::random::streams::{Purpose, Sequence, Streams};
use crate::step::slice::Slice;
use crate::synapse::wiring::{Incoming, Target, Wiring};
use crate::view::{Part, View};

use super::draws::{Distinct, draw_each, draw_with_replacement};
use super::grouped::{Given, Grouped};
use super::places::Places;

/// The synapses onto some of the targets.
pub type Connected<'a> = Result<Box<dyn Wiring + 'a>, StorageError>;

/// The two views of a projection, and the targets whose synapses are wanted: those on one slice.
#[derive(Clone, Debug)]
pub struct Onto<'a> {
    sources: &'a View,
    targets: &'a View,
    slice: Slice,
    parts: Vec<Part>,
    streams: Streams,
}

impl<'a> Onto<'a> {
    /// The targets on a slice.
    #[must_use]
    pub fn new(sources: &'a View, targets: &'a View, slice: Slice, seed: u64, projection: u32) -> Self {
        let neurons = slice.neurons();
        let parts = targets.neurons_in(slice.population, neurons.start, neurons.end);
        let streams = Streams::new(seed, Purpose::Connectivity, projection);
        Self { sources, targets, slice, parts, streams }
    }

    /// All sources.
    #[must_use]
    pub fn sources(&self) -> &'a View {
        self.sources
    }

    /// All targets: those that are wanted, and the others.
    #[must_use]
    pub fn targets(&self) -> &'a View {
        self.targets
    }

    /// The streams of the projection. The index is a position in a view, or a number that depends on nothing but the views;
    /// never a place in the slice.
    #[must_use]
    pub fn streams(&self) -> Streams {
        self.streams
    }

    /// Where the targets that are wanted have their place.
    #[must_use]
    pub fn places(&self) -> Places {
        Places::new(&self.parts)
    }

    /// Synapses of a rule that says of each target which sources it has: their positions in the source view.
    ///
    /// Each target is asked for several times, and has to give the same answer.
    ///
    /// # Errors
    /// None.
    pub fn each_target(
        self,
        draw: impl Fn(&mut RuleTarget<'_>, &mut Vec<u32>) + Send + Sync + 'a,
    ) -> Connected<'a> {
        Ok(Box::new(EachTarget { onto: self, draw }))
    }

    /// Synapses of a rule that goes another way: `synapses` shows the position of a source with those of some of its targets,
    /// as often as it takes. Targets that are not wanted may be left out, and need not be.
    ///
    /// It is asked twice.
    ///
    /// # Errors
    /// Where memory runs out.
    pub fn grouped(self, synapses: impl Fn(&mut dyn FnMut(u32, &[u32]))) -> Connected<'a> {
        self.grouped_with(synapses, [None, None])
    }

    /// Synapses of a list: the positions of sources and targets, and their weights and delays in ms, where it has them.
    ///
    /// # Errors
    /// Where memory runs out.
    pub fn listed(
        self,
        source: &[u32],
        target: &[u32],
        weights: Option<&[f64]>,
        delays: Option<&[f64]>,
    ) -> Connected<'a> {
        let synapses = |visit: &mut dyn FnMut(u32, &[u32])| {
            source.iter().zip(target).for_each(|(s, t)| visit(*s, std::slice::from_ref(t)));
        };
        self.grouped_with(synapses, [weights, delays])
    }

    fn grouped_with(
        self,
        synapses: impl Fn(&mut dyn FnMut(u32, &[u32])),
        given: [Given<'_>; 2],
    ) -> Connected<'a> {
        let grouped = Grouped::new(&self.places(), synapses, given)?;
        Ok(Box::new(ByTarget { onto: self, grouped }))
    }

    /// Calls `visit` for each target that is wanted, in ascending order.
    fn for_each(&self, mut visit: impl FnMut(usize, u32, Target)) {
        let neurons = self.parts.iter().flat_map(|p| (0..p.len).map(|i| (p.start + i, p.position + i)));
        for (nth, (neuron, position)) in neurons.enumerate() {
            visit(nth, neuron, Target { index: neuron - self.slice.start, position });
        }
    }
}

/// A target that chooses its sources.
pub struct RuleTarget<'a> {
    /// Its position in the target view.
    pub position: u32,
    /// Its place among the targets that are wanted, for what has been prepared for these alone; never for a draw.
    pub place: usize,
    /// Random numbers of its own.
    pub random: Sequence,
    population: u32,
    neuron: u32,
    sources: &'a View,
    distinct: &'a mut Distinct,
}

impl RuleTarget<'_> {
    /// The number of sources.
    #[must_use]
    pub fn n_sources(&self) -> u32 {
        self.sources.len()
    }

    /// Its own position among the sources, if it is one of them.
    #[must_use]
    pub fn itself(&self) -> Option<u32> {
        self.sources.position(self.population, self.neuron)
    }

    /// Its own position among the sources, if it is one of them and may not be drawn.
    #[must_use]
    pub fn left_out(&self, allow_autapses: bool) -> Option<u32> {
        if allow_autapses { None } else { self.itself() }
    }

    /// Draws `k` sources, each independent of the others; never `left_out`.
    pub fn draw(&mut self, k: usize, left_out: Option<u32>, sources: &mut Vec<u32>) {
        draw_with_replacement(k, self.n_sources(), left_out, &mut self.random, sources);
    }

    /// Draws `k` different sources; never `left_out`.
    pub fn draw_distinct(&mut self, k: usize, left_out: Option<u32>, sources: &mut Vec<u32>) {
        self.distinct.draw(k, self.sources.len(), left_out, &mut self.random, sources);
    }

    /// Draws each source with probability `p`, independently; never `left_out`.
    pub fn draw_each(&mut self, p: f64, left_out: Option<u32>, sources: &mut Vec<u32>) {
        draw_each(p, self.n_sources(), left_out, &mut self.random, sources);
    }
}

struct EachTarget<'a, D> {
    onto: Onto<'a>,
    draw: D,
}

impl<D: Fn(&mut RuleTarget<'_>, &mut Vec<u32>) + Send + Sync> Wiring for EachTarget<'_, D> {
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>)) {
        let Onto { sources, slice, streams, .. } = &self.onto;
        let (mut drawn, mut distinct) = (Vec::new(), Distinct::default());
        self.onto.for_each(|place, neuron, target| {
            drawn.clear();
            let position = target.position;
            let mut choosing = RuleTarget {
                position,
                place,
                random: streams.sequence(position),
                population: slice.population,
                neuron,
                sources,
                distinct: &mut distinct,
            };
            (self.draw)(&mut choosing, &mut drawn);
            visit(target, Incoming { rows: &drawn, ..Incoming::default() });
        });
    }
}

struct ByTarget<'a> {
    onto: Onto<'a>,
    grouped: Grouped,
}

impl Wiring for ByTarget<'_> {
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>)) {
        self.onto.for_each(|place, _, target| visit(target, self.grouped.incoming(place)));
    }
}
