//! What every shape of storage can do.

use std::fmt::Debug;

use neuropil_core::{EditSynapse, Real, SourceRows, SpikeHistory, StorageError, Synapse};

/// The synapses of one projection onto one slice, or of several such parts, in one shape.
pub(crate) trait Store<R: Real>: Debug + Send + Sync {
    /// Adds what arrives in `step` to the inputs, from the first that the parts reach on; gives the number of synapses over which it arrived.
    fn deliver(&mut self, step: u64, history: &SpikeHistory, sources: &[SourceRows], input: &mut [R]) -> u64;

    /// Shows every synapse of a part: by source, then by delay, then by target.
    fn visit(&self, part: usize, visit: &mut dyn FnMut(Synapse));

    /// Gives every synapse of a part to `edit`, in the same order; what it returns becomes the weight. Where this shape cannot hold
    /// any weight for each, gives the store that takes its place.
    ///
    /// # Errors
    /// [`StorageError::OutOfMemory`], [`StorageError::NoReceptor`].
    fn edit(
        &mut self,
        part: usize,
        edit: &mut EditSynapse<'_>,
    ) -> Result<Option<Box<dyn Store<R>>>, StorageError>;

    /// The number of synapses of a part.
    fn n_synapses(&self, part: usize) -> u64;

    /// The number of synapses of all parts.
    fn n_all_synapses(&self) -> u64;

    /// The memory of all arrays, in bytes.
    fn bytes(&self) -> u64;
}
