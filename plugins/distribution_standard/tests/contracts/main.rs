//! What the distributions promise.
#![cfg(test)]

mod values_have_their_moments;

use neuropil_core::{Distribution, DistributionModel, Page, Parameters};

fn distribution<M: DistributionModel + Page + Parameters>(values: &[f64]) -> Distribution {
    Distribution::new::<M>(values.to_vec())
}
