//! A partition: one bevy world with its slice of every population, and every synapse that ends there.

use std::collections::VecDeque;

use bevy_ecs::prelude::*;
use neuropil_core::engine::{
    Changes, Heard, NeuronEntry, NotFinite, Outbox, Probe, Probes, SampleBox, SliceParameters, Slices,
    StimulusTarget,
};
use neuropil_core::rule::Onto;
use neuropil_core::{
    Clock, Column, InputSlice, Inputs, Purpose, Real, Slice, SpikeHistory, StepSchedule, StorageSize,
    Streams, SynapseSetup,
};

use crate::arrival::Arrival;
use crate::description::{Network, Population, Projection, Source};
use crate::error::BuildError;
use crate::recorder::Recorder;
use crate::setups::{slice_setup, stimulus_setup};
use crate::source_rows::source_rows;
use crate::systems::schedule;
use crate::tracts::{Tract, TractPart, tract_parts, tracts};

/// A partition. All that one of its steps reads and writes is its own.
pub(crate) struct Partition {
    pub(crate) world: World,
    pub(crate) schedule: StepSchedule,
    /// The entity of each population's slice; `None` where the slice is empty.
    pub(crate) slices: Vec<Option<(Entity, Slice)>>,
    /// The synapses of projections between neurons.
    pub(crate) synapses: Vec<SpawnedSynapses>,
    /// The stimuli.
    pub(crate) stimuli: Vec<SpawnedStimulus>,
    /// Changes of them that are on their way, in the order in which they arrive.
    pub(crate) arrivals: VecDeque<Arrival>,
    /// The partition's copies of the processes.
    pub(crate) processes: Vec<Entity>,
    /// Finds a state variable that is not finite.
    pub(crate) find_not_finite: FindNotFinite,
}

/// The synapses of a projection onto one slice.
pub(crate) struct SpawnedSynapses {
    /// The projection, by its number in the network.
    pub(crate) projection: usize,
    /// The entity of its tract.
    pub(crate) entity: Entity,
    /// Which part of the tract it is.
    pub(crate) part: usize,
    pub(crate) slice: Slice,
    pub(crate) size: StorageSize,
}

/// A stimulus that acts on one slice.
pub(crate) struct SpawnedStimulus {
    /// The projection, by its number in the network.
    pub(crate) projection: usize,
    /// The stimulus, by its number in the network.
    pub(crate) stimulus: usize,
    pub(crate) entity: Entity,
    pub(crate) slice: Slice,
    /// The values of its parameters, as they have arrived.
    pub(crate) parameters: Vec<f64>,
}

type FindNotFinite = Box<dyn Fn(&mut World) -> Option<NotFinite> + Send + Sync>;

/// The streams of field `field` (a parameter or state variable; no model has more than 256) of a population.
fn field_streams(network: &Network, purpose: Purpose, population: usize, field: usize) -> Streams {
    Streams::new(network.seed, purpose, (population as u32) << 8 | field as u32)
}

