//! One value for all, or one for each.

/// A value of the neurons of a slice, or of targets or synapses: one that all share, or one for each.
///
/// Those of each are kept in a list, or in what a set of constants is laid out in (see
/// [`ConstantSets`](crate::derived::ConstantSets)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Column<T = f64, E = Vec<T>> {
    /// The same for all.
    Shared(T),
    /// One for each.
    Each(E),
}

impl From<f64> for Column {
    fn from(value: f64) -> Self {
        Self::Shared(value)
    }
}

impl From<Vec<f64>> for Column {
    fn from(values: Vec<f64>) -> Self {
        Self::Each(values)
    }
}

impl<T: Copy> Column<T> {
    /// The value of element `i`.
    #[inline]
    #[must_use]
    pub fn at(&self, i: usize) -> T {
        match self {
            Self::Shared(x) => *x,
            Self::Each(values) => values[i],
        }
    }
}

impl<T, E> Column<T, E> {
    /// Whether all elements share one value.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Shared(_))
    }
}
