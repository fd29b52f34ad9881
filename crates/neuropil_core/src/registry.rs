//! Plugins, and the models that they register.

use std::collections::BTreeMap;

use bevy_ecs::prelude::*;

use crate::declaration::{Declaration, ModelKind, ParameterError};
use crate::neuron::{NeuronHooks, NeuronModel, NotFinite, SliceSetup};
use crate::real::{PerPrecision, Precision, Real};
use crate::schedule::StepSchedule;
use crate::stimulus::{DeviceSetup, DeviceTarget, StimulusHooks, StimulusModel, StimulusOutput};
use crate::synapse::{
    BuildError, EditSynapse, StorageSize, Synapse, SynapseHooks, SynapseModel, SynapsePlan, SynapseSetup,
};

/// A plugin adds models to the registry.
pub trait Plugin {
    /// Registers the models.
    fn build(&self, registry: &mut Registry);

    /// The name of the plugin: that of its crate.
    fn name(&self) -> &'static str;
}

/// The models that scenes can use, by name.
#[derive(Default)]
pub struct Registry {
    plugins: Vec<&'static str>,
    neurons: BTreeMap<&'static str, NeuronEntry>,
    synapses: BTreeMap<&'static str, SynapseEntry>,
    stimuli: BTreeMap<&'static str, StimulusEntry>,
}

impl Registry {
    /// Adds the models of a plugin.
    ///
    /// # Panics
    /// If it registers a name that is taken: two plugins of a program may not share one.
    pub fn add_plugin(&mut self, plugin: &dyn Plugin) -> &mut Self {
        self.plugins.push(plugin.name());
        plugin.build(self);
        self
    }

    /// Registers a neuron model, in both precisions.
    pub fn add_neuron<F32, F64>(&mut self, declaration: &'static Declaration)
    where
        F32: NeuronModel<Real = f32>,
        F64: NeuronModel<Real = f64>,
    {
        let hooks = PerPrecision { f32: NeuronHooks::new::<F32>(), f64: NeuronHooks::new::<F64>() };
        self.assert_free(declaration, ModelKind::Neuron);
        self.neurons.insert(declaration.name, NeuronEntry { declaration, hooks });
    }

    /// Registers a synapse model, in both precisions.
    pub fn add_synapse<F32, F64>(&mut self, declaration: &'static Declaration)
    where
        F32: SynapseModel<Real = f32>,
        F64: SynapseModel<Real = f64>,
    {
        let hooks = PerPrecision { f32: SynapseHooks::new::<F32>(), f64: SynapseHooks::new::<F64>() };
        self.assert_free(declaration, ModelKind::Synapse);
        self.synapses.insert(declaration.name, SynapseEntry { declaration, hooks });
    }

    /// Registers a stimulus model, in both precisions.
    pub fn add_stimulus<F32, F64>(&mut self, declaration: &'static Declaration)
    where
        F32: StimulusModel<Real = f32>,
        F64: StimulusModel<Real = f64>,
    {
        let hooks = PerPrecision { f32: StimulusHooks::new::<F32>(), f64: StimulusHooks::new::<F64>() };
        self.assert_free(declaration, ModelKind::Stimulus);
        self.stimuli.insert(declaration.name, StimulusEntry { declaration, hooks, output: F64::OUTPUT });
    }

    fn assert_free(&self, declaration: &Declaration, kind: ModelKind) {
        assert_eq!(declaration.kind, kind, "{} is registered as another kind of model", declaration.name);
        assert!(
            self.declarations().all(|d| d.name != declaration.name),
            "two models have the name {}",
            declaration.name
        );
    }

    /// The neuron model of this name.
    #[must_use]
    pub fn neuron(&self, name: &str) -> Option<&NeuronEntry> {
        self.neurons.get(name)
    }

    /// The synapse model of this name.
    #[must_use]
    pub fn synapse(&self, name: &str) -> Option<&SynapseEntry> {
        self.synapses.get(name)
    }

    /// The stimulus model of this name.
    #[must_use]
    pub fn stimulus(&self, name: &str) -> Option<&StimulusEntry> {
        self.stimuli.get(name)
    }

    /// The declarations of all models: neurons, synapses, stimuli, each in the order of their names.
    pub fn declarations(&self) -> impl Iterator<Item = &'static Declaration> {
        let neurons = self.neurons.values().map(|e| e.declaration);
        let synapses = self.synapses.values().map(|e| e.declaration);
        neurons.chain(synapses).chain(self.stimuli.values().map(|e| e.declaration))
    }

    /// The names of the plugins, in the order in which they were added.
    #[must_use]
    pub fn plugins(&self) -> &[&'static str] {
        &self.plugins
    }
}

/// A registered neuron model.
#[derive(Clone, Copy)]
pub struct NeuronEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    hooks: PerPrecision<NeuronHooks>,
}

impl NeuronEntry {
    /// Checks a set of parameters: those of the setup's slice.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn check(&self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        (self.hooks.f64.check)(setup)
    }

