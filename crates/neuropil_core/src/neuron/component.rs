//! What a neuron model implements, and the systems that run it.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;

use crate::declare::declaration::Declaration;
use crate::error::ParameterError;
use crate::number::real::Real;
use crate::step::input::{InputBuffer, InputSlice, Inputs};
use crate::step::meter::{Meter, Stopwatch};
use crate::step::probe::{Probes, SampleBox};
use crate::step::schedule::{StepSchedule, StepSystems};
use crate::step::slice::{Clock, Fired, Slice};
use crate::step::slice_setup::SliceSetup;

/// A neuron model: the component that holds the state of all neurons of a slice, as columns.
///
/// Anything that has ids and fires is a neuron model, a population of Poisson processes included.
pub trait NeuronModel: Component<Mutability = Mutable> + Sized {
    /// The floating-point type of the columns.
    type Real: Real;

    /// The neurons of a slice, at the start of a simulation.
    ///
    /// # Errors
    /// Where parameters are each in their range but do not fit together.
    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError>;

    /// Advances all neurons from `step dt` to `(step + 1) dt`.
    ///
    /// `input` holds what arrives in this step, one channel for each declared receptor, or the state variable that is
    /// declared to be held there. What arrives is set to zero afterwards, unless the step takes it. The neurons that fire
    /// go to `fired`, which is empty, in ascending order. A spike fired here reaches a target over a delay of `d` steps in
    /// step `step + d`.
    fn step(&mut self, step: u64, input: &mut InputBuffer<'_, Self::Real>, fired: &mut Vec<u32>);

    /// Takes other values of the parameters; the state variables keep their values. A model that holds its potential relative
    /// to a parameter shifts it.
    ///
    /// # Errors
    /// As [`NeuronModel::new`]; the neurons are then as they were.
    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError>;

    /// A state variable of one neuron, by its position in the declaration and in the declared unit. Variables that
    /// receptors hold are not asked for.
    fn get(&self, variable: usize, neuron: usize) -> f64;

    /// Sets a state variable of one neuron.
    fn set(&mut self, variable: usize, neuron: usize, value: f64);
}

/// The model of a slice.
#[derive(Component, Clone, Copy, Debug)]
#[component(immutable)]
pub(crate) struct ModelOf(pub(crate) &'static Declaration);

/// What holds the state variables of a slice.
type Holders<'a, M> = (&'a ModelOf, &'a M, &'a InputSlice);

/// A state variable by neuron, whoever holds it.
fn reader<'a, M: NeuronModel>(
    (model, neurons, input): Holders<'a, M>,
    inputs: &'a Inputs<M::Real>,
    variable: usize,
) -> impl Fn(usize) -> f64 + use<'a, M> {
    let held = model.0.channel_of_state(variable).map(|channel| inputs.channel(input, channel));
    move |neuron| match held {
        Some(values) => values[neuron].to_f64(),
        None => neurons.get(variable, neuron),
    }
}

/// Sets a state variable of one neuron, whoever holds it.
fn write<M: NeuronModel>(entity: &mut EntityWorldMut<'_>, variable: usize, neuron: usize, value: f64) {
    let channel = entity.get::<ModelOf>().and_then(|model| model.0.channel_of_state(variable));
    if let Some(channel) = channel {
        if let Some(place) = entity.get::<InputSlice>().map(|input| input.place(channel, neuron)) {
            entity.resource_mut::<Inputs<M::Real>>().all_mut()[place] = M::Real::from_f64(value);
        }
    } else if let Some(mut neurons) = entity.get_mut::<M>() {
        neurons.set(variable, neuron, value);
    }
}

/// Advances the slices of one model.
fn integrate<M: NeuronModel>(
    clock: Res<Clock>,
    mut inputs: ResMut<Inputs<M::Real>>,
    mut slices: Query<(&Slice, &mut M, &InputSlice, &mut Fired, Option<&mut Meter>)>,
) {
    let mut watch = Stopwatch::default();
    for (slice, mut neurons, input, mut fired, meter) in &mut slices {
        watch.measure(meter, || {
            let mut input = inputs.of(input);
            fired.0.clear();
            neurons.step(clock.step, &mut input, &mut fired.0);
            input.clear();
            u64::from(slice.len)
        });
    }
}

