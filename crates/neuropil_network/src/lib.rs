//! Networks: what they are, how they are wired, partitioned, built and run.
//!
//! A [`Network`] is plain data. A [`Simulation`] builds it in partitions, one for each thread. A partition is a
//! bevy world that owns a slice of every population and every synapse that ends there; it runs its steps alone and
//! meets the others once per epoch, which is then never longer than the smallest delay, to exchange spikes.

mod arrival;
mod audit;
mod barrier;
mod control;
mod description;
mod edit;
mod epochs;
mod error;
mod exchange;
mod list;
mod observer;
mod partition;
mod plan;
mod processes;
mod profile;
mod protocol;
mod recorder;
mod setups;
mod simulation;
mod source_rows;
mod spike;
mod statistics;
mod stimulus_changes;
mod stimulus_targets;
mod synapses;
mod systems;
mod tracts;
mod weights;

pub use audit::{Drive, PopulationAudit, audit};
pub use description::{Experiment, Network, Population, Process, Projection, Source, Stimulus, SynapseType};
pub use error::{BuildError, EditError, RunError};
pub use list::ConnectionList;
pub use neuropil_core::engine::ViewError;
pub use neuropil_core::rule::{Expected, Rule};
pub use neuropil_core::{Part, RecordedSynapse, View};
pub use observer::{Epoch, Observer};
pub use plan::{Plan, ProjectionPlan, check_synapses, useful_threads};
pub use profile::{Profile, ProjectionsMeter, Stage};
pub use protocol::{Action, Event, PatternPair, Selection, WeightChange};
pub use recorder::{Recorder, SynapseBlock};
pub use simulation::Simulation;
pub use spike::Spike;
pub use statistics::{PopulationStatistics, SpikeStatistics};
pub use systems::systems;
