//! What a model knows of a slice when it builds its neurons.

use crate::declare::parameters::Parameters;
use crate::error::ParameterError;
use crate::number::column::Column;
use crate::step::slice::Slice;
use crate::time::TimeGrid;

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
    /// Whether stimuli send current to the population. Where they do not, what arrives at its receptor stays zero, and a step
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

    /// Derives something from the declared parameters: once if all neurons share them, otherwise for each.
    ///
    /// # Errors
    /// The first error of `derive`.
    pub fn derive<P: Parameters, T>(
        &self,
        derive: impl Fn(P) -> Result<T, ParameterError>,
    ) -> Result<Column<T>, ParameterError> {
        let parameters = |i: usize| {
            let values: Vec<f64> = self.parameters.iter().map(|column| column.at(i)).collect();
            P::from_values(&values)
        };
        if self.parameters.iter().all(Column::is_shared) {
            derive(parameters(0)).map(Column::Shared)
        } else {
            (0..self.len()).map(|i| derive(parameters(i))).collect::<Result<_, _>>().map(Column::Each)
        }
    }
}
