//! What every model says of itself, whatever its kind.

use crate::declare::declaration::{Declaration, ModelKind};
use crate::declare::parameters::Parameters;

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
