//! Carries out the events of a protocol on one partition.

use neuropil_core::{Column, Purpose, Real, StimulusTarget, Streams, Value};

use crate::description::Network;
use crate::due::Due;
use crate::error::EditError;
use crate::partition::{Parameters, Partition};
use crate::protocol::Action;
use crate::setups::{slice_setup, stimulus_setup};
use neuropil_core::{Part, View};

/// An event that could not be carried out on a slice of a population.
pub(crate) struct Failure {
    pub(crate) population: u32,
    pub(crate) error: EditError,
}

impl Partition {
    /// Carries out an event of the network's protocol; `stimuli` are the parameters of each projection's stimulus at this time.
    pub(crate) fn apply<R: Real>(
        &mut self,
        network: &Network,
        stimuli: &[Vec<f64>],
        due: Due,
    ) -> Result<(), Failure> {
        let streams = Streams::new(network.seed, Purpose::Edit, due.event as u32);
        match &network.protocol[due.event].action {
            Action::Weights { projection, selection, change } => {
                self.edit_weights::<R>(network, *projection, selection, change, &streams)
            }
            Action::Parameter { view, parameter, value } => {
                self.set_parameter::<R>(network, view, *parameter, value, &streams)
            }
            Action::State { view, variable, value } => {
                self.set_state::<R>(network, view, *variable, value, &streams);
                Ok(())
            }
            Action::Stimulus { stimulus, .. } => due.projection.map_or(Ok(()), |projection| {
                self.rebuild_stimulus::<R>(network, projection, *stimulus, &stimuli[projection])
            }),
        }
    }

    fn set_parameter<R: Real>(
        &mut self,
        network: &Network,
        view: &View,
        parameter: usize,
        value: &Value,
        streams: &Streams,
    ) -> Result<(), Failure> {
        for (entity, slice) in self.slices.iter().flatten() {
            let parts = view.neurons_in(slice.population, slice.start, slice.start + slice.len);
            if parts.is_empty() {
                continue;
            }
            let population = &network.populations[slice.population as usize];
            let mut entity = self.world.entity_mut(*entity);
            let mut columns = entity.get::<Parameters>().map(|p| p.0.clone()).unwrap_or_default();
            set_column(&mut columns[parameter], slice.len, |column| {
                for_each_value(&parts, value, streams, |neuron, x| {
                    column[(neuron - slice.start) as usize] = x;
                });
            });
            let setup = slice_setup(network, *slice, &columns);
            let owner = format!("population `{}`", population.name);
            let blame = |error| Failure {
                population: slice.population,
                error: EditError::Parameter { owner, error },
            };
            population.model.configure::<R>(&mut entity, &setup).map_err(blame)?;
            entity.insert(Parameters(columns));
        }
        Ok(())
    }

    fn set_state<R: Real>(
        &mut self,
        network: &Network,
        view: &View,
        variable: usize,
        value: &Value,
        streams: &Streams,
    ) {
        for (entity, slice) in self.slices.iter().flatten() {
            let parts = view.neurons_in(slice.population, slice.start, slice.start + slice.len);
            let model = network.populations[slice.population as usize].model;
            let mut entity = self.world.entity_mut(*entity);
            for_each_value(&parts, value, streams, |neuron, x| {
                model.set::<R>(&mut entity, variable, (neuron - slice.start) as usize, x);
            });
        }
    }

    /// Builds the stimuli of a projection anew: what they send is a function of their parameters and of time alone.
    fn rebuild_stimulus<R: Real>(
        &mut self,
        network: &Network,
        projection: usize,
        stimulus: usize,
        parameters: &[f64],
    ) -> Result<(), Failure> {
        let stimulus = &network.stimuli[stimulus];
        for spawned in self.stimuli.iter().filter(|spawned| spawned.projection == projection) {
            let setup = stimulus_setup(network, projection, parameters, &spawned.slice);
            let mut entity = self.world.entity_mut(spawned.entity);
            let Some(target) = entity.get::<StimulusTarget>().copied() else { continue };
            let owner = format!("stimulus `{}`", stimulus.name);
            let blame = |error| Failure {
                population: spawned.slice.population,
                error: EditError::Parameter { owner, error },
            };
            stimulus.model.spawn::<R>(&mut entity, setup, target).map_err(blame)?;
        }
        Ok(())
    }
}

/// Gives each neuron of the parts of a view its value.
fn for_each_value(parts: &[Part], value: &Value, streams: &Streams, mut set: impl FnMut(u32, f64)) {
    for (neuron, position) in parts.iter().flat_map(|p| (0..p.len).map(|i| (p.start + i, p.position + i))) {
        set(neuron, value.draw(position as usize, &mut streams.sequence(position)));
    }
}

/// Changes a column, which stays shared if all its numbers are the same.
fn set_column(column: &mut Column, len: u32, change: impl FnOnce(&mut Vec<f64>)) {
    let mut values: Vec<f64> = (0..len as usize).map(|i| column.at(i)).collect();
    change(&mut values);
    let first = values.first().copied().unwrap_or_default();
    let same = values.iter().all(|x| x.to_bits() == first.to_bits());
    *column = if same { Column::Shared(first) } else { Column::Each(values) };
}
