//! What a synapse model implements, and the system that runs it.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;

use crate::declare::declaration::Declaration;
use crate::error::{ParameterError, StorageError};
use crate::number::real::{Precision, Real};
use crate::random::value::Value;
use crate::step::history::SpikeHistory;
use crate::step::input::Inputs;
use crate::step::meter::{Meter, Stopwatch};
use crate::step::schedule::{StepSchedule, StepSystems};
use crate::step::slice::{Clock, Slice};
use crate::time::TimeGrid;

/// A synapse model: the component that holds the synapses of one projection that end on one slice.
///
/// A model may hold several such parts in one component, if their sources are the same: see [`SynapseModel::joins`].
pub trait SynapseModel: Component<Mutability = Mutable> + Sized {
    /// The floating-point type of weights and inputs.
    type Real: Real;

    /// Whether synapses of these plans are better stored together: of projections from the same sources, each onto another
    /// slice of a partition.
    #[must_use]
    fn joins(_parts: &[SynapsePlan<'_>]) -> bool {
        false
    }

    /// Builds the synapses of one part, or of several that the model joins.
    ///
    /// # Errors
    /// Where memory runs out or parameters do not fit together.
    fn new(parts: &[SynapseSetup<'_>]) -> Result<Self, StorageError>;

    /// Adds the spikes that arrive in `step` to the `inputs` of the partition: those that `history` holds for the
    /// steps `step - delay`. The inputs of a part's slice begin at [`SynapsePlan::first_input`].
    ///
    /// Per target, the order of the sum is emission step, then source, then synapse: a pure function of the
    /// network.
    ///
    /// Returns the number of synaptic events: of synapses, counted once for each spike that arrived over them. Profiles show it.
    fn deliver(&mut self, step: u64, history: &SpikeHistory, inputs: &mut [Self::Real]) -> u64;

    /// Gives every synapse of a part to `edit`; what it returns becomes the weight. Synapses come by source; those of a source
    /// in the order in which they are stored, which must not depend on the slice.
    ///
    /// # Errors
    /// Where memory runs out or no receptor takes a weight. The synapses are then as they were, or partly edited.
    fn edit(&mut self, part: usize, edit: &mut EditSynapse<'_>) -> Result<(), StorageError>;

    /// Shows every synapse of a part, in the same order.
    fn visit(&self, part: usize, visit: &mut dyn FnMut(Synapse));

    /// The number of synapses of a part and what they take.
    fn size(&self, part: usize) -> StorageSize;

    /// What the synapses of a plan would take; numbers of synapses may be expectations.
    ///
    /// # Errors
    /// Where parameters do not fit together, or do not fit the projection.
    fn plan(plan: &SynapsePlan<'_>) -> Result<StorageSize, ParameterError>;
}

/// A synapse of a projection onto a slice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Synapse {
    /// Its source: the position in the source view.
    pub row: u32,
    /// Its target: the number in the slice.
    pub target: u32,
    /// Its weight.
    pub weight: f64,
    /// Its delay, in steps.
    pub delay: u64,
}

/// Gives the new weight of a synapse.
pub type EditSynapse<'a> = dyn FnMut(Synapse) -> f64 + 'a;

/// What synapses take in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageSize {
    /// How many synapses.
    pub n_synapses: u64,
    /// Bytes of all arrays together.
    pub bytes: u64,
    /// The shape of the storage, in a few words.
    pub shape: String,
}

/// What decides how the synapses of a projection onto one slice are stored.
#[derive(Clone, Copy, Debug)]
pub struct SynapsePlan<'a> {
    /// The number of source neurons.
    pub n_rows: u32,
    /// The place of the slice's first input among the inputs of its partition.
    pub first_input: u64,
    /// The number of inputs of the slice: its neurons times the receptors of their model.
    pub n_inputs: u64,
    /// The number of synapses, or its expectation.
    pub n_synapses: u64,
    /// The number of synapses of all parts that are stored with these, themselves included, or its expectation.
    pub n_together: u64,
    /// Whether every source is connected once to every neuron of the slice, but for itself perhaps.
    pub complete: bool,
    /// The largest number of synapses that one neuron can have in this projection.
    pub max_indegree: u64,
    /// The values of the declared parameters, in order; times in ms.
    pub parameters: &'a [Value],
    /// Whether the wiring brings a weight for each synapse.
    pub own_weights: bool,
    /// The smallest and the largest delay in ms, where the wiring brings one for each synapse.
    pub own_delays: Option<(f64, f64)>,
    /// Whether the mean weight of each target's synapses is subtracted from them.
    pub zero_mean: bool,
    /// The receptors that they reach.
    pub receptor_choice: ReceptorChoice,
    /// The precision of the simulation.
    pub precision: Precision,
    /// The grid of time.
    pub grid: TimeGrid,
}

/// The synapses of a projection onto one slice, as connections between numbers.
///
/// Asked twice, it must give the same synapses in the same order.
pub trait Wiring: Send + Sync {
    /// Calls `visit` for each target in ascending order, with its synapses in the order in which they were drawn.
    fn visit(&self, visit: &mut dyn FnMut(Target, Incoming<'_>));
}

/// The synapses of one target.
#[derive(Clone, Copy, Debug, Default)]
pub struct Incoming<'a> {
    /// The rows of the sources.
    pub rows: &'a [u32],
    /// The weights, where the wiring knows them.
    pub weights: Option<&'a [f64]>,
    /// The delays in ms, where the wiring knows them.
    pub delays: Option<&'a [f64]>,
}

/// A neuron on which synapses end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its number in the slice.
    pub index: u32,
    /// Its position in the target view: the index of its random streams.
    pub position: u32,
}

/// What a model needs to know to build the synapses of a projection onto one slice.
pub struct SynapseSetup<'a> {
    /// The connections.
    pub wiring: &'a dyn Wiring,
    /// Which row each source neuron has.
    pub sources: Vec<SourceRows>,
    /// The slice on which the synapses end.
    pub slice: Slice,
    /// The number of the projection in the scene, the entity of its random streams.
    pub projection: u32,
    /// The seed of the simulation.
    pub seed: u64,
    /// The sizes, the values of the declared parameters, and the grid.
    pub plan: SynapsePlan<'a>,
}

/// The receptor that the synapses of a projection reach.
#[derive(Clone, Copy, Debug)]
pub struct ReceptorChoice {
    /// The model of the targets.
    pub declaration: &'static Declaration,
    /// The channel that the projection names; otherwise the sign of a weight chooses.
    pub named: Option<usize>,
}

impl ReceptorChoice {
    /// The channel that a spike of this weight reaches.
    #[must_use]
    pub fn channel(&self, weight: f64) -> Option<usize> {
        match self.named {
            Some(named) => {
                Some(named).filter(|&c| self.declaration.receptors[c].accepts.takes_weight(weight))
            }
            None => self.declaration.receptor_for_weight(weight),
        }
    }

