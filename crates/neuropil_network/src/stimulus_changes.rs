//! Changes of stimuli, which reach the targets a delay later.

use neuropil_core::engine::{Changes, Directory, StimulusTarget};
use neuropil_core::{AccessError, ParameterError, Precision, Real};

use crate::arrival::Arrival;
use crate::description::Network;
use crate::error::{EditError, RunError};
use crate::partition::{Partition, SpawnedStimulus};
use crate::setups::stimulus_setup;

impl Partition {
    /// Sends the changes that were made on their way. Those that arrive together keep their order.
    pub(crate) fn send_changes(&mut self) {
        for change in std::mem::take(&mut self.world.resource_mut::<Changes>().0) {
            let carriers = self.stimuli.iter().enumerate().filter(|(_, s)| s.stimulus == change.stimulus);
            for (spawned, SpawnedStimulus { entity, .. }) in carriers {
                let delay = self.world.get::<StimulusTarget>(*entity).map_or(0, |target| target.delay);
                let (parameter, value) = (change.parameter, change.value);
                self.arrivals.push_back(Arrival { step: change.step + delay, spawned, parameter, value });
            }
        }
        self.arrivals.make_contiguous().sort_by_key(|arrival| arrival.step);
    }

    /// The step before which the next change takes effect, or the end of time.
    pub(crate) fn next_arrival(&self) -> u64 {
        self.arrivals.front().map_or(u64::MAX, |arrival| arrival.step)
    }

    /// Lets the changes take effect that arrive before a step. Stimuli are built anew: what they emit is a function of their
    /// parameters and of time alone.
    pub(crate) fn receive_changes(&mut self, network: &Network, step: u64) -> Result<(), RunError> {
        while let Some(arrival) = self.arrivals.pop_front_if(|arrival| arrival.step <= step) {
            let spawned = &mut self.stimuli[arrival.spawned];
            spawned.parameters[arrival.parameter] = arrival.value;
            let rebuilt = match self.world.resource::<Directory>().precision {
                Precision::F32 => self.rebuild::<f32>(network, arrival.spawned),
                Precision::F64 => self.rebuild::<f64>(network, arrival.spawned),
            };
            let stimulus = self.stimuli[arrival.spawned].stimulus;
            let owner = format!("stimulus `{}`", network.stimuli[stimulus].name);
            let blame = |error: ParameterError| EditError::Access(AccessError::new(owner, error.message));
            let time_ms = network.grid.time_ms(step);
            rebuilt.map_err(|error| RunError::Edit { time_ms, error: blame(error) })?;
        }
        Ok(())
    }

    fn rebuild<R: Real>(&mut self, network: &Network, spawned: usize) -> Result<(), ParameterError> {
        let SpawnedStimulus { projection, stimulus, entity, slice, parameters } = &self.stimuli[spawned];
        let setup = stimulus_setup(network, *projection, parameters, slice);
        let mut entity = self.world.entity_mut(*entity);
        let Some(target) = entity.get::<StimulusTarget>().copied() else { return Ok(()) };
        network.stimuli[*stimulus].model.spawn::<R>(&mut entity, setup, target)
    }
}
