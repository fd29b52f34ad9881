//! Why a network could not be built or run.

use neuropil_core::engine::{NotFinite, OffGrid};
use neuropil_core::{AccessError, ParameterError, StorageError};

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
    /// A process' parameters do not fit together, or not the network.
    #[error("process `{name}`: {error}")]
    Process {
        /// The name of the process.
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
        error: StorageError,
    },
}

impl BuildError {
    /// Whether memory ran out.
    #[must_use]
    pub fn is_out_of_memory(&self) -> bool {
        matches!(self, Self::Projection { error: StorageError::OutOfMemory { .. }, .. })
    }
}

/// Why a run broke off.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// A partition panicked: an error of the program.
    #[error("a partition of the simulation panicked")]
    Panicked,
    /// The system refused to start a thread.
    #[error("the system refuses to start so many threads")]
    Threads,
    /// A run cannot last so long.
    #[error("{0}")]
    Duration(OffGrid),
    /// A state variable became infinite, or not a number.
    #[error("a state variable is not finite any more")]
    NotFinite(NotFinite),
    /// A process could not act.
    #[error("at {time_ms} ms, the process `{name}`: {error}")]
    Process {
        /// The time of the act.
        time_ms: f64,
        /// The name of the process.
        name: String,
        /// What is wrong.
        error: AccessError,
    },
    /// An event of the protocol could not be carried out.
    #[error("at {time_ms} ms: {error}")]
    Edit {
        /// The time of the event.
        time_ms: f64,
        /// What is wrong.
        error: EditError,
    },
}

/// Why an event could not be carried out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// Something could not be changed.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The weights of a projection could not be changed.
    #[error("projection `{projection}`: {error}")]
    Weights {
        /// The name of the projection.
        projection: String,
        /// What is wrong.
        error: StorageError,
    },
}