impl Partition {
    /// Builds partition `part` of `parts`. It needs nothing of the others.
    pub(crate) fn build<R: Real>(
        network: &Network,
        epoch_steps: u64,
        part: usize,
        parts: usize,
    ) -> Result<Self, BuildError> {
        let max_delay = network.delay_bounds().map_or(0, |(_, max)| max);
        let mut world = World::new();
        world.insert_resource(Clock::default());
        // The observer sees an epoch when the next one is done.
        let history = SpikeHistory::new(network.populations.len(), max_delay + 2 * epoch_steps + 1);
        world.insert_resource(history);
        world.insert_resource(Heard::default());
        world.insert_resource(Outbox::default());
        world.insert_resource(SampleBox::default());
        world.insert_resource(Inputs::<R>::default());
        world.insert_resource(Changes::default());
        world.insert_resource(network.directory(R::PRECISION));
        let mut builder = Builder {
            network,
            part,
            parts,
            world,
            slices: Vec::new(),
            synapses: Vec::new(),
            stimuli: Vec::new(),
        };
        for number in 0..network.populations.len() {
            builder.spawn_slice::<R>(number)?;
        }
        for tract in tracts(network, tract_parts(network, builder.places(), R::PRECISION)) {
            builder.spawn_tract::<R>(&tract)?;
        }
        for number in 0..network.projections.len() {
            builder.spawn_stimuli::<R>(number)?;
        }
        let Builder { mut world, slices, synapses, stimuli, .. } = builder;
        world.insert_resource(Slices(slices.iter().flatten().copied().collect()));
        network.extensions.init_resources(&mut world);
        let mut models: Vec<NeuronEntry> = network.populations.iter().map(|p| p.model).collect();
        models.sort_by_key(|m| m.declaration.name);
        models.dedup_by_key(|m| m.declaration.name);
        let find_not_finite = Box::new(move |world: &mut World| {
            models.iter().filter_map(|model| model.find_not_finite::<R>(world)).min()
        });
        let (arrivals, processes) = Default::default();
        let schedule = schedule::<R>(network, parts);
        let mut partition =
            Self { world, schedule, slices, synapses, stimuli, arrivals, processes, find_not_finite };
        partition.spawn_processes(network)?;
        partition.schedule.initialize(&mut partition.world);
        Ok(partition)
    }
}

struct Builder<'a> {
    network: &'a Network,
    part: usize,
    parts: usize,
    world: World,
    slices: Vec<Option<(Entity, Slice)>>,
    synapses: Vec<SpawnedSynapses>,
    stimuli: Vec<SpawnedStimulus>,
}

impl<'a> Builder<'a> {
    fn spawn_slice<R: Real>(&mut self, number: usize) -> Result<(), BuildError> {
        let network = self.network;
        let population = &network.populations[number];
        let slice = Slice::of(number as u32, population.n, self.part, self.parts);
        if slice.len == 0 {
            self.slices.push(None);
            return Ok(());
        }
        let parameters = columns(network, number, &slice);
        let setup = slice_setup(network, slice, &parameters);
        let mut entity = self.world.spawn_empty();
        let blame = |error| BuildError::Population { name: population.name.clone(), error };
        population.model.spawn::<R>(&mut entity, &setup).map_err(blame)?;
        set_initial_values::<R>(network, population, &slice, &mut entity);
        let stimulated = setup.stimulated;
        entity.insert(SliceParameters(parameters, stimulated));
        let probes = probes(network, population, &slice);
        if !probes.is_empty() {
            entity.insert(Probes(probes));
        }
        self.slices.push(Some((entity.id(), slice)));
        Ok(())
    }

    /// The slices, with the places of their first inputs.
    fn places(&self) -> Vec<Option<(Slice, u64)>> {
        let place = |(entity, slice): &(Entity, Slice)| {
            Some((*slice, self.world.get::<InputSlice>(*entity)?.range().start as u64))
        };
        self.slices.iter().map(|slice| slice.as_ref().and_then(place)).collect()
    }

