//! What every part of neuropil and every plugin shares: time, units, random streams, the declaration of
//! models, and the components and phases of a time step.
//!
//! A plugin is a crate that depends on this crate alone. It declares itself by derives, implements the trait of its kind
//! (a [`Neuron`], a [`Stimulus`], a [`SynapseModel`], a [`rule`], a [`RecorderModel`], a [`ProcessModel`], an
//! [`ActionModel`], a [`DistributionModel`] or a [`FunctionModel`]), and is registered under the name that scenes use. The [`prelude`] holds what most files of a model
//! need; [`engine`] what the engine needs besides, and a model seldom.

// Derives write `::neuropil_core`, here as well.
extern crate self as neuropil_core;

mod actor;
mod declare;
#[doc(hidden)]
pub mod derived;
pub mod engine;
mod error;
mod function;
mod neuron;
mod number;
pub mod prelude;
mod random;
mod recorder;
mod registry;
pub mod rule;
mod step;
mod stimulus;
pub mod suggest;
mod synapse;
mod time;
mod view;

pub use neuropil_macros::{
    Action, Choice, Constants, Distribution, Function, Neuron, Page, Parameters, Process, Receptors,
    Recorder, Rule, State, Stimulus, Synapse,
};

// What every kind of model declares, and how it is registered.
pub use declare::columnar::Columnar;
pub use declare::declaration::{
    Accepts, Audit, Declaration, Initial, ModelKind, Parameter, Range, Receptor, StateVariable,
};
pub use declare::page::{Page, declaration_of};
pub use declare::parameters::{Choice, Parameters, PopulationNumber, StimulusNumber};
pub use declare::receptors::Receptors;
pub use declare::state::State;
pub use declare::units;
pub use error::{ParameterError, StorageError};
pub use registry::{Plugin, Registry};

// Numbers, time, neurons, random numbers.
pub use number::column::Column;
pub use number::exact_sum::ExactSum;
pub use number::math;
pub use number::memory::try_filled;
pub use number::real::{Precision, Real};
pub use number::simd::{Kernel, dispatch, prefetch};
pub use number::vector_math::Functions;
pub use random::distribution::{Distribution, DistributionModel};
pub use random::streams::{Purpose, Sequence, Streams};
pub use random::value::Value;
pub use time::TimeGrid;
pub use view::{Part, View};

// Functions of expressions.
pub use function::{FunctionModel, ResultUnit};

// Neurons.
pub use neuron::component::NeuronModel;
pub use neuron::equations::{AtSpike, AuditOf, Displacement, Neuron};
pub use neuron::iaf;
pub use neuron::neurons::Neurons;

// Stimuli.
pub use stimulus::component::{StimulusModel, StimulusOutput, StimulusSetup, TargetRun};
pub use stimulus::equations::Stimulus;
pub use stimulus::stimulated::Stimulated;
pub use stimulus::window::{self, Window};

// Synapses.
pub use synapse::model::{EditSynapse, Synapse, SynapseModel};
pub use synapse::rows::{CountedRows, Placement, SynapseRows, TargetIndex};
pub use synapse::segments::Segments;
pub use synapse::setup::{ReceptorChoice, StorageSize, SynapsePlan, SynapseSetup};
pub use synapse::sources::SourceRows;
pub use synapse::values::SynapseValues;
pub use synapse::wiring::{Incoming, Target, Wiring};

// Recorders.
pub use recorder::batch::{Batch, Cell, Cells};
pub use recorder::model::{Argument, Forecast, RecorderModel, RecorderSetup, Recording, Samples, Sees};
pub use recorder::observation::{Observation, RecordedSynapse};
pub use recorder::plot::{Plot, PlotPanel};
pub use recorder::table::{ColumnKind, Table, TableColumn};

// Processes, and the actions of a protocol.
pub use actor::access::Access;
pub use actor::access_error::AccessError;
pub use actor::action::ActionModel;
pub use actor::process::ProcessModel;
pub use actor::setup::ActorSetup;
pub use actor::sums::Sums;

// A step of time, for models that bring their own components and systems.
pub use step::history::{SpikeHistory, StepSpikes};
pub use step::input::{Channels, InputSlice, Inputs};
pub use step::owned::NeuronId;
pub use step::probe::Sample;
pub use step::schedule::{StepSchedule, StepSystems};
pub use step::slice::{Clock, Fired, Slice};
pub use step::slice_setup::SliceSetup;
pub use step::systems::Systems;