    /// Gives an entity the neurons of a slice.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn spawn<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        setup: &SliceSetup<'_>,
    ) -> Result<(), ParameterError> {
        (self.hooks.of::<R>().spawn)(entity, setup, self.declaration)
    }

    /// Gives the neurons of an entity's slice other parameters.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn configure<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        setup: &SliceSetup<'_>,
    ) -> Result<(), ParameterError> {
        (self.hooks.of::<R>().configure)(entity, setup)
    }

    /// Sets a state variable of one neuron of an entity's slice.
    pub fn set<R: Real>(&self, entity: &mut EntityWorldMut<'_>, variable: usize, neuron: usize, value: f64) {
        (self.hooks.of::<R>().set)(entity, variable, neuron, value);
    }

    /// The first state variable of the model's neurons in a world that is not finite.
    pub fn find_not_finite<R: Real>(&self, world: &mut World) -> Option<NotFinite> {
        (self.hooks.of::<R>().find_not_finite)(world, self.declaration)
    }

    /// Adds the systems of the model to a schedule; `probed` says whether recorders read its state.
    pub fn add_systems<R: Real>(&self, schedule: &mut StepSchedule, probed: bool) {
        (self.hooks.of::<R>().add_systems)(schedule, self.declaration, probed);
    }
}

/// A registered synapse model.
#[derive(Clone, Copy)]
pub struct SynapseEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    hooks: PerPrecision<SynapseHooks>,
}

impl SynapseEntry {
    /// Whether the model stores synapses of these plans together.
    #[must_use]
    pub fn joins(&self, parts: &[SynapsePlan<'_>]) -> bool {
        match parts.first().map(|plan| plan.precision) {
            Some(Precision::F32) => (self.hooks.f32.joins)(parts),
            Some(Precision::F64) => (self.hooks.f64.joins)(parts),
            None => false,
        }
    }

    /// Gives an entity the synapses of one part, or of several that the model joins.
    ///
    /// # Errors
    /// Where memory runs out or parameters do not fit together.
    pub fn spawn<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        parts: &[SynapseSetup<'_>],
    ) -> Result<(), BuildError> {
        (self.hooks.of::<R>().spawn)(entity, parts)
    }

    /// What the synapses of a plan would take.
    ///
    /// # Errors
    /// Where the parameters do not fit together, or do not fit the projection.
    pub fn plan(&self, plan: &SynapsePlan<'_>) -> Result<StorageSize, ParameterError> {
        match plan.precision {
            Precision::F32 => (self.hooks.f32.plan)(plan),
            Precision::F64 => (self.hooks.f64.plan)(plan),
        }
    }

    /// Gives every synapse of a part of an entity to `edit`; what it returns becomes the weight.
    ///
    /// # Errors
    /// Where memory runs out or no receptor takes a weight.
    pub fn edit<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        part: usize,
        edit: &mut EditSynapse<'_>,
    ) -> Result<(), BuildError> {
        (self.hooks.of::<R>().edit)(entity, part, edit)
    }

    /// Shows every synapse of a part of an entity.
    pub fn visit<R: Real>(&self, entity: EntityRef<'_>, part: usize, visit: &mut dyn FnMut(Synapse)) {
        (self.hooks.of::<R>().visit)(entity, part, visit);
    }

    /// The size of a part of an entity; `None` if it has no synapses of this model.
    #[must_use]
    pub fn size<R: Real>(&self, entity: EntityRef<'_>, part: usize) -> Option<StorageSize> {
        (self.hooks.of::<R>().size)(entity, part)
    }

    /// Adds the system of the model to a schedule: for the synapses that act before the neurons advance, or for those
    /// that add to state that receptors hold.
    pub fn add_systems<R: Real>(&self, schedule: &mut StepSchedule, accumulate: bool) {
        (self.hooks.of::<R>().add_systems)(schedule, self.declaration, accumulate);
    }
}

/// A registered stimulus model.
#[derive(Clone, Copy)]
pub struct StimulusEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    /// What it sends.
    pub output: StimulusOutput,
    hooks: PerPrecision<StimulusHooks>,
}

impl StimulusEntry {
    /// Checks a set of parameters.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn check(&self, setup: DeviceSetup<'_>) -> Result<(), ParameterError> {
        (self.hooks.f64.check)(setup)
    }

    /// Gives an entity the device, connected to its targets on one slice.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn spawn<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        setup: DeviceSetup<'_>,
        target: DeviceTarget,
    ) -> Result<(), ParameterError> {
        (self.hooks.of::<R>().spawn)(entity, setup, target)
    }

    /// Adds the system of the model to a schedule: for the devices that act before the neurons advance, or for those
    /// that add to state that receptors hold.
    pub fn add_systems<R: Real>(&self, schedule: &mut StepSchedule, accumulate: bool) {
        (self.hooks.of::<R>().add_systems)(schedule, self.declaration, accumulate);
    }
}
