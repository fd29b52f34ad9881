//! Why a network could not be built or run.

use neuropil_core::ParameterError;

/// Why a network could not be built.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BuildError {
    /// A population's parameters do not fit together.
    #[error("population `{name}`: {error}")]
    Population {
        /// The name of the population.
        name: String,
        /// What is wrong.
        error: ParameterError,
    },
    /// A stimulus' parameters do not fit together.
    #[error("stimulus `{name}`: {error}")]
    Stimulus {
        /// The name of the stimulus.
        name: String,
        /// What is wrong.
        error: ParameterError,
    },
    /// The synapses of a projection could not be built.
    #[error("projection `{name}`: {error}")]
    Projection {
        /// The name of the projection.
        name: String,
        /// What is wrong.
        error: neuropil_core::StorageError,
    },
}

impl BuildError {
    /// Whether memory ran out.
    #[must_use]
    pub fn is_out_of_memory(&self) -> bool {
        matches!(self, Self::Projection { error: neuropil_core::StorageError::OutOfMemory { .. }, .. })
    }
}
