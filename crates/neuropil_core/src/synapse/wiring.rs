//! Connections as numbers: what a rule gives and a synapse model takes.

/// The synapses of a projection onto one slice, as connections between numbers.
///
/// Asked twice, it must give the same synapses in the same order.
pub trait Wiring: Send + Sync {
    /// Calls `visit` for each target in ascending order, with its synapses in the order in which they were drawn.
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>));
}

/// The synapses of one target.
#[derive(Clone, Copy, Debug, Default)]
pub struct Incoming<'a> {
    /// The rows of the sources.
    pub rows: &'a [u32],
    /// The weights, where the wiring knows them.
    pub weights: Option<&'a [f64]>,
    /// The delays in ms, where the wiring knows them.
    pub delays: Option<&'a [f64]>,
}

/// A neuron on which synapses end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its number in the slice.
    pub index: u32,
    /// Its position in the target view: the index of its random streams.
    pub position: u32,
}
