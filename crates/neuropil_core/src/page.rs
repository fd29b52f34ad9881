//! What every model says of itself, whatever its kind.

use crate::declaration::{Declaration, ModelKind, Parameter};

/// The page of a model in the catalogue; derived from its documentation.
pub trait Page {
    /// The name that scenes use.
    const NAME: &'static str;
    /// What it is, in one sentence.
    const SUMMARY: &'static str;
    /// The equations, as text.
    const EQUATIONS: &'static str;
    /// How they are integrated, and the conventions.
    const NUMERICS: &'static str;
    /// Where the model comes from.
    const REFERENCES: &'static [&'static str];
}

/// The parameters of a model; derived.
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

/// The declaration of a model that has no state, receptors or audit.
#[must_use]
pub const fn declaration_of<M: Page, P: Parameters>(kind: ModelKind) -> Declaration {
    Declaration {
        name: M::NAME,
        kind,
        summary: M::SUMMARY,
        equations: M::EQUATIONS,
        numerics: M::NUMERICS,
        parameters: P::DECLARED,
        states: &[],
        receptors: &[],
        references: M::REFERENCES,
        audit: None,
    }
}