    /// Whether weights of either sign reach the same channel, or one sign alone is taken.
    #[must_use]
    pub fn has_one_channel(&self) -> bool {
        match (self.channel(1.0), self.channel(-1.0)) {
            (Some(positive), Some(negative)) => positive == negative,
            _ => true,
        }
    }
}

/// The rows of the neurons of one source population.
///
/// The rows of a projection number its sources in the order of its source view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceRows {
    /// The neurons `start .. end` have the rows from `first_row` on.
    Range {
        /// The source population, by its number in the scene.
        population: u32,
        /// The first neuron.
        start: u32,
        /// The neuron after the last.
        end: u32,
        /// The row of the first neuron.
        first_row: u32,
    },
    /// The row of each neuron of the population; [`SourceRows::NO_ROW`] for those that are no source.
    Lookup {
        /// The source population, by its number in the scene.
        population: u32,
        /// The rows.
        rows: Vec<u32>,
    },
}

impl SourceRows {
    /// Marks a neuron that is no source.
    pub const NO_ROW: u32 = u32::MAX;

    /// Puts the rows of all sources that fired in `step` into `fired`: by population, in the order of their neuron numbers.
    #[inline]
    pub fn fired_in(sources: &[Self], history: &SpikeHistory, step: u64, fired: &mut Vec<u32>) {
        fired.clear();
        sources.iter().for_each(|source| source.add_fired(history, step, fired));
    }

