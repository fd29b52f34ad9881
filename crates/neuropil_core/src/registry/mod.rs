//! Plugins, and the models that they register.

mod action;
mod distribution;
mod function;
mod neuron;
mod process;
mod recorder;
mod rule;
mod stimulus;
mod synapse;
mod systems;

use std::collections::BTreeMap;

use bevy_ecs::prelude::*;

use crate::actor::action::ActionModel;
use crate::actor::process::ProcessModel;
use crate::declare::declaration::{Declaration, ModelKind};
use crate::declare::page::{Page, declaration_of};
use crate::declare::parameters::Parameters;
use crate::function::FunctionModel;
use crate::neuron::component::{NeuronHooks, NeuronModel};
use crate::number::real::PerPrecision;
use crate::random::distribution::DistributionModel;
use crate::recorder::model::RecorderModel;
use crate::rule::{Rule, RuleModel};
use crate::step::systems::Systems;
use crate::stimulus::component::{StimulusHooks, StimulusModel};
use crate::synapse::model::{SynapseHooks, SynapseModel};

pub use action::ActionEntry;
pub use distribution::DistributionEntry;
pub use function::FunctionEntry;
pub use neuron::NeuronEntry;
pub use process::ProcessEntry;
pub use recorder::RecorderEntry;
pub use rule::RuleEntry;
pub use stimulus::StimulusEntry;
pub use synapse::SynapseEntry;
pub use systems::Extensions;

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
    processes: BTreeMap<&'static str, ProcessEntry>,
    actions: BTreeMap<&'static str, ActionEntry>,
    extensions: Extensions,
    rules: BTreeMap<&'static str, RuleEntry>,
    recorders: BTreeMap<&'static str, RecorderEntry>,
    distributions: BTreeMap<&'static str, DistributionEntry>,
    functions: BTreeMap<&'static str, FunctionEntry>,
}

impl Registry {
    /// Adds the models of a plugin.
    ///
    /// # Panics
    /// If it registers a name that is taken: two plugins of a program may not share one.
    pub fn add_plugin(&mut self, plugin: &dyn Plugin) -> &mut Self {
        // A crate may have several plugins, one for each of its models.
        if !self.plugins.contains(&plugin.name()) {
            self.plugins.push(plugin.name());
        }
        plugin.build(self);
        self
    }

