//! Carries out the events of a protocol on one partition.

use neuropil_core::{Access, AccessError, NeuronId, Purpose, Real, StimulusNumber, Streams, Value, View};

use crate::description::{Network, Population};
use crate::error::EditError;
use crate::partition::Partition;
use crate::protocol::Action;

/// An event that could not be carried out on a slice of a population.
pub(crate) struct Failure {
    pub(crate) population: u32,
    pub(crate) error: EditError,
}

impl From<AccessError> for Failure {
    fn from(error: AccessError) -> Self {
        Self { population: error.population, error: EditError::Access(error) }
    }
}

impl Partition {
    /// Carries out an event of the network's protocol, by its number.
    pub(crate) fn apply<R: Real>(&mut self, network: &Network, event: usize) -> Result<(), Failure> {
        let streams = Streams::new(network.seed, Purpose::Edit, event as u32);
        let draw = |value: &Value, neuron: NeuronId| {
            value.draw(neuron.position as usize, &mut streams.sequence(neuron.position))
        };
        match &network.protocol[event].action {
            Action::Weights { projection, selection, change } => {
                self.edit_weights::<R>(network, *projection, selection, change, &streams)?;
            }
            Action::Parameter { view, parameter, value } => {
                let Some(population) = first(network, view) else { return Ok(()) };
                let name = population.model.declaration.parameters[*parameter].name;
                self.access(view, streams).set_parameter(view, name, |neuron| draw(value, neuron))?;
            }
            Action::State { view, variable, value } => {
                let Some(population) = first(network, view) else { return Ok(()) };
                let name = population.model.declaration.states[*variable].name;
                self.access(view, streams).set_state(view, name, |neuron| draw(value, neuron))?;
            }
            Action::Stimulus { stimulus, parameter, value } => {
                let name = network.stimuli[*stimulus].model.declaration.parameters[*parameter].name;
                let number = StimulusNumber(*stimulus as u32);
                self.access(&View::default(), streams).set_stimulus(number, name, *value)?;
            }
            Action::Plugin { model, of, parameters } => {
                model.apply(parameters, &mut self.access(of, streams))?;
            }
        }
        self.send_changes();
        Ok(())
    }

    /// Access to what the partition owns.
    pub(crate) fn access<'a>(&'a mut self, view: &'a View, streams: Streams) -> Access<'a> {
        Access::new(&mut self.world, view, streams)
    }
}

/// The first population of a view; all have the same model.
fn first<'n>(network: &'n Network, view: &View) -> Option<&'n Population> {
    view.parts().first().map(|part| &network.populations[part.population as usize])
}
