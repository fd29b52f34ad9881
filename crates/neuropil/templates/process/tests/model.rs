//! What the process promises.

use neuropil_core::Registry;
use neuropil_distribution_standard::StandardDistributionsPlugin;
use neuropil_neuron_iaf_psc_exp::IafPscExp;
use neuropil_process_my_process::MyProcess;
use neuropil_run::{Epoch, Observer, Scene, Simulation};

const SCENE: &str = r#"(
    duration: "2 s",
    populations: (E: (n: 100, model: iaf_psc_exp(I_e: normal(mean: "300 pA", sd: "20 pA")))),
    processes: (loop: my_process(of: "E", rate: "10 Hz", interval: "50 ms")),
)"#;

/// Counts spikes.
struct Count(usize);

impl Observer for Count {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        self.0 += epoch.steps().map(|step| epoch.fired(0, step).len()).sum::<usize>();
        true
    }
}

/// The number of spikes in each second, with the network cut into so many partitions.
fn spikes(partitions: usize) -> [usize; 2] {
    let mut registry = Registry::default();
    registry.add_plugin(&StandardDistributionsPlugin).add_plugin(&IafPscExp).add_plugin(&MyProcess);
    let scene = Scene::from_text(SCENE, &registry).unwrap_or_else(|failure| panic!("{failure}"));
    let experiment = scene.experiment();
    let built = Simulation::build(&experiment.network, experiment.precision, partitions);
    let mut simulation = built.expect("a small network");
    [(), ()].map(|()| {
        let mut count = Count(0);
        simulation.run(experiment.duration / 2, &mut count).expect("nothing breaks off");
        count.0
    })
}

#[test]
fn it_holds_the_rate() {
    let [_, late] = spikes(1);
    assert!((900..=1100).contains(&late), "{late} spikes of 100 neurons in a second, for 10 Hz");
}

#[test]
fn results_do_not_depend_on_partitions() {
    let one = spikes(1);
    assert_eq!([spikes(2), spikes(3)], [one, one]);
}
