//! Stimulus models behind function pointers.

use bevy_ecs::prelude::*;

use crate::declare::declaration::Declaration;
use crate::error::ParameterError;
use crate::number::real::{PerPrecision, Precision, Real};
use crate::step::directory::ListedStimulus;
use crate::step::schedule::StepSchedule;
use crate::stimulus::component::{StimulusHooks, StimulusOutput, StimulusSetup, StimulusTarget};

/// A registered stimulus model.
#[derive(Clone, Copy)]
pub struct StimulusEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    /// What it sends.
    pub output: StimulusOutput,
    pub(super) hooks: PerPrecision<StimulusHooks>,
}

impl StimulusEntry {
    /// Checks a set of parameters.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn check(&self, setup: StimulusSetup<'_>) -> Result<(), ParameterError> {
        (self.hooks.f64.check)(setup)
    }

    /// Gives an entity the stimulus, connected to its targets on one slice.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn spawn<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        setup: StimulusSetup<'_>,
        target: StimulusTarget,
    ) -> Result<(), ParameterError> {
        (self.hooks.of::<R>().spawn)(entity, setup, target)
    }

    /// A stimulus of this model, as a directory lists it.
    #[must_use]
    pub fn list(&self, name: &str, parameters: &[f64], precision: Precision) -> ListedStimulus {
        let (hooks, parameters) = (*self.hooks.at(precision), parameters.to_vec());
        ListedStimulus { name: name.to_owned(), model: self.declaration, parameters, hooks }
    }

    /// Adds the system of the model to a schedule: for the stimuli that act before the neurons advance, or for those
    /// that add to state that receptors hold.
    pub fn add_systems<R: Real>(&self, schedule: &mut StepSchedule, accumulate: bool) {
        (self.hooks.of::<R>().add_systems)(schedule, self.declaration, accumulate);
    }
}
