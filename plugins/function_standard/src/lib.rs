//! The functions of most scenes.
//!
//! | function | of |
//! |---|---|
//! | [`Abs`], [`Max`], [`Min`] | quantities of any unit |
//! | [`Sqrt`] | a quantity, whose unit has a root |
//! | [`Exp`], [`Ln`] | pure numbers |
//! | [`Ceil`], [`Floor`], [`Int`], [`Round`] | pure numbers, to whole ones |
//! | [`PspMaxAlpha`] | the constants of a membrane |
#![forbid(unsafe_code)]

mod exponentials;
mod psp;
mod sizes;
mod whole;

use neuropil_core::{Plugin, Registry};

pub use exponentials::{Exp, Ln};
pub use psp::PspMaxAlpha;
pub use sizes::{Abs, Max, Min, Sqrt};
pub use whole::{Ceil, Floor, Int, Round};

/// Registers all functions of this crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct StandardFunctionsPlugin;

impl Plugin for StandardFunctionsPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_function::<Abs>();
        registry.add_function::<Ceil>();
        registry.add_function::<Exp>();
        registry.add_function::<Floor>();
        registry.add_function::<Int>();
        registry.add_function::<Ln>();
        registry.add_function::<Max>();
        registry.add_function::<Min>();
        registry.add_function::<PspMaxAlpha>();
        registry.add_function::<Round>();
        registry.add_function::<Sqrt>();
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
