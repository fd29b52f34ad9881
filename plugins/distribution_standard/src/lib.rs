//! The random distributions of most network models.
//!
//! | distribution | arguments |
//! |---|---|
//! | [`Uniform`] | both ends |
//! | [`Normal`] | mean and standard deviation, and where it is cut off |
//! | [`Lognormal`] | mean and standard deviation of the values |
//! | [`Exponential`] | mean |
#![forbid(unsafe_code)]

mod exponential;
mod lognormal;
mod normal;
mod order;
mod uniform;

use neuropil_core::{Plugin, Registry};

pub use exponential::Exponential;
pub use lognormal::Lognormal;
pub use normal::Normal;
pub use uniform::Uniform;

/// Registers all distributions of this crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct StandardDistributionsPlugin;

impl Plugin for StandardDistributionsPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_distribution::<Uniform>();
        registry.add_distribution::<Normal>();
        registry.add_distribution::<Lognormal>();
        registry.add_distribution::<Exponential>();
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
