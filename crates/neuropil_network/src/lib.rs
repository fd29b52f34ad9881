//! Networks: what they are, how they are wired, built, partitioned and run.

mod description;
mod rule;
mod view;

pub use description::{
    Experiment, Network, Population, Projection, Recorder, RecorderKind, Source, Stimulus, SynapseType,
};
pub use rule::{Expected, Rule};
pub use view::{Part, View, ViewError};
