//! The parameters of a model, as a struct.

use crate::declare::declaration::Parameter;

/// The parameters of a model: a struct with a field for each, which derives this.
///
/// ```
/// use neuropil_core::prelude::*;
///
/// /// How a spike ends.
/// #[derive(Clone, Copy, Debug, PartialEq, Choice)]
/// pub enum Reset {
///     Soft,
///     Hard,
/// }
///
/// #[derive(Parameters)]
/// pub struct LeakParameters {
///     #[parameter(iaf::TAU_M, default = 20.0)]
///     tau_m: f64,
///     /// Slope factor.
///     #[parameter(MV, default = 2.0, Positive)]
///     delta_t: f64,
///     /// What `V_m` does at a spike.
///     #[parameter]
///     reset: Reset,
///     /// Number of compartments.
///     #[parameter(default = 3)]
///     n: u32,
/// }
///
/// let p = LeakParameters::from_values(&[10.0, 2.0, 1.0, 4.0]);
/// assert_eq!((p.tau_m, p.reset, p.n), (10.0, Reset::Hard, 4));
/// assert_eq!(LeakParameters::DECLARED[1].meaning, "slope factor");
/// ```
pub trait Parameters: Sized {
    /// What scenes read, in the order of the fields.
    const DECLARED: &'static [Parameter];

    /// The parameters of these values, one for each that is declared.
    fn from_values(values: &[f64]) -> Self;
}

/// A model without parameters.
impl Parameters for () {
    const DECLARED: &'static [Parameter] = &[];

    fn from_values(_values: &[f64]) -> Self {}
}

/// A parameter that is one of several words: an enum, which derives this.
pub trait Choice: FromNumber {
    /// The words that scenes use, in the order of the variants; the first is the default.
    const WORDS: &'static [&'static str];
}

/// What a field of [`Parameters`] may be. Scenes give all parameters as numbers.
pub trait FromNumber {
    /// The value that a number in the range of the parameter stands for.
    fn from_number(number: f64) -> Self;
}

impl FromNumber for f64 {
    fn from_number(number: f64) -> Self {
        number
    }
}

impl FromNumber for u32 {
    fn from_number(number: f64) -> Self {
        number as Self
    }
}

impl FromNumber for bool {
    fn from_number(number: f64) -> Self {
        number != 0.0
    }
}

/// A population that a scene names, by its number: a field of the parameters of a process or an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PopulationNumber(pub u32);

/// A stimulus that a scene names, by its number: a field of the parameters of a process or an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StimulusNumber(pub u32);

impl FromNumber for PopulationNumber {
    fn from_number(number: f64) -> Self {
        Self(number as u32)
    }
}

impl FromNumber for StimulusNumber {
    fn from_number(number: f64) -> Self {
        Self(number as u32)
    }
}

/// Whether two texts are the same, at compile time: what derives ask of names.
#[doc(hidden)]
#[must_use]
pub const fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}
