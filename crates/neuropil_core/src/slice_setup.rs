//! What a model knows of a slice when it builds its neurons.

use crate::error::ParameterError;
use crate::slice::Slice;
use crate::time::TimeGrid;
use crate::value::Column;

/// What a model needs to know to build the neurons of a slice.
pub struct SliceSetup<'a> {
    /// The slice.
    pub slice: Slice,
    /// The grid of time.
    pub grid: TimeGrid,
    /// The seed of the simulation.
    pub seed: u64,
    /// The values of the declared parameters, in order.
    pub parameters: &'a [Column],
    /// Whether devices send current to the population. Where they do not, what arrives at its receptor stays zero, and a step
    /// may leave it out.
    pub stimulated: bool,
}

impl SliceSetup<'_> {
    /// The number of neurons.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slice.len as usize
    }

    /// Whether the slice has no neurons.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slice.len == 0
    }

    /// Derives something from the `N` declared parameters: once if all neurons share them, otherwise for each.
    ///
    /// # Errors
    /// The first error of `derive`.
    ///
    /// # Panics
    /// If the declaration does not have `N` parameters.
    pub fn derive<const N: usize, T>(
        &self,
        derive: impl Fn([f64; N]) -> Result<T, ParameterError>,
    ) -> Result<PerNeuron<T>, ParameterError> {
        let columns: &[Column; N] =
            self.parameters.try_into().expect("the scene gives one column for each declared parameter");
        let values = |i: usize| std::array::from_fn(|k| columns[k].at(i));
        if columns.iter().all(Column::is_shared) {
            derive(values(0)).map(PerNeuron::Shared)
        } else {
            (0..self.len()).map(|i| derive(values(i))).collect::<Result<_, _>>().map(PerNeuron::Each)
        }
    }
}

/// What is derived from the parameters of neurons: one for all that share them, or one for each.
#[derive(Clone, Debug)]
pub enum PerNeuron<T> {
    /// One for all.
    Shared(T),
    /// One for each.
    Each(Vec<T>),
}

impl<T> PerNeuron<T> {
    /// That of neuron `i`.
    #[inline]
    #[must_use]
    pub fn at(&self, i: usize) -> &T {
        match self {
            Self::Shared(shared) => shared,
            Self::Each(each) => &each[i],
        }
    }
}
