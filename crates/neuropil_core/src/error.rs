//! What models refuse, and what does not fit in memory.

/// A set of parameters that a model refuses, with the parameter to blame.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct ParameterError {
    /// The parameter to blame.
    pub parameter: &'static str,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it, where that is not plain.
    pub help: Option<String>,
}

impl ParameterError {
    /// An error that blames `parameter`.
    #[must_use]
    pub fn new(parameter: &'static str, message: impl Into<String>) -> Self {
        Self { parameter, message: message.into(), help: None }
    }

    /// The same error, with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Why synapses could not be built.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StorageError {
    /// An array does not fit in memory.
    #[error("no memory for {bytes} bytes of synapses")]
    OutOfMemory {
        /// The size of the array.
        bytes: u64,
    },
    /// A slice has more inputs than numbers.
    #[error("{inputs} inputs of neurons on one thread are too many: use more threads")]
    TooManyInputs {
        /// Neurons times receptors.
        inputs: u64,
    },
    /// An edit gave a synapse a weight that cannot be.
    #[error("no receptor of the targets takes a weight of {weight}")]
    NoReceptor {
        /// The weight.
        weight: f64,
    },
    /// A parameter does not fit the rest.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
}
