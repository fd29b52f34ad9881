//! What the engine requires of every process, and of every action of a protocol.

use neuropil_core::{
    ActionModel, ActorSetup, Declaration, ParameterError, Plugin, Precision, ProcessModel, View,
};
use neuropil_network::{Action, Event, Network, Process};

use crate::network::{STEPS, registry, small_network, some_neurons};
use crate::outcome::{same_however_cut, simulate};
use crate::values::{extremes, values};

/// The steps before which an action happens: in the middle of epochs.
const HAPPENS: [u64; 2] = [137, 250];

/// Checks what the engine requires of a process, on a small network of the first neurons of a plugin, with its defaults but for
/// `changes`, with which it has to change something:
///
/// - in both precisions, spikes and state do not depend on partitions, nor on the pieces of a run;
/// - parameters in their ranges are taken or refused, without panic.
///
/// The network has the populations 0 and 1, and noise with a `rate` as stimulus 0; the process is about a part of population 0.
///
/// # Panics
/// If one of these does not hold.
pub fn process_conformance<P: ProcessModel>(neurons: &dyn Plugin, changes: &[(&str, f64)]) {
    let mut registry = registry(neurons);
    registry.add_process::<P>();
    let model = *registry.process(P::NAME).expect("it is registered");
    let network = small_network(&registry);
    let parameters = values(model.declaration, changes);
    are_taken_or_refused(&network, model.declaration, &parameters, |setup| model.check(setup));
    let interval = network.grid.steps(parameters[0]).expect("an interval on the grid");
    let process = Process { name: P::NAME.to_owned(), model, of: some_neurons(), parameters, interval };
    acts(P::NAME, &network, &Network { processes: vec![process], ..network.clone() });
}

/// Checks what the engine requires of an action, which happens twice: the same as of a [process](process_conformance).
///
/// # Panics
/// If one of these does not hold.
pub fn action_conformance<A: ActionModel>(neurons: &dyn Plugin, changes: &[(&str, f64)]) {
    let mut registry = registry(neurons);
    registry.add_action::<A>();
    let model = *registry.action(A::NAME).expect("it is registered");
    let network = small_network(&registry);
    let parameters = values(model.declaration, changes);
    are_taken_or_refused(&network, model.declaration, &parameters, |setup| model.check(setup));
    let event = |step| {
        let (of, parameters) = (some_neurons(), parameters.clone());
        Event { step, action: Action::Plugin { model, of, parameters } }
    };
    acts(A::NAME, &network, &Network { protocol: HAPPENS.map(event).to_vec(), ..network.clone() });
}

/// Checks that what acts on a network changes something, however the network is cut.
fn acts(name: &str, without: &Network, with: &Network) {
    let [_, changed] = same_however_cut(with, STEPS);
    let unchanged = simulate(without, STEPS, Precision::F64, (1, &[]));
    assert!(changed != unchanged, "`{name}` changes nothing: change its parameters");
}

fn are_taken_or_refused(
    network: &Network,
    declaration: &Declaration,
    parameters: &[f64],
    check: impl Fn(&ActorSetup<'_>) -> Result<(), ParameterError>,
) {
    let directory = network.directory(Precision::F64);
    let of: View = some_neurons();
    let setup = |parameters: &[f64]| {
        check(&ActorSetup { parameters, interval_ms: 1.0, of: &of, directory: &directory })
    };
    let refused = |error: ParameterError| panic!("`{}` refuses these parameters: {error}", declaration.name);
    setup(parameters).unwrap_or_else(refused);
    for (k, parameter) in declaration.parameters.iter().enumerate() {
        for value in extremes(parameter) {
            let mut extreme = parameters.to_vec();
            extreme[k] = value;
            // Whether it refuses is its own matter.
            setup(&extreme).ok();
        }
    }
}

#[cfg(test)]
mod tests;
