//! What every part of neuropil and every plugin shares: time, units, random streams, the declaration of
//! models, and the components and phases of a time step.
//!
//! A model is a plugin crate that depends on this crate alone. It implements [`NeuronModel`],
//! [`SynapseModel`] or [`StimulusModel`], declares itself with a [`Declaration`], and registers both under the
//! name that scenes use in [`Plugin::build`].

// Derives write `::neuropil_core`, here as well.
extern crate self as neuropil_core;

mod access;
mod access_error;
mod action;
mod actor_setup;
mod batch;
mod block;
mod column;
mod columnar;
mod constants;
mod declaration;
mod devices;
mod directory;
mod draws;
mod error;
mod exact_sum;
mod history;
pub mod iaf;
mod input;
pub mod math;
mod memory;
mod meter;
mod neuron;
mod neuron_checks;
mod neuron_model;
mod neuron_step;
mod neurons;
mod observation;
mod owned;
mod page;
mod parameters;
mod philox;
mod plot;
pub mod prelude;
mod probe;
mod process;
mod real;
mod receptors;
mod recorder;
mod registry;
mod rows;
pub mod rule;
mod schedule;
mod simd;
mod slice;
mod slice_setup;
mod state;
mod state_column;
mod stimulus;
mod stimulus_model;
mod streams;
mod sums;
mod synapse;
mod synapse_values;
mod systems;
mod table;
mod time;
pub mod units;
mod value;
mod vector_math;
mod view;
pub mod window;

pub use access::Access;
pub use access_error::AccessError;
pub use action::ActionModel;
pub use actor_setup::ActorSetup;
pub use batch::{Batch, Cell, Cells};
pub use block::Block;
pub use column::Column;
pub use columnar::{Aligned, Columnar, Number};
pub use constants::{ConstantSets, ConstantsOf, NeuronLoop};
pub use declaration::{
    Accepts, Audit, Declaration, Initial, ModelKind, Parameter, Range, Receptor, StateVariable,
};
pub use devices::Device;
pub use directory::{Directory, ListedPopulation, ListedStimulus};
pub use draws::Draw;
pub use error::{ParameterError, StorageError};
pub use exact_sum::ExactSum;
pub use history::{Heard, SpikeHistory, StepSpikes};
pub use input::{Arrivals, Channels, InputBuffer, InputSlice, Inputs};
pub use memory::try_filled;
pub use meter::Meter;
pub use neuron::{AtSpike, AuditOf, Displacement, Neuron};
pub use neuron_model::{NeuronModel, NotFinite};
pub use neurons::Neurons;
pub use neuropil_macros::{
    Action, Choice, Constants, Neuron, Page, Parameters, Process, Receptors, Recorder, Rule, State, Stimulus,
    Synapse,
};
pub use observation::{Observation, RecordedSynapse};
pub use owned::{Changes, NeuronId, Owned, SliceParameters, Slices, StimulusChange};
pub use page::{Page, declaration_of};
#[doc(hidden)]
pub use parameters::same_text;
pub use parameters::{Choice, FromNumber, Parameters, PopulationNumber, StimulusNumber};
pub use philox::philox4x32;
pub use plot::{Plot, PlotPanel};
pub use probe::{Probe, Probes, Sample, SampleBox};
pub use process::ProcessModel;
pub use real::{PerPrecision, Precision, Real};
#[doc(hidden)]
pub use receptors::channel_of;
pub use receptors::{Moment, Receptors, TakeInput, WithInput};
pub use recorder::{Argument, Forecast, RecorderModel, RecorderSetup, Recording, Samples, Sees};
pub use registry::{
    ActionEntry, Extensions, NeuronEntry, Plugin, ProcessEntry, RecorderEntry, Registry, RuleEntry,
    StimulusEntry, SynapseEntry,
};
pub use rows::{CountedRows, Placement, Segments, SynapseRows, TargetIndex};
pub use schedule::{StepSchedule, StepSystems};
pub use simd::{Kernel, Simd, dispatch, prefetch};
pub use slice::{Clock, Fired, Outbox, Slice, advance_clock, collect_fired, collect_spikes, keep_spikes};
pub use slice_setup::SliceSetup;
pub use state::{ForEach, Shown, State, StepOne};
pub use state_column::StateColumn;
pub use stimulus::Stimulus;
pub use stimulus_model::{StimulusModel, StimulusOutput, StimulusSetup, StimulusTarget, TargetRun};
pub use streams::{Purpose, STREAMS_VERSION, Sequence, Streams};
pub use sums::Sums;
pub use synapse::{
    EditSynapse, Incoming, ReceptorChoice, SourceRows, StorageSize, Synapse, SynapseModel, SynapsePlan,
    SynapseSetup, Target, Wiring,
};
pub use synapse_values::SynapseValues;
pub use systems::Systems;
pub use table::{ColumnKind, Table, TableColumn};
pub use time::{OffGrid, TimeGrid};
pub use value::{Random, Value, root_mean_square};
pub use vector_math::{Functions, MATH_VERSION};
pub use view::{Part, View, ViewError};
pub use window::{START, STOP, Window};
