//! What a synapse model implements, and the system that runs it.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;

use crate::declare::declaration::Declaration;
use crate::error::{ParameterError, StorageError};
use crate::number::real::Real;
use crate::step::history::SpikeHistory;
use crate::step::input::Inputs;
use crate::step::meter::{Meter, Stopwatch};
use crate::step::schedule::{StepSchedule, StepSystems};
use crate::step::slice::Clock;
use crate::synapse::setup::{StorageSize, SynapsePlan, SynapseSetup};

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
