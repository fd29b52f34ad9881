//! An action of a plugin acts on the neurons that it names, at its time, with the same results for any number of partitions and
//! for a run in pieces.

use bevy_ecs::prelude::*;
use neuropil_core::prelude::*;
use neuropil_core::{Access, AccessError, ActionModel, ActorSetup, Fired, Slice, StepSchedule, StepSystems};
use neuropil_testing::same_however_cut;
use neuropil_tests::{compile_with, scene_with};

/// Silences a random part of the neurons: what they fire reaches no one.
#[derive(Action)]
#[model("silence")]
struct Silence;

#[derive(Parameters)]
struct SilenceParameters {
    /// The part.
    #[parameter(NONE, default = 0.1, Probability)]
    part: f64,
}

/// The neurons of a slice that are silent, by number.
#[derive(Component, Default)]
struct Silent(Vec<u32>);

impl ActionModel for Silence {
    type Parameters = SilenceParameters;

    fn check(parameters: &SilenceParameters, setup: &ActorSetup<'_>) -> Result<(), ParameterError> {
        if parameters.part * f64::from(setup.of.len()) < 1.0 {
            return Err(ParameterError::new("part", "not a single neuron would be silenced"));
        }
        Ok(())
    }

    fn apply(parameters: &SilenceParameters, access: &mut Access<'_>) -> Result<(), AccessError> {
        let streams = access.streams();
        let silenced =
            |position| f64::from(streams.block(position, 0)[0]) < parameters.part * f64::from(u32::MAX);
        for owned in access.owned(access.view()) {
            let neurons = owned.neurons().filter(|neuron| silenced(neuron.position));
            let silent = neurons.map(|neuron| neuron.number).collect();
            access.world().entity_mut(owned.entity).insert(Silent(silent));
        }
        Ok(())
    }

    fn add_systems<R: Real>(schedule: &mut StepSchedule) {
        schedule.add(StepSystems::Integrate, "silence neurons", silence);
    }
}

fn silence(mut slices: Query<(&Slice, &Silent, &mut Fired)>) {
    for (slice, silent, mut fired) in &mut slices {
        fired.0.retain(|place| silent.0.binary_search(&(slice.start + place)).is_err());
    }
}

const NETWORK: &str = r#"(
    dt: "0.1 ms", seed: 5,
    populations: (
        E: (n: 101, model: iaf_psc_exp(I_e: normal(mean: "500 pA", sd: "20 pA"))),
        I: (n: 33, model: iaf_psc_exp(I_e: "420 pA")),
    ),
    projections: [
        (from: "E", to: ["E", "I"], rule: fixed_indegree(indegree: 10), synapse: static(weight: "20 pA", delay: "0.7 ms")),
    ],
    protocol: [run("40 ms"), silence(of: "E[1..101]", part: 0.3), run("40 ms")],
)"#;

#[test]
fn with_the_same_results_however_the_network_is_cut() {
    let experiment = scene_with(&Silence, NETWORK);
    for outcome in same_however_cut(&experiment.network, experiment.duration) {
        let fire = |neuron: u32, late: bool| outcome.spikes_of(0, neuron).iter().any(|&t| (t > 400) == late);
        let silenced = (0..101).filter(|&neuron| fire(neuron, false) && !fire(neuron, true)).count();
        assert!((15..45).contains(&silenced), "{silenced} neurons are silenced");
        assert!(fire(0, true));
    }
}

#[test]
fn what_is_wrong_is_said_before_anything_runs() {
    let message = |action: &str| {
        let text = NETWORK.replace(r#"silence(of: "E[1..101]", part: 0.3)"#, action);
        compile_with(&Silence, &text).err().unwrap()
    };
    for (action, expected) in [
        (r#"silense(of: "E")"#, "did you mean `silence`?"),
        (r#"silence(part: 0.5)"#, "the field `of` is missing"),
        (r#"silence(of: "E", part: 2)"#, "`part` must be from 0 to 1, but is 2"),
        (r#"silence(of: "E[0]")"#, "`silence`: not a single neuron would be silenced"),
    ] {
        let message = message(action);
        assert!(message.contains(expected), "{action}\n{message}");
    }
}