/// Reads the probes of the slices of one model.
fn sample<M: NeuronModel>(
    clock: Res<Clock>,
    inputs: Res<Inputs<M::Real>>,
    mut slices: Query<(Holders<'static, M>, &Slice, &mut Probes)>,
    mut samples: ResMut<SampleBox>,
) {
    let mut watch = Stopwatch::default();
    for (holders, slice, mut probes) in &mut slices {
        let read = |variable| reader(holders, &inputs, variable);
        for probe in probes.0.iter_mut().filter(|probe| probe.is_due(clock.stamp())) {
            let mut meter = probe.meter.take();
            watch.measure(meter.as_mut(), || samples.push(probe, slice, clock.stamp(), read));
            probe.meter = meter;
        }
    }
}

/// A state variable that is no longer a finite number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotFinite {
    /// The population, by its number in the scene.
    pub population: u32,
    /// The neuron, by its number in the population.
    pub neuron: u32,
    /// The variable, by its position in the model's declaration.
    pub variable: usize,
}

/// The first state variable of a model's slices that is not finite.
fn find_not_finite<M: NeuronModel>(world: &mut World, declaration: &Declaration) -> Option<NotFinite> {
    let mut slices = world.query::<(Holders<'static, M>, &Slice)>();
    let inputs = world.get_resource::<Inputs<M::Real>>()?;
    let first = |(holders, slice): (Holders<'_, M>, &Slice)| {
        let found = (0..declaration.states.len()).filter_map(|variable| {
            let read = reader(holders, inputs, variable);
            let i = (0..slice.len).find(|&i| !read(i as usize).is_finite())?;
            Some(NotFinite { population: slice.population, neuron: slice.start + i, variable })
        });
        found.min()
    };
    slices.iter(world).filter_map(first).min()
}

/// The functions of one neuron model and one precision, behind function pointers.
#[derive(Clone, Copy)]
pub(crate) struct NeuronHooks {
    pub(crate) spawn:
        fn(&mut EntityWorldMut<'_>, &SliceSetup<'_>, &'static Declaration) -> Result<(), ParameterError>,
    pub(crate) configure: fn(&mut EntityWorldMut<'_>, &SliceSetup<'_>) -> Result<(), ParameterError>,
    pub(crate) set: fn(&mut EntityWorldMut<'_>, usize, usize, f64),
    pub(crate) read: for<'w> fn(&'w World, Entity, usize) -> Box<dyn Fn(usize) -> f64 + 'w>,
    pub(crate) check: fn(&SliceSetup<'_>) -> Result<(), ParameterError>,
    pub(crate) add_systems: fn(&mut StepSchedule, &Declaration, bool),
    pub(crate) find_not_finite: fn(&mut World, &Declaration) -> Option<NotFinite>,
}

impl NeuronHooks {
    pub(crate) fn new<M: NeuronModel>() -> Self {
        Self {
            spawn: |entity, setup, declaration| {
                let input = entity.resource_mut::<Inputs<M::Real>>().add(declaration, setup.slice.len);
                entity.insert((ModelOf(declaration), setup.slice, M::new(setup)?, input, Fired::default()));
                Ok(())
            },
            configure: |entity, setup| {
                entity.get_mut::<M>().map_or(Ok(()), |mut neurons| neurons.configure(setup))
            },
            set: write::<M>,
            read: |world, entity, variable| {
                let inputs = world.resource::<Inputs<M::Real>>();
                let holders = world.entity(entity).components::<Holders<'_, M>>();
                Box::new(reader(holders, inputs, variable))
            },
            check: |setup| M::new(setup).map(|_| ()),
            find_not_finite: find_not_finite::<M>,
            add_systems: |schedule, declaration, probed| {
                schedule.add(
                    StepSystems::Integrate,
                    format!("integrate {}", declaration.name),
                    integrate::<M>,
                );
                if probed {
                    schedule.add(StepSystems::Record, format!("sample {}", declaration.name), sample::<M>);
                }
            },
        }
    }
}
