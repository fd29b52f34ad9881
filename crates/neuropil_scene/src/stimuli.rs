//! The stimuli of a scene.

use neuropil_core::engine::StimulusEntry;
use neuropil_core::{Column, ModelKind, ParameterError, StimulusSetup};
use neuropil_network::{Source, Stimulus};

use crate::context::Context;
use crate::fields::named;
use crate::messages::all_of;
use crate::names::{check_name, check_not_taken};
use crate::node::Node;
use crate::parameters::ModelUse;
use crate::populations::Slot;
use crate::projections::connected::Named;

/// A stimulus by name; `None` where it has errors.
pub(crate) struct DeclaredStimulus<'a> {
    pub(crate) name: &'a str,
    pub(crate) stimulus: Option<Stimulus>,
}

/// Reads all stimuli, whose names must differ from those of populations.
pub(crate) fn read<'a>(
    node: Option<Node<'a>>,
    populations: &[Slot<'a>],
    context: &Context<'a>,
) -> Vec<DeclaredStimulus<'a>> {
    let entries = node.map(|n| named(n, "stimulus", context.messages)).unwrap_or_default();
    entries
        .into_iter()
        .map(|entry| {
            check_name(entry.key, "stimulus", context.messages);
            let populations = populations.iter().map(|p| p.name);
            check_not_taken((entry.key, "stimulus"), populations, "population", context.messages);
            DeclaredStimulus { name: entry.key, stimulus: context.stimulus(entry.key, entry.node) }
        })
        .collect()
}

/// Warns of stimuli without targets.
pub(crate) fn warn_of_unused(stimuli: &[DeclaredStimulus<'_>], projections: &[Named], context: &Context<'_>) {
    for (i, stimulus) in stimuli.iter().enumerate() {
        let mut connected = projections.iter().flat_map(|p| &p.connected);
        if connected.all(|c| c.projection.source != Source::Stimulus(i)) {
            let message = format!("the stimulus `{}` has no targets", stimulus.name);
            let warning = context.messages.warning(stimulus.name, message);
            context.messages.report::<()>(warning.help("connect it with a projection"));
        }
    }
}

impl<'a> Context<'a> {
    fn stimulus(&self, name: &str, node: Node<'a>) -> Option<Stimulus> {
        let model = ModelUse::read(node, "stimulus", self.messages)?;
        let Some(entry) = self.registry.stimulus(model.name).copied() else {
            return self.no_model(model.name, ModelKind::Stimulus);
        };
        let nodes = model.parameters(entry.declaration, self.messages);
        let declared = entry.declaration.parameters.iter();
        let parameters = all_of(declared.zip(&nodes).map(|(p, n)| self.single(*n, p, &model)))?;
        self.check_device(&entry, &parameters, &nodes, &model)?;
        Some(Stimulus { name: name.to_owned(), model: entry, parameters })
    }

    fn check_device(
        &self,
        entry: &StimulusEntry,
        parameters: &[f64],
        nodes: &[Option<Node<'a>>],
        model: &ModelUse<'a>,
    ) -> Option<()> {
        match self.check_stimulus(entry, parameters)? {
            Ok(()) => Some(()),
            Err(error) => self.blame(&error, entry.declaration, nodes, model),
        }
    }

    /// What a model says about the parameters of a stimulus.
    pub(crate) fn check_stimulus(
        &self,
        entry: &StimulusEntry,
        parameters: &[f64],
    ) -> Option<Result<(), ParameterError>> {
        Some(entry.check(StimulusSetup {
            parameters,
            grid: self.grid?,
            seed: 0,
            projection: 0,
            targets: Vec::new(),
            weights: Column::Shared(1.0),
        }))
    }
}
