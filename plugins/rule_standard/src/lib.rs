//! The connection rules of most network models.
//!
//! | rule | what is fixed |
//! |---|---|
//! | [`AllToAll`] | every pair |
//! | [`OneToOne`] | pairs at equal positions |
//! | [`FixedIndegree`] | the number of synapses of each target |
//! | [`FixedOutdegree`] | the number of synapses of each source |
//! | [`TotalNumber`] | the number of synapses |
//! | [`PairwiseBernoulli`] | the probability of each pair |
//!
//! In all but the second, autapses can be left out; where sources or targets are drawn, so can multapses.
#![forbid(unsafe_code)]

mod all_to_all;
mod fixed_indegree;
mod fixed_outdegree;
mod indegrees;
mod one_to_one;
mod pairwise_bernoulli;
mod total_number;
mod without;

use neuropil_core::{Plugin, Registry};

pub use all_to_all::AllToAll;
pub use fixed_indegree::FixedIndegree;
pub use fixed_outdegree::FixedOutdegree;
pub use one_to_one::OneToOne;
pub use pairwise_bernoulli::PairwiseBernoulli;
pub use total_number::TotalNumber;

/// Registers all rules of this crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct StandardRulesPlugin;

impl Plugin for StandardRulesPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_rule::<AllToAll>();
        registry.add_rule::<OneToOne>();
        registry.add_rule::<FixedIndegree>();
        registry.add_rule::<FixedOutdegree>();
        registry.add_rule::<TotalNumber>();
        registry.add_rule::<PairwiseBernoulli>();
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
