//! The weights and delays of synapses, drawn target by target.

use crate::random::streams::{Purpose, Sequence, Streams};
use crate::random::value::Value;
use crate::synapse::rows::Placement;
use crate::synapse::setup::SynapseSetup;

/// Draws one number for each synapse, in the order in which [`CountedRows::place`](crate::CountedRows::place) asks.
///
/// The numbers of a target are a pure function of the seed, the projection and the position of the target.
pub struct SynapseValues<'a> {
    value: &'a Value,
    streams: Streams,
    zero_mean: bool,
    /// The position of the target at hand, and its stream.
    current: Option<(u32, Sequence)>,
    /// The numbers of the target at hand, where all are needed at once.
    drawn: Vec<f64>,
}

impl<'a> SynapseValues<'a> {
    /// The weights of a projection.
    #[must_use]
    pub fn weights(value: &'a Value, setup: &SynapseSetup<'_>) -> Self {
        Self { zero_mean: setup.plan.zero_mean, ..Self::new(value, Purpose::Weight, setup) }
    }

    /// The delays of a projection, in ms.
    #[must_use]
    pub fn delays(value: &'a Value, setup: &SynapseSetup<'_>) -> Self {
        Self::new(value, Purpose::Delay, setup)
    }

    fn new(value: &'a Value, purpose: Purpose, setup: &SynapseSetup<'_>) -> Self {
        let streams = Streams::new(setup.seed, purpose, setup.projection);
        Self { value, streams, zero_mean: false, current: None, drawn: Vec::new() }
    }

    /// The number of the synapse at hand; `given` are those of its target that the wiring knows.
    pub fn next(&mut self, at: &Placement<'_>, given: Option<&[f64]>) -> f64 {
        if !self.zero_mean {
            return given.map_or_else(|| self.draw(at), |given| given[at.nth]);
        }
        if at.nth == 0 {
            let mut drawn = std::mem::take(&mut self.drawn);
            drawn.clear();
            drawn.extend((0..at.incoming.rows.len()).map(|nth| match given {
                Some(given) => given[nth],
                None => self.draw(&Placement { nth, ..*at }),
            }));
            let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
            drawn.iter_mut().for_each(|x| *x -= mean);
            self.drawn = drawn;
        }
        self.drawn[at.nth]
    }

    fn draw(&mut self, at: &Placement<'_>) -> f64 {
        let Self { value, streams, current, .. } = self;
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
