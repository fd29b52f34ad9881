//! Carries out the events of a protocol on one partition.

use neuropil_core::{
    BuildError, Column, DeviceTarget, ParameterError, Purpose, Real, SliceSetup, Streams, Value,
};

use crate::description::{Network, Source};
use crate::partition::{Parameters, Partition, device_setup};
use crate::protocol::{Action, Event};
use crate::view::{Part, View};

/// Why an event could not be carried out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// The parameters of neurons or of a device do not fit together any more.
    #[error("{owner}: {error}")]
    Parameter {
        /// The population or stimulus, such as "population `E`".
        owner: String,
        /// What is wrong.
        error: ParameterError,
    },
    /// The weights of a projection could not be changed.
    #[error("projection `{projection}`: {error}")]
    Weights {
        /// The name of the projection.
        projection: String,
        /// What is wrong.
        error: BuildError,
    },
}

impl Partition {
    /// Carries out event `number` of the network's protocol. `network` holds the stimuli's parameters at this time.
    pub(crate) fn apply<R: Real>(
        &mut self,
        network: &Network,
        number: usize,
        event: &Event,
    ) -> Result<(), EditError> {
        let streams = Streams::new(network.seed, Purpose::Edit, number as u32);
        match &event.action {
            Action::Weights { projection, selection, change } => {
                let blame = |error| EditError::Weights {
                    projection: network.projections[*projection].name.clone(),
                    error,
                };
                self.edit_weights::<R>(network, *projection, selection, change, &streams).map_err(blame)
            }
            Action::Parameter { view, parameter, value } => {
                self.set_parameter::<R>(network, view, *parameter, value, &streams)
            }
            Action::State { view, variable, value } => {
                self.set_state::<R>(network, view, *variable, value, &streams);
                Ok(())
            }
            Action::Stimulus { stimulus, .. } => self.rebuild_devices::<R>(network, *stimulus),
        }
    }

    fn set_parameter<R: Real>(
        &mut self,
        network: &Network,
        view: &View,
        parameter: usize,
        value: &Value,
        streams: &Streams,
    ) -> Result<(), EditError> {
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
            let setup =
                SliceSetup { slice: *slice, grid: network.grid, seed: network.seed, parameters: &columns };
            let blame =
                |error| EditError::Parameter { owner: format!("population `{}`", population.name), error };
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

    /// Builds the devices of a stimulus anew: what they emit is a function of their parameters and of time alone.
    fn rebuild_devices<R: Real>(&mut self, network: &Network, stimulus: usize) -> Result<(), EditError> {
        for device in &self.devices {
            if network.projections[device.projection].source != Source::Stimulus(stimulus) {
                continue;
            }
            let setup = device_setup(network, device.projection, stimulus, &device.slice);
            let mut entity = self.world.entity_mut(device.entity);
            let Some(target) = entity.get::<DeviceTarget>().copied() else { continue };
            let owner = &network.stimuli[stimulus];
            let blame = |error| EditError::Parameter { owner: format!("stimulus `{}`", owner.name), error };
            owner.model.spawn::<R>(&mut entity, setup, target).map_err(blame)?;
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
