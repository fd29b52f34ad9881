//! When the events of a protocol take effect.

use crate::description::{Network, Source};
use crate::protocol::Action;

/// An event of the protocol, at the step before which it takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Due {
    /// The step.
    pub(crate) step: u64,
    /// The event, by its number in the protocol.
    pub(crate) event: usize,
    /// For a change of a stimulus, the projection that carries it to its targets.
    pub(crate) projection: Option<usize>,
}

impl Due {
    /// All events of a network, in the order in which they take effect.
    ///
    /// A stimulus changes what it emits from the time of the event on, which arrives over each projection a delay later. Events
    /// that arrive together keep their order.
    pub(crate) fn all(network: &Network) -> Vec<Self> {
        let mut all: Vec<Self> = network
            .protocol
            .iter()
            .enumerate()
            .flat_map(|(number, event)| match event.action {
                Action::Stimulus { stimulus, .. } => arrivals(network, stimulus)
                    .map(|(projection, delay)| Self {
                        step: event.step + delay,
                        event: number,
                        projection: Some(projection),
                    })
                    .collect(),
                _ => vec![Self { step: event.step, event: number, projection: None }],
            })
            .collect();
        all.sort_unstable();
        all
    }
}

/// The projections of a stimulus, with their delays in steps.
fn arrivals(network: &Network, stimulus: usize) -> impl Iterator<Item = (usize, u64)> {
    let projections = network.projections.iter().enumerate();
    projections
        .filter(move |(_, projection)| projection.source == Source::Stimulus(stimulus))
        .map(|(number, projection)| (number, projection.delay_steps(network).0))
}