    /// Registers a neuron model that is written as its columns, in both precisions.
    pub fn add_neuron_model<F32, F64>(&mut self, declaration: &'static Declaration)
    where
        F32: NeuronModel<Real = f32>,
        F64: NeuronModel<Real = f64>,
    {
        let hooks = PerPrecision { f32: NeuronHooks::new::<F32>(), f64: NeuronHooks::new::<F64>() };
        self.assert_free(declaration, ModelKind::Neuron);
        self.neurons.insert(declaration.name, NeuronEntry { declaration, hooks });
    }

    /// Registers a synapse model that is written as a component, in both precisions.
    pub fn add_synapse_model<F32, F64>(&mut self, declaration: &'static Declaration)
    where
        F32: SynapseModel<Real = f32>,
        F64: SynapseModel<Real = f64>,
    {
        let hooks = PerPrecision { f32: SynapseHooks::new::<F32>(), f64: SynapseHooks::new::<F64>() };
        self.assert_free(declaration, ModelKind::Synapse);
        self.synapses.insert(declaration.name, SynapseEntry { declaration, hooks });
    }

    /// Registers a stimulus model that is written as a component, in both precisions.
    pub fn add_stimulus_model<F32, F64>(&mut self, declaration: &'static Declaration)
    where
        F32: StimulusModel<Real = f32>,
        F64: StimulusModel<Real = f64>,
    {
        let hooks = PerPrecision { f32: StimulusHooks::new::<F32>(), f64: StimulusHooks::new::<F64>() };
        self.assert_free(declaration, ModelKind::Stimulus);
        self.stimuli.insert(declaration.name, StimulusEntry { declaration, hooks, output: F64::OUTPUT });
    }

    /// Registers a process.
    pub fn add_process<P: ProcessModel>(&mut self) {
        let entry = ProcessEntry::new::<P>();
        self.assert_free(entry.declaration, ModelKind::Process);
        self.processes.insert(entry.declaration.name, entry);
    }

    /// Registers an action of protocols.
    pub fn add_action<M: ActionModel>(&mut self) {
        let entry = ActionEntry::new::<M>();
        self.assert_free(entry.declaration, ModelKind::Action);
        self.actions.insert(entry.declaration.name, entry);
    }

    /// Registers systems that run in every network, in both precisions.
    pub fn add_systems<S: Systems>(&mut self) {
        self.extensions.add_systems::<S>();
    }

    /// Registers a resource, of which every partition makes its own when its neurons and synapses are there.
    pub fn add_resource<T: Resource + FromWorld>(&mut self) {
        self.extensions.add_resource::<T>();
    }

    /// The systems and resources of the plugins.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// Registers a connection rule.
    pub fn add_rule<M: RuleModel + Page + Parameters>(&mut self) {
        let declaration = const { &declaration_of::<M, M>(ModelKind::Rule) };
        self.assert_free(declaration, ModelKind::Rule);
        self.rules.insert(declaration.name, RuleEntry { declaration, make: Rule::new::<M> });
    }

    /// Registers a kind of recorder.
    ///
    /// # Panics
    /// If recorders of the kind are one, but have parameters, in which they could differ.
    pub fn add_recorder<M: RecorderModel>(&mut self) {
        let entry = RecorderEntry::new::<M>();
        let can_differ = entry.is_shared && !entry.declaration.parameters.is_empty();
        assert!(!can_differ, "recorders of {} share a table: they can have no parameters", M::NAME);
        self.assert_free(entry.declaration, ModelKind::Recorder);
        self.recorders.insert(entry.declaration.name, entry);
    }

    /// Registers a random distribution.
    pub fn add_distribution<M: DistributionModel + Page + Parameters>(&mut self) {
        let entry = DistributionEntry::new::<M>();
        self.assert_free(entry.declaration, ModelKind::Distribution);
        self.distributions.insert(entry.declaration.name, entry);
    }

    /// Registers a function of expressions.
    ///
    /// # Panics
    /// If an argument is no number, or if its number of arguments or their units do not fit what it says of the result.
    pub fn add_function<M: FunctionModel>(&mut self) {
        let entry = FunctionEntry::new::<M>();
        assert!(entry.is_consistent(), "the arguments of {} do not fit what it declares", M::NAME);
        self.assert_free(entry.declaration, ModelKind::Function);
        self.functions.insert(entry.declaration.name, entry);
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

    /// The process of this name.
    #[must_use]
    pub fn process(&self, name: &str) -> Option<&ProcessEntry> {
        self.processes.get(name)
    }

    /// The action of this name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&ActionEntry> {
        self.actions.get(name)
    }

    /// The connection rule of this name.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&RuleEntry> {
        self.rules.get(name)
    }

    /// The connection rules, in the order of their names.
    pub fn rules(&self) -> impl Iterator<Item = &RuleEntry> {
        self.rules.values()
    }

    /// The kind of recorder of this name.
    #[must_use]
    pub fn recorder(&self, name: &str) -> Option<&RecorderEntry> {
        self.recorders.get(name)
    }

    /// The kinds of recorders, in the order of their names.
    pub fn recorders(&self) -> impl Iterator<Item = &RecorderEntry> {
        self.recorders.values()
    }

    /// The random distribution of this name.
    #[must_use]
    pub fn distribution(&self, name: &str) -> Option<&DistributionEntry> {
        self.distributions.get(name)
    }

    /// The function of this name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&FunctionEntry> {
        self.functions.get(name)
    }

    /// The names of all models of a kind.
    #[must_use]
    pub fn names(&self, kind: ModelKind) -> Vec<&'static str> {
        self.declarations().filter(|d| d.kind == kind).map(|d| d.name).collect()
    }

    /// The declarations of all models, kind by kind, each in the order of their names.
    pub fn declarations(&self) -> impl Iterator<Item = &'static Declaration> {
        let neurons = self.neurons.values().map(|e| e.declaration);
        let synapses = self.synapses.values().map(|e| e.declaration);
        let stimuli = self.stimuli.values().map(|e| e.declaration);
        let processes = self.processes.values().map(|e| e.declaration);
        let actions = self.actions.values().map(|e| e.declaration);
        let rules = self.rules.values().map(|e| e.declaration);
        let recorders = self.recorders.values().map(|e| e.declaration);
        let distributions = self.distributions.values().map(|e| e.declaration);
        let functions = self.functions.values().map(|e| e.declaration);
        let in_time = neurons.chain(synapses).chain(stimuli).chain(rules).chain(processes);
        in_time.chain(recorders).chain(actions).chain(distributions).chain(functions)
    }

    /// The names of the plugins, in the order in which they were added.
    #[must_use]
    pub fn plugins(&self) -> &[&'static str] {
        &self.plugins
    }
}
