//! Changes of stimuli on their way.

/// A change of what a stimulus emits, on its way to the targets on one slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    /// The step before which it takes effect.
    pub(crate) step: u64,
    /// The stimulus on the slice, by its place among those of the partition.
    pub(crate) spawned: usize,
    /// The parameter, by its position in the declaration.
    pub(crate) parameter: usize,
    /// Its new value.
    pub(crate) value: f64,
}
