//! What a process implements: what runs beside a network, reads it and acts on it.

use std::marker::PhantomData;

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;

use crate::actor::access::Access;
use crate::actor::access_error::AccessError;
use crate::actor::setup::ActorSetup;
use crate::actor::sums::Sums;
use crate::declare::declaration::{Declaration, ModelKind, Parameter, Range};
use crate::declare::page::{Page, declaration_of};
use crate::declare::parameters::Parameters;
use crate::declare::units::MS;
use crate::error::ParameterError;
use crate::number::real::{PerPrecision, Real};
use crate::random::streams::Streams;
use crate::step::history::StepSpikes;
use crate::step::schedule::{StepSchedule, StepSystems};
use crate::view::View;

/// A process: a closed loop, homeostasis, a neuromodulator, whatever hears the spikes of a network and acts on it.
///
/// Every partition has a copy. All copies hear the same spikes, step by step, and act at the same times, the multiples of
/// `interval`, which every process has as a parameter: each on the neurons that its partition owns. What a copy decides must
/// follow from spikes, sums and random streams alone; then all decide the same, and results do not depend on partitions.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use neuropil_core::prelude::*;
/// use neuropil_core::{Access, AccessError, ActorSetup, ProcessModel, StepSpikes, Sums, View};
///
/// /// Holds the mean rate of a population by its constant input.
/// ///
/// /// # Numerics
/// ///
/// /// `I_e` changes by `gain` times the distance to `rate`, at the end of each interval.
/// #[derive(Process)]
/// #[model("rate_control")]
/// pub struct RateControl;
///
/// #[derive(Parameters)]
/// pub struct RateControlParameters {
///     /// The rate to hold.
///     #[parameter(HZ, default = 5.0, NonNegative)]
///     rate: f64,
///     /// Change of `I_e`, in pA per Hz.
///     #[parameter(NONE, default = 1.0)]
///     gain: f64,
/// }
///
/// #[derive(Component)]
/// pub struct Controller {
///     parameters: RateControlParameters,
///     seconds: f64,
///     spikes: u64,
/// }
///
/// impl ProcessModel for RateControl {
///     type Parameters = RateControlParameters;
///     type State = Controller;
///     const INTERVAL_MS: f64 = 10.0;
///
///     fn new(parameters: RateControlParameters, setup: &ActorSetup<'_>) -> Result<Controller, ParameterError> {
///         setup.require_parameter("I_e")?;
///         Ok(Controller { parameters, seconds: setup.interval_ms / 1000.0, spikes: 0 })
///     }
///
///     fn listen(state: &mut Controller, of: &View, spikes: &StepSpikes<'_>) {
///         state.spikes += spikes.count(of);
///     }
///
///     fn act(state: &mut Controller, access: &mut Access<'_>, _sums: &Sums) -> Result<(), AccessError> {
///         let spikes = std::mem::take(&mut state.spikes) as f64;
///         let rate = spikes / state.seconds / f64::from(access.view().len());
///         let change = state.parameters.gain * (state.parameters.rate - rate);
///         access.change_parameter(access.view(), "I_e", |_, before| before + change)
///     }
/// }
/// ```
pub trait ProcessModel: Page + Send + Sync + 'static {
    /// Its parameters, besides `of` and `interval`.
    type Parameters: Parameters;
    /// What one copy knows: a component, which systems of the process may query.
    type State: Component<Mutability = Mutable>;
    /// The default of `interval`, in ms.
    const INTERVAL_MS: f64 = 1.0;

    /// The process at the start of a simulation. It is called for scenes that are only checked, too.
    ///
    /// # Errors
    /// Where the parameters do not fit together, or not the network.
    fn new(parameters: Self::Parameters, setup: &ActorSetup<'_>) -> Result<Self::State, ParameterError>;

    /// Hears the spikes of all populations in one step; called for every step, in order. `of` are the neurons that the scene
    /// names.
    fn listen(state: &mut Self::State, of: &View, spikes: &StepSpikes<'_>) {
        let _ = (state, of, spikes);
    }

    /// Adds what this partition's neurons contribute to sums over the whole network, before the process acts. All processes
    /// that are due measure before any of them acts.
    ///
    /// # Errors
    /// Where it asks for something that the network does not have.
    fn measure(state: &Self::State, access: &Access<'_>, sums: &mut Sums) -> Result<(), AccessError> {
        let _ = (state, access, sums);
        Ok(())
    }

    /// Acts on this partition's neurons, at the end of each interval: after its last step, and before what a protocol does at
    /// that time.
    ///
    /// # Errors
    /// Where it asks for something that the network does not have, or a model refuses a value: the run breaks off.
    fn act(state: &mut Self::State, access: &mut Access<'_>, sums: &Sums) -> Result<(), AccessError>;

    /// Adds systems of its own, which run in every step of networks that have such a process.
    fn add_systems<R: Real>(schedule: &mut StepSchedule) {
        let _ = schedule;
    }
}

/// What a process declares: the parameters of its model, after `interval`.
pub(crate) struct Declared<P>(PhantomData<P>);

/// The most parameters of a process, `interval` included.
const MOST: usize = 64;

impl<P: ProcessModel> Declared<P> {
    const INTERVAL: Parameter = Parameter::new("interval", MS, P::INTERVAL_MS, "time between two acts")
        .within(Range::Positive)
        .on_grid();
    const PADDED: &'static [Parameter; MOST] = &{
        let mut padded = [Self::INTERVAL; MOST];
        let mut i = 0;
        while i < P::Parameters::DECLARED.len() {
            padded[i + 1] = P::Parameters::DECLARED[i];
            i += 1;
        }
        padded
    };
    pub(crate) const DECLARATION: &'static Declaration = &Declaration {
        parameters: Self::PADDED.split_at(P::Parameters::DECLARED.len() + 1).0,
        ..declaration_of::<P, P::Parameters>(ModelKind::Process)
    };
}

