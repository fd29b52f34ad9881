//! Projections as protocols, recorders and stimuli find them.

use neuropil_core::units::Unit;
use neuropil_network::Projection;

/// A projection by name; `None` where it has errors.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) connected: Option<Connected>,
}

/// A projection, and what its weights are.
pub(crate) struct Connected {
    pub(crate) projection: Projection,
    /// The unit of the weights.
    pub(crate) unit: Unit,
    /// Why they have this unit.
    pub(crate) reason: String,
    /// Whether the synapses have weights.
    pub(crate) has_weights: bool,
    /// The smallest and the largest weight, in whatever unit: only their signs count.
    pub(crate) bounds: (f64, f64),
}
