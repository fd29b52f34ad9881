//! The systems that a network needs, by its models.

use std::collections::BTreeMap;

use neuropil_core::engine::{advance_clock, collect_spikes, keep_spikes};
use neuropil_core::{Precision, Real, StepSchedule, StepSystems};

use crate::description::{Network, Source};

/// The systems that the models of a network need in one of so many partitions, in the order of the models' names, and then
/// those of plugins.
pub(crate) fn schedule<R: Real>(network: &Network, parts: usize) -> StepSchedule {
    let mut schedule = StepSchedule::default();
    let (mut neurons, mut synapses, mut stimuli) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (number, population) in (0..).zip(&network.populations) {
        let probed = network
            .recorders
            .iter()
            .any(|r| r.sees.samples.is_some() && r.view.populations().contains(&number));
        let entry = neurons.entry(population.model.declaration.name).or_insert((population.model, false));
        entry.1 |= probed;
    }
    for projection in &network.projections {
        let targets = projection.target.populations();
        let holds = |p: &u32| network.populations[*p as usize].model.declaration.holds_state_in_receptors();
        for accumulate in [false, true] {
            match projection.source {
                Source::Neurons(_) if targets.iter().any(|p| holds(p) == accumulate) => {
                    let model = network.synapses[projection.synapse].model;
                    synapses.insert((accumulate, model.declaration.name), model);
                }
                Source::Stimulus(number) => {
                    let (model, current) =
                        (network.stimuli[number].model, network.stimuli[number].sends_current());
                    if targets.iter().any(|p| (holds(p) && !current) == accumulate) {
                        stimuli.insert((accumulate, model.declaration.name), model);
                    }
                }
                Source::Neurons(_) => (),
            }
        }
    }
    stimuli.iter().for_each(|((accumulate, _), model)| model.add_systems::<R>(&mut schedule, *accumulate));
    synapses.iter().for_each(|((accumulate, _), model)| model.add_systems::<R>(&mut schedule, *accumulate));
    neurons.values().for_each(|(model, probed)| model.add_systems::<R>(&mut schedule, *probed));
    if parts == 1 {
        schedule.add(StepSystems::Advance, "collect spikes", keep_spikes);
    } else {
        schedule.add(StepSystems::Advance, "collect spikes", collect_spikes);
    }
    schedule.add(StepSystems::Advance, "advance clock", advance_clock);
    let processes = network.processes.iter().map(|process| (process.model.declaration.name, process.model));
    let actions = network.actions().map(|model| (model.declaration.name, model));
    BTreeMap::from_iter(processes).values().for_each(|model| model.add_systems::<R>(&mut schedule));
    BTreeMap::from_iter(actions).values().for_each(|model| model.add_systems::<R>(&mut schedule));
    network.extensions.add_to::<R>(&mut schedule);
    schedule
}

/// The systems of a time step of a network, in the order in which they run.
#[must_use]
pub fn systems(network: &Network, precision: Precision) -> Vec<(StepSystems, String)> {
    fn names<R: Real>(network: &Network) -> Vec<(StepSystems, String)> {
        schedule::<R>(network, 1).names().map(|(phase, name)| (phase, name.to_owned())).collect()
    }
    match precision {
        Precision::F32 => names::<f32>(network),
        Precision::F64 => names::<f64>(network),
    }
}