/// What an entity is the state of: the process, and the neurons that the scene names.
#[derive(Component)]
struct StateOf<P: ProcessModel> {
    of: View,
    process: PhantomData<fn() -> P>,
}

/// Lets the processes of one model hear the spikes of a step.
fn listen<P: ProcessModel>(mut processes: Query<(&mut P::State, &StateOf<P>)>, spikes: StepSpikes<'_>) {
    for (mut state, StateOf { of, .. }) in &mut processes {
        P::listen(&mut state, of, &spikes);
    }
}

/// Does something with the state of a process and the rest of its partition.
fn with_state<P: ProcessModel>(
    world: &mut World,
    entity: Entity,
    work: impl FnOnce(&mut P::State, &mut World) -> Result<(), AccessError>,
) -> Result<(), AccessError> {
    let Some(mut state) = world.entity_mut(entity).take::<P::State>() else { return Ok(()) };
    let done = work(&mut state, world);
    world.entity_mut(entity).insert(state);
    done
}

fn build<P: ProcessModel>(setup: &ActorSetup<'_>) -> Result<P::State, ParameterError> {
    P::new(P::Parameters::from_values(&setup.parameters[1..]), setup)
}

/// The functions of one process, behind function pointers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProcessHooks {
    pub(crate) check: fn(&ActorSetup<'_>) -> Result<(), ParameterError>,
    pub(crate) spawn: fn(&mut EntityWorldMut<'_>, &ActorSetup<'_>) -> Result<(), ParameterError>,
    pub(crate) measure: fn(&mut World, Entity, &View, Streams, &mut Sums) -> Result<(), AccessError>,
    pub(crate) act: fn(&mut World, Entity, &View, Streams, &Sums) -> Result<(), AccessError>,
    pub(crate) add_systems: PerPrecision<fn(&mut StepSchedule)>,
}

impl ProcessHooks {
    pub(crate) fn new<P: ProcessModel>() -> Self {
        Self {
            check: |setup| build::<P>(setup).map(drop),
            spawn: |entity, setup| {
                let state_of = StateOf::<P> { of: setup.of.clone(), process: PhantomData };
                entity.insert((build::<P>(setup)?, state_of));
                Ok(())
            },
            measure: |world, entity, view, streams, sums| {
                with_state::<P>(world, entity, |state, world| {
                    P::measure(state, &Access::new(world, view, streams), sums)
                })
            },
            act: |world, entity, view, streams, sums| {
                with_state::<P>(world, entity, |state, world| {
                    P::act(state, &mut Access::new(world, view, streams), sums)
                })
            },
            add_systems: PerPrecision { f32: add_systems::<P, f32>, f64: add_systems::<P, f64> },
        }
    }
}

fn add_systems<P: ProcessModel, R: Real>(schedule: &mut StepSchedule) {
    schedule.add(StepSystems::Listen, format!("{} listens", P::NAME), listen::<P>);
    P::add_systems::<R>(schedule);
}
