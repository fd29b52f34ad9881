//! What the action promises.

use neuropil_action_my_action::MyAction;
use neuropil_core::Registry;
use neuropil_neuron_iaf_psc_exp::IafPscExp;
use neuropil_run::{Epoch, Observer, Scene, Simulation};

const SCENE: &str = r#"(
    dt: "0.1 ms",
    populations: (E: (n: 10, model: iaf_psc_exp())),
    protocol: [run("2 ms"), my_action(of: "E[3..8]", by: "20 mV"), run("2 ms")],
)"#;

/// The spikes: step and neuron.
#[derive(Default)]
struct Spikes(Vec<(u64, u32)>);

impl Observer for Spikes {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        for step in epoch.steps() {
            self.0.extend(epoch.fired(0, step).iter().map(|&neuron| (step, neuron)));
        }
        true
    }
}

#[test]
fn the_neurons_that_it_names_are_lifted_above_threshold_however_the_network_is_cut() {
    let mut registry = Registry::default();
    registry.add_plugin(&IafPscExp).add_plugin(&MyAction);
    let scene = Scene::from_text(SCENE, &registry).unwrap_or_else(|failure| panic!("{failure}"));
    let experiment = scene.experiment();
    for partitions in 1..=3 {
        let built = Simulation::build(&experiment.network, experiment.precision, partitions);
        let mut spikes = Spikes::default();
        built.unwrap().run(experiment.duration, &mut spikes).unwrap();
        assert_eq!(spikes.0, [3, 4, 5, 6, 7].map(|neuron| (20, neuron)));
    }
}