    fn add_fired(&self, history: &SpikeHistory, step: u64, fired: &mut Vec<u32>) {
        match self {
            Self::Range { population, start, end, first_row } => {
                let neurons = history.fired(*population, step);
                let begin = neurons.partition_point(|n| n < start);
                let inside = neurons[begin..].iter().take_while(|n| *n < end);
                fired.extend(inside.map(|neuron| neuron - start + first_row));
            }
            Self::Lookup { population, rows } => {
                let all = history.fired(*population, step).iter().map(|&neuron| rows[neuron as usize]);
                fired.extend(all.filter(|&row| row != Self::NO_ROW));
            }
        }
    }

    /// The memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Range { .. } => 0,
            Self::Lookup { rows, .. } => 4 * rows.len() as u64,
        }
    }
}

/// Whether synapses add to state that receptors hold, after the neurons have advanced.
#[derive(Component, Clone, Copy, Debug)]
#[component(immutable)]
pub(crate) struct Accumulates(bool);

/// Runs the synapses of one model that act before the neurons advance, or those that act after.
fn deliver<S: SynapseModel, const ACCUMULATE: bool>(
    clock: Res<Clock>,
    history: Res<SpikeHistory>,
    mut projections: Query<(&mut S, &Accumulates, Option<&mut Meter>)>,
    mut inputs: ResMut<Inputs<S::Real>>,
) {
    let mut watch = Stopwatch::default();
    for (mut synapses, _, meter) in projections.iter_mut().filter(|(_, when, _)| when.0 == ACCUMULATE) {
        watch.measure(meter, || synapses.deliver(clock.step, &history, inputs.all_mut()));
    }
}

/// The functions of one synapse model and one precision, behind function pointers.
#[derive(Clone, Copy)]
pub(crate) struct SynapseHooks {
    pub(crate) joins: fn(&[SynapsePlan<'_>]) -> bool,
    pub(crate) spawn: fn(&mut EntityWorldMut<'_>, &[SynapseSetup<'_>]) -> Result<(), StorageError>,
    pub(crate) plan: fn(&SynapsePlan<'_>) -> Result<StorageSize, ParameterError>,
    pub(crate) add_systems: fn(&mut StepSchedule, &Declaration, bool),
    pub(crate) edit: fn(&mut EntityWorldMut<'_>, usize, &mut EditSynapse<'_>) -> Result<(), StorageError>,
    pub(crate) visit: fn(EntityRef<'_>, usize, &mut dyn FnMut(Synapse)),
    pub(crate) size: fn(EntityRef<'_>, usize) -> Option<StorageSize>,
}

impl SynapseHooks {
    pub(crate) fn new<S: SynapseModel>() -> Self {
        Self {
            joins: S::joins,
            spawn: |entity, parts| {
                let receptor_choice = parts.first().map(|part| part.plan.receptor_choice.declaration);
                let accumulates = receptor_choice.is_some_and(Declaration::holds_state_in_receptors);
                entity.insert((S::new(parts)?, Accumulates(accumulates)));
                Ok(())
            },
            edit: |entity, part, edit| {
                entity.get_mut::<S>().map_or(Ok(()), |mut synapses| synapses.edit(part, edit))
            },
            visit: |entity, part, visit| {
                if let Some(synapses) = entity.get::<S>() {
                    synapses.visit(part, visit);
                }
            },
            size: |entity, part| entity.get::<S>().map(|synapses| synapses.size(part)),
            plan: S::plan,
            add_systems: |schedule, declaration, accumulate| {
                let name = format!("deliver {}", declaration.name);
                if accumulate {
                    schedule.add(StepSystems::Accumulate, name, deliver::<S, true>);
                } else {
                    schedule.add(StepSystems::Deliver, name, deliver::<S, false>);
                }
            },
        }
    }
}
