//! What benchmarks measure: the models of the registry, one at a time, and the making of networks.
//!
//! A [`Case`] is a piece of work that is done step by step. The cases come from the registry of the program, so that a new
//! model has its benchmarks without a line here. `kernels` measures how long they take, and `instructions` counts what the
//! processor has to do for them.

mod building;
mod case;
mod functions;
mod neurons;
mod phase;
mod stimuli;
mod synapses;
mod words;

pub use case::{Case, Group, Work};

/// All cases.
#[must_use]
pub fn cases() -> Vec<Case> {
    let registry = neuropil_tests::registry();
    let groups = [
        neurons::cases(&registry),
        stimuli::cases(&registry),
        words::cases(),
        functions::cases(),
        synapses::cases(&registry),
        building::cases(),
    ];
    groups.into_iter().flatten().collect()
}
