//! A plugin adds systems to any phase of a step, and resources to every partition, with the same results for any number of
//! partitions and for a run in pieces.

use bevy_ecs::prelude::*;
use neuropil::network::systems;
use neuropil_core::{
    Clock, Fired, InputSlice, Inputs, Plugin, Precision, Real, Registry, Slice, StepSchedule, StepSpikes,
    StepSystems, Systems,
};
use neuropil_testing::same_however_cut;
use neuropil_tests::{scene, scene_with, simulate_in_pieces};

/// Global inhibition: for each spike of the network, every neuron gets a small negative current a while later.
struct Inhibition;

impl Plugin for Inhibition {
    fn build(&self, registry: &mut Registry) {
        registry.add_systems::<Self>();
        registry.add_resource::<Counts>();
    }

    fn name(&self) -> &'static str {
        "inhibition"
    }
}

/// How many spikes there were in the last steps of the whole network, by step modulo the length.
#[derive(Resource)]
struct Counts([u32; 128]);

impl Default for Counts {
    fn default() -> Self {
        Self([0; 128])
    }
}

/// Longer than any epoch of a network that nothing else delays.
const DELAY: u64 = 100;

impl Systems for Inhibition {
    fn add_to<R: Real>(schedule: &mut StepSchedule) {
        schedule.add(StepSystems::Listen, "count spikes", count_spikes);
        schedule.add(StepSystems::Stimulate, "inhibit", inhibit::<R>);
        schedule.add(StepSystems::Learn, "drop every seventh neuron", drop_every_seventh);
    }
}

fn count_spikes(spikes: StepSpikes<'_>, mut counts: ResMut<Counts>) {
    counts.0[spikes.step() as usize % 128] =
        (0..2).map(|population| spikes.of(population).len() as u32).sum();
}

fn inhibit<R: Real>(
    clock: Res<Clock>,
    counts: Res<Counts>,
    mut inputs: ResMut<Inputs<R>>,
    slices: Query<&InputSlice>,
) {
    let Some(step) = clock.step.checked_sub(DELAY) else { return };
    let current = R::from_f64(-4.0) * R::from_count(counts.0[step as usize % 128]);
    for slice in &slices {
        inputs.of(slice).all_mut().iter_mut().for_each(|input| *input += current);
    }
}

/// Their spikes reach no one, and no recorder.
fn drop_every_seventh(mut slices: Query<(&Slice, &mut Fired)>) {
    for (slice, mut fired) in &mut slices {
        fired.0.retain(|neuron| !(slice.start + neuron).is_multiple_of(7));
    }
}

const NETWORK: &str = r#"(
    dt: "0.1 ms", duration: "60 ms", seed: 5,
    populations: (
        E: (n: 101, model: iaf_psc_exp(I_e: normal(mean: "450 pA", sd: "50 pA"))),
        I: (n: 33, model: iaf_psc_exp(I_e: "420 pA")),
    ),
    projections: [
        (from: "E", to: ["E", "I"], rule: fixed_indegree(indegree: 10), synapse: static(weight: "20 pA", delay: "0.7 ms")),
    ],
)"#;

#[test]
fn with_the_same_results_however_the_network_is_cut() {
    let experiment = scene_with(&Inhibition, NETWORK);
    let plain = scene(NETWORK, &[]);
    let outcomes = same_however_cut(&experiment.network, experiment.duration);
    for (outcome, precision) in outcomes.into_iter().zip([Precision::F32, Precision::F64]) {
        let n = outcome.spikes.len();
        assert!(n > 100 && n < simulate_in_pieces(&plain, precision, 1, &[]).spikes.len(), "{n} spikes");
        assert!(outcome.spikes.iter().all(|spike| spike.2 % 7 != 0));
    }
}

#[test]
fn in_the_order_of_phases_and_after_those_of_models() {
    let names = |plugin: bool| -> Vec<String> {
        let experiment = if plugin { scene_with(&Inhibition, NETWORK) } else { scene(NETWORK, &[]) };
        systems(&experiment.network, Precision::F32).into_iter().map(|(_, name)| name).collect()
    };
    assert_eq!(names(false), ["deliver static", "integrate iaf_psc_exp", "collect spikes", "advance clock"]);
    assert_eq!(
        names(true),
        [
            "inhibit",
            "deliver static",
            "integrate iaf_psc_exp",
            "drop every seventh neuron",
            "collect spikes",
            "advance clock",
            "count spikes"
        ]
    );
}