    fn spawn_tract<R: Real>(&mut self, tract: &Tract<'_>) -> Result<(), BuildError> {
        let network = self.network;
        let first = &network.projections[tract.parts[0].projection];
        let Source::Neurons(sources) = &first.source else { return Ok(()) };
        let blame =
            |projection: &Projection, error| BuildError::Projection { name: projection.name.clone(), error };
        let wiring = |part: &TractPart<'_>| {
            let projection = &network.projections[part.projection];
            let (rule, target, number) = (&projection.rule, &projection.target, part.projection as u32);
            rule.connect(Onto::new(sources, target, part.slice, network.seed, number))
                .map_err(|error| blame(projection, error))
        };
        let wirings = tract.parts.iter().map(wiring).collect::<Result<Vec<_>, _>>()?;
        let parts = tract.parts.iter().zip(&wirings);
        let setups: Vec<_> = parts
            .map(|(part, wiring)| SynapseSetup {
                wiring: &**wiring,
                sources: source_rows(sources, |p| network.populations[p as usize].n),
                slice: part.slice,
                projection: part.projection as u32,
                seed: network.seed,
                plan: part.plan,
            })
            .collect();
        let model = network.synapses[first.synapse].model;
        let mut entity = self.world.spawn_empty();
        model.spawn::<R>(&mut entity, &setups).map_err(|error| blame(first, error))?;
        let entity = entity.id();
        for (part, &TractPart { projection, slice, .. }) in tract.parts.iter().enumerate() {
            let size = model.size::<R>(self.world.entity(entity), part);
            let size = size.expect("the model has just been given its synapses");
            self.synapses.push(SpawnedSynapses { projection, entity, part, slice, size });
        }
        Ok(())
    }

    fn spawn_stimuli<R: Real>(&mut self, number: usize) -> Result<(), BuildError> {
        let projection = &self.network.projections[number];
        let Source::Stimulus(stimulus) = projection.source else { return Ok(()) };
        for population in projection.target.populations() {
            if let Some((target, slice)) = self.slices[population as usize] {
                self.spawn_stimulus::<R>(number, stimulus, target, slice)?;
            }
        }
        Ok(())
    }

    fn spawn_stimulus<R: Real>(
        &mut self,
        number: usize,
        stimulus: usize,
        target: Entity,
        slice: Slice,
    ) -> Result<(), BuildError> {
        let network = self.network;
        let projection = &network.projections[number];
        let parameters = network.stimuli[stimulus].parameters.clone();
        let setup = stimulus_setup(network, number, &parameters, &slice);
        let spawned = stimulus;
        let stimulus = &network.stimuli[stimulus];
        let declaration = network.populations[slice.population as usize].model.declaration;
        let target = StimulusTarget {
            slice: target,
            n_targets: setup.targets.iter().map(|run| run.len as u64).sum(),
            delay: network.synapses[projection.synapse].delay_steps(&network.grid).0,
            accumulates: !stimulus.sends_current() && declaration.holds_state_in_receptors(),
        };
        let blame = |error| BuildError::Stimulus { name: stimulus.name.clone(), error };
        let mut entity = self.world.spawn_empty();
        stimulus.model.spawn::<R>(&mut entity, setup, target).map_err(blame)?;
        let (projection, entity) = (number, entity.id());
        self.stimuli.push(SpawnedStimulus { projection, stimulus: spawned, entity, slice, parameters });
        Ok(())
    }
}

/// The parameters of the neurons of a slice.
fn columns(network: &Network, number: usize, slice: &Slice) -> Vec<Column> {
    let values = network.populations[number].parameters.iter().enumerate();
    values
        .map(|(field, value)| {
            let streams = field_streams(network, Purpose::Parameter, number, field);
            value.column(slice.start, slice.len, &streams)
        })
        .collect()
}

/// Sets the state variables that start elsewhere than the model says.
fn set_initial_values<R: Real>(
    network: &Network,
    population: &Population,
    slice: &Slice,
    entity: &mut EntityWorldMut<'_>,
) {
    for (variable, initial) in population.initial.iter().enumerate() {
        let Some(value) = initial else { continue };
        let streams = field_streams(network, Purpose::InitialValue, slice.population as usize, variable);
        let column = value.column(slice.start, slice.len, &streams);
        for neuron in 0..slice.len as usize {
            population.model.set::<R>(entity, variable, neuron, column.at(neuron));
        }
    }
}

/// The probes of all recorders on a slice.
fn probes(network: &Network, population: &Population, slice: &Slice) -> Vec<Probe> {
    let declaration = population.model.declaration;
    let probe = |(number, recorder): (usize, &Recorder)| {
        let samples = recorder.sees.samples.as_ref()?;
        let parts = recorder.view.neurons_in(slice.population, slice.start, slice.start + slice.len);
        let neurons: Vec<u32> =
            parts.iter().flat_map(|p| p.start - slice.start..p.start - slice.start + p.len).collect();
        let variables = samples.variables.iter().filter_map(|v| declaration.state(v)).collect();
        (!neurons.is_empty()).then_some(Probe {
            recorder: number as u32,
            variables,
            neurons,
            interval: samples.interval,
            start: recorder.first(),
            stop: recorder.stop,
            meter: None,
        })
    };
    network.recorders.iter().enumerate().filter_map(probe).collect()
}
