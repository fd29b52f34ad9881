//! The network of Auryn's tutorial 2, and the exercises of its page.

use neuropil::network::{Epoch, Simulation};
use neuropil_tests::spike_statistics::{SpikeTrains, mean, sd};
use neuropil_tests::{auryn, experiment};

/// The excitatory spikes of an experiment between two times in ms.
fn excitatory(name: &str, window: (f64, f64)) -> SpikeTrains {
    let experiment = experiment(name, &[]);
    let network = &experiment.network;
    let mut trains = SpikeTrains::new(network.populations[0].n as usize, window);
    let mut observer = |epoch: &Epoch<'_>| {
        for step in epoch.steps() {
            let time = network.grid.time_ms(step + 1);
            epoch.fired(0, step).iter().for_each(|&neuron| trains.add(neuron as usize, time));
        }
        true
    };
    let mut simulation = Simulation::build(network, experiment.precision, 2).unwrap();
    simulation.run(experiment.duration, &mut observer).unwrap();
    trains
}

/// A seed that leaves the bursts early. Auryn: E 16.4 to 17.3 Hz and CV 0.59 to 0.62 from 1 to 10 s; after the block the assembly
/// fires at 45 to 51 Hz.
#[test]
fn tutorial_2_is_irregular_and_its_assembly_lights_up() {
    let run = auryn::run(SEED, 10.0, 0.5);
    println!("{}", auryn::table(&[run]));
    assert!(run.bursts_end.is_some_and(|end| end < 2.0), "{run:?}");
    let (e, i) = run.rates_hz;
    assert!((16.0..17.7).contains(&e) && (15.5..18.0).contains(&i), "{run:?}");
    assert!((0.57..0.64).contains(&run.cv_isi), "{run:?}");
    assert!(run.assembly_hz.0 < 19.0 && (43.0..52.0).contains(&run.assembly_hz.1), "{run:?}");
}

const SEED: u64 = 3;

/// Each pair is connected with a probability of 0.05: counts lie within 4 standard deviations of the mean, as Auryn's own do.
#[test]
fn tutorial_2_has_as_many_synapses_as_auryn() {
    let experiment = experiment("auryn_tutorial2", &[]);
    let simulation = Simulation::build(&experiment.network, experiment.precision, 2).unwrap();
    let counts: Vec<u64> = simulation.sizes().iter().map(|s| s.n_synapses).collect();
    let pairs =
        [5000.0 * 20_000.0, 20_000.0 * 19_999.0, 20_000.0 * 5000.0, 5000.0 * 20_000.0, 5000.0 * 4999.0];
    let auryn = [5_003_344, 20_010_639, 5_001_967, 4_996_958, 1_250_070];
    for ((ours, auryn), pairs) in counts.iter().zip(auryn).zip(pairs) {
        let (mean, sd) = (0.05 * pairs, f64::sqrt(pairs * 0.05 * 0.95));
        println!("{ours} synapses, Auryn {auryn}, expected {mean:.0} ± {sd:.0}");
        assert!((*ours as f64 - mean).abs() < 4.0 * sd, "{ours} instead of {mean} ± {sd}");
        assert!((f64::from(auryn) - mean).abs() < 4.0 * sd, "Auryn: {auryn} instead of {mean} ± {sd}");
    }
}

/// In bins of 1 ms the rate of the tutorial's irregular state varies by 0.83 of its mean.
#[test]
fn at_a_low_rate_it_is_asynchronous_and_irregular() {
    let trains = excitatory("auryn_low_rate", (1000.0, 6000.0));
    let (rate, cv, bins) = (trains.rate_hz(), trains.cv_isi(3), trains.population_rate(1.0));
    let noise = sd(&bins) / mean(&bins);
    println!("rate {rate:.2} Hz, CV {cv:.3}, sd/mean of the rate {noise:.3}");
    assert!((2.0..6.0).contains(&rate), "{rate} Hz");
    assert!(cv > 0.8, "CV {cv}");
    assert!(noise < 0.83, "sd/mean {noise}");
}

/// When each assembly is switched on and off, in s.
const SWITCHES: [(&str, f64, f64); 4] =
    [("A", 2.0, 3.25), ("B", 4.25, 5.5), ("C", 6.5, 7.75), ("A", 8.75, 10.0)];

#[test]
fn assemblies_are_multistable() {
    let trains = excitatory("auryn_assemblies", (0.0, 10_000.0));
    let rate = |assembly: &str, start: f64, stop: f64| {
        let first = 500 * ["A", "B", "C"].iter().position(|&name| name == assembly).unwrap();
        trains.of(first..first + 500).within((1000.0 * start, 1000.0 * stop)).rate_hz()
    };
    for (assembly, on, off) in SWITCHES {
        let before = rate(assembly, on - 0.5, on);
        // The stimulus lasts 0.2 s; half a second after it has ended, the assembly is still active.
        let active = rate(assembly, on + 0.7, off);
        let others: Vec<f64> =
            ["A", "B", "C"].into_iter().filter(|&a| a != assembly).map(|a| rate(a, on + 0.7, off)).collect();
        println!("{assembly} on at {on} s: before {before:.1}, active {active:.1}, others {others:.1?} Hz");
        assert!(active > 25.0 && active > 2.0 * before, "{assembly} at {on} s: {before} to {active} Hz");
        assert!(
            others.iter().all(|&r| r < 0.6 * active),
            "{assembly} at {on} s: {others:?} beside {active} Hz"
        );
        if off < 10.0 {
            let after = rate(assembly, off + 0.2, off + 0.7);
            println!("{assembly} off at {off} s: {after:.1} Hz");
            assert!(after < 0.5 * active, "{assembly} off at {off} s: {active} to {after} Hz");
        }
    }
}
