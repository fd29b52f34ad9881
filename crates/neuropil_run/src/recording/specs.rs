//! Which tables a run has.

use neuropil_core::Precision;
use neuropil_network::{Experiment, Network, Recorder, RecorderKind};
use neuropil_record::{TableContext, TableSpec, TraceVariable};

/// The tables of an experiment: that of spikes, if any are recorded, and then those of the other recorders in turn.
pub(crate) fn tables(experiment: &Experiment) -> Vec<TableSpec> {
    let all = || experiment.network.recorders.iter().map(|r| table(experiment, r));
    let spikes = all().find(|t| *t == TableSpec::Spikes);
    spikes.into_iter().chain(all().filter(|t| *t != TableSpec::Spikes)).collect()
}

/// The table that a recorder writes to.
pub(crate) fn table(experiment: &Experiment, recorder: &Recorder) -> TableSpec {
    let network = &experiment.network;
    let name = recorder.name.clone();
    let single_precision = experiment.precision == Precision::F32;
    match &recorder.kind {
        RecorderKind::Spikes => TableSpec::Spikes,
        RecorderKind::Traces { variables, .. } => {
            let variables = trace_variables(network, recorder, variables);
            TableSpec::Traces { name, variables, single_precision }
        }
        RecorderKind::Rate { .. } => TableSpec::Rate { name },
        RecorderKind::Weights { projection, .. } => {
            TableSpec::Weights { name, unit: weight_unit(network, *projection).to_owned(), single_precision }
        }
    }
}

fn trace_variables(network: &Network, recorder: &Recorder, variables: &[String]) -> Vec<TraceVariable> {
    let population = recorder.view.populations().first().map_or(0, |&p| p as usize);
    let states = network.populations[population].model.declaration.states;
    let unit = |name: &String| states.iter().find(|s| s.name == name).map_or("", |s| s.unit.symbol);
    let variable = |name: &String| TraceVariable { name: name.clone(), unit: unit(name).to_owned() };
    variables.iter().map(variable).collect()
}

/// The unit of a projection's weights: that of the receptor it names, or of the first that takes spikes.
pub(crate) fn weight_unit(network: &Network, projection: usize) -> &'static str {
    let projection = &network.projections[projection];
    let population = projection.target.populations().first().map_or(0, |&p| p as usize);
    let receptors = network.populations[population].model.declaration.receptors;
    let reached = |receptor: &&neuropil_core::Receptor| match &projection.receptor {
        Some(name) => receptor.name == name,
        None => receptor.accepts != neuropil_core::Accepts::Current,
    };
    receptors.iter().find(reached).map_or("", |receptor| receptor.unit.symbol)
}

/// What all tables of a run say about it.
pub(super) fn context(network: &Network, scene_hash: String) -> TableContext {
    TableContext {
        grid: network.grid,
        populations: network.populations.iter().map(|p| (p.name.clone(), u64::from(p.n))).collect(),
        scene_hash,
        version: env!("CARGO_PKG_VERSION").into(),
    }
}
