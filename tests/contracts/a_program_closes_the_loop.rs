//! A program that reads and changes a network between two pieces of a run holds a rate, sees and does the same in any number of
//! partitions, does what a protocol would do at that time, and is told what it got wrong.

use neuropil::core::Precision;
use neuropil::network::{Experiment, RunError, Simulation, Spike};
use neuropil_tests::{Collector, Outcome, scene, simulate_in_pieces};

const SCENE: &str = r#"(
    dt: "0.1 ms", seed: 5, duration: "50 ms",
    populations: (
        E: (n: 101, model: iaf_psc_exp(I_e: normal(mean: "350 pA", sd: "20 pA"))),
        I: (n: 33, model: iaf_psc_exp(I_e: "420 pA")),
        X: (n: 9, model: poisson(rate: "50 Hz")),
    ),
    views: (some: ["E[50..101]", "I[3..20]", "E[0..40]"]),
    stimuli: (noise: poisson_generator(rate: "8 kHz")),
    projections: [
        (from: "noise", to: ["E", "I"], synapse: static(weight: "25 pA", delay: "1.3 ms")),
        (name: "EE", from: "E", to: ["E", "I"], rule: fixed_indegree(indegree: 10), synapse: static(weight: "20 pA", delay: "0.7 ms")),
        (name: "XI", from: "X", to: "I", synapse: static(weight: uniform(low: "1 pA", high: "9 pA"), delay: "1 ms")),
    ],
)"#;

fn network() -> Experiment {
    scene(SCENE, &[])
}

fn build(experiment: &Experiment, parts: usize) -> Simulation {
    Simulation::build(&experiment.network, Precision::F64, parts).unwrap()
}

#[test]
fn and_holds_a_rate() {
    let mut simulation = build(&network(), 2);
    let cells = simulation.view("E").unwrap();
    let mut rates = Vec::new();
    for _ in 0..150 {
        let spikes = simulation.simulate(10.0).unwrap();
        let n_spikes = spikes.iter().filter(|spike| spike.is_of(&cells)).count();
        rates.push(n_spikes as f64 / f64::from(cells.len()) / 0.010);
        let error = 15.0 - rates.last().unwrap();
        let currents = simulation.parameter(&cells, "I_e").unwrap();
        let currents: Vec<f64> = currents.iter().map(|current| current + 0.3 * error).collect();
        simulation.set_parameter(&cells, "I_e", currents).unwrap();
    }
    let mean = |rates: &[f64]| rates.iter().sum::<f64>() / rates.len() as f64;
    assert!(mean(&rates[..3]) > 30.0, "{rates:?}");
    assert!((mean(&rates[75..]) - 15.0).abs() < 1.0, "{rates:?}");
}

/// Does everything at once, and returns what it saw.
fn loop_of_all_verbs(precision: Precision, parts: usize) -> (Outcome, Vec<Vec<f64>>) {
    let experiment = network();
    let mut simulation = Simulation::build(&experiment.network, precision, parts).unwrap();
    let (some, inhibitory) = (simulation.view("some").unwrap(), simulation.view("I").unwrap());
    let few = some.slice(30..77).unwrap();
    let (mut collector, mut seen) = (Collector::new(&experiment.network), Vec::new());
    for round in 0..20 {
        simulation.run(25, &mut collector).unwrap();
        let potentials = simulation.state(&some, "V_m").unwrap();
        let mean = potentials.iter().sum::<f64>() / f64::from(some.len());
        let pulled = potentials.iter().map(|v| v + 0.1 * (mean - v)).collect::<Vec<_>>();
        simulation.set_state(&some, "V_m", pulled).unwrap();
        let currents = simulation.parameter(&few, "I_e").unwrap();
        let raised = currents.iter().map(|i| i + 0.5 * (mean + 60.0)).collect::<Vec<_>>();
        simulation.set_parameter(&few, "I_e", raised).unwrap();
        simulation.set_parameter(&inhibitory, "tau_m", 10.0 + f64::from(round)).unwrap();
        let rate = simulation.stimulus("noise", "rate").unwrap();
        simulation.set_stimulus("noise", "rate", rate + 10.0 * (mean + 60.0)).unwrap();
        simulation.add_input(&few, "ex", 30.0).unwrap();
        simulation.add_input(&inhibitory, "current", potentials[..33].to_vec()).unwrap();
        let synapses = simulation.synapses("XI").unwrap();
        let weights: Vec<f64> = (0..).zip(&synapses).map(|(i, s)| s.weight + f64::from(i % 7)).collect();
        simulation.set_weights("XI", weights.clone()).unwrap();
        simulation.set_weights("EE", 20.0 + f64::from(round)).unwrap();
        seen.extend([potentials, currents, vec![rate], weights]);
    }
    (collector.outcome(), seen)
}

#[test]
fn with_the_same_result_in_any_number_of_partitions() {
    for precision in [Precision::F32, Precision::F64] {
        let reference = loop_of_all_verbs(precision, 1);
        assert!(reference.0.spikes.len() > 300, "{} spikes", reference.0.spikes.len());
        for parts in [2, 3, 5] {
            assert!(loop_of_all_verbs(precision, parts) == reference, "{precision:?} in {parts} partitions");
        }
    }
}

#[test]
fn as_a_protocol_would_at_that_time() {
    let protocol = r#"protocol: [
        run("20 ms"),
        set_state(of: "some", V_m: "-60 mV"),
        set(of: "some", I_e: "450 pA"),
        set(of: "noise", rate: "9 kHz"),
        set_weights(projection: "EE", weight: "41 pA"),
        run("30 ms"),
    ]"#;
    let written = scene(&SCENE.replace(r#"duration: "50 ms""#, protocol), &[]);
    for parts in [1, 3] {
        let reference = simulate_in_pieces(&written, Precision::F64, parts, &[]);
        let experiment = network();
        let (mut simulation, mut collector) =
            (build(&experiment, parts), Collector::new(&experiment.network));
        simulation.run(200, &mut collector).unwrap();
        let some = simulation.view("some").unwrap();
        simulation.set_state(&some, "V_m", -60.0).unwrap();
        simulation.set_parameter(&some, "I_e", 450.0).unwrap();
        simulation.set_stimulus("noise", "rate", 9000.0).unwrap();
        simulation.set_weights("EE", 41.0).unwrap();
        simulation.run(300, &mut collector).unwrap();
        assert!(collector.outcome() == reference, "{parts} partitions");
    }
}

/// Reads all, and sets what it has read.
#[test]
fn or_leaves_all_as_it_was() {
    let experiment = network();
    let reference = simulate_in_pieces(&experiment, Precision::F64, 1, &[]);
    for parts in [1, 2, 3] {
        let mut simulation = build(&experiment, parts);
        let (some, mut spikes) = (simulation.view("some").unwrap(), Vec::<Spike>::new());
        for _ in 0..20 {
            spikes.extend(simulation.simulate(2.5).unwrap());
            assert_eq!(simulation.state(&some, "V_m").unwrap().len(), some.len() as usize);
            let currents = simulation.parameter(&some, "I_e").unwrap();
            simulation.set_parameter(&some, "I_e", currents).unwrap();
            let rate = simulation.stimulus("noise", "rate").unwrap();
            simulation.set_stimulus("noise", "rate", rate).unwrap();
            let weights: Vec<f64> = simulation.synapses("XI").unwrap().iter().map(|s| s.weight).collect();
            simulation.set_weights("XI", weights).unwrap();
            simulation.add_input(&some, "ex", 0.0).unwrap();
        }
        let spikes: Vec<_> = spikes.iter().map(|s| (s.step, s.population, s.neuron)).collect();
        assert!(spikes == reference.spikes, "{parts} partitions");
    }
}

/// The values of a list stand at their positions.
#[test]
fn what_is_set_is_read_in_the_order_of_the_view() {
    for parts in [1, 3] {
        let mut simulation = build(&network(), parts);
        let (some, all) = (simulation.view("some").unwrap(), simulation.view("E").unwrap());
        let currents: Vec<f64> = (0..some.len()).map(f64::from).collect();
        simulation.set_parameter(&some, "I_e", currents.clone()).unwrap();
        assert_eq!(simulation.parameter(&some, "I_e").unwrap(), currents);
        // `E[50]` comes first in the view; `E[0]` after 51 and 17 others.
        let currents = simulation.parameter(&all, "I_e").unwrap();
        assert_eq!((currents[50], currents[0]), (0.0, 68.0));
        let weights: Vec<f64> = (1..=297).map(f64::from).collect();
        simulation.set_weights("XI", weights.clone()).unwrap();
        let synapses = simulation.synapses("XI").unwrap();
        assert!(synapses.iter().map(|s| s.weight).eq(weights));
    }
}

/// Neurons that no stimulus sends a current look for none, until a program brings some.
#[test]
fn current_reaches_neurons_that_no_stimulus_reaches() {
    let with_a_stimulus = SCENE.replace("stimuli: (", "stimuli: (dc: dc_generator(amplitude: \"0 pA\"), ");
    let with_a_stimulus = with_a_stimulus.replace(
        "projections: [",
        "projections: [(from: \"dc\", to: \"E\", synapse: static(delay: \"1 ms\")),",
    );
    let driven = |text: &str, current: f64| {
        let mut simulation = build(&scene(text, &[]), 2);
        let cells = simulation.view("E").unwrap();
        simulation.simulate(1.0).unwrap();
        simulation.add_input(&cells, "current", current).unwrap();
        simulation.simulate(0.2).unwrap();
        simulation.state(&cells, "V_m").unwrap()
    };
    let (still, moved) = (driven(SCENE, 0.0), driven(SCENE, 500.0));
    assert!(still.iter().zip(&moved).all(|(a, b)| b > a), "{still:?} {moved:?}");
    // A projection more has streams of its own, but the noise has come no earlier than its delay.
    assert_eq!(moved, driven(&with_a_stimulus, 500.0));
}

#[test]
fn what_is_wrong_is_said_with_a_suggestion() {
    let mut simulation = build(&network(), 3);
    let view = |name: &str| build(&network(), 1).view(name).unwrap();
    let (cells, all, noisy) = (view("E"), view("some"), view("X"));
    let unknown = [
        (
            simulation.view("som").err(),
            "the network: there is no population or view `som`: did you mean `some`?",
        ),
        (
            simulation.state(&cells, "V_n").err(),
            "population `E`: there is no state variable `V_n`: did you mean `V_m`?",
        ),
        (
            simulation.set_state(&cells, "v_m", 1.0).err(),
            "population `E`: there is no state variable `v_m`: did you mean `V_m`?",
        ),
        (
            simulation.parameter(&all, "tau_mm").err(),
            "population `E`: there is no parameter `tau_mm`: did you mean `tau_m`?",
        ),
        (
            simulation.stimulus("nois", "rate").err(),
            "the network: there is no stimulus `nois`: did you mean `noise`?",
        ),
        (
            simulation.stimulus("noise", "rat").err(),
            "stimulus `noise`: there is no parameter `rat`: did you mean `rate`?",
        ),
        (
            simulation.set_stimulus("noise", "rte", 1.0).err(),
            "stimulus `noise`: there is no parameter `rte`: did you mean `rate`?",
        ),
        (
            simulation.add_input(&all, "exx", 1.0).err(),
            "population `E`: there is no receptor `exx`: did you mean `ex`?",
        ),
        (simulation.synapses("EF").err(), "the network: there is no projection `EF`: did you mean `EE`?"),
        (
            simulation.set_weights("noise->E,I", 1.0).err(),
            "projection `noise->E,I`: it begins at a stimulus, which has no synapses of its own",
        ),
    ];
    let refused = [
        (simulation.set_state(&cells, "V_m", f64::NAN).err(), "`V_m`: it cannot be NaN"),
        (simulation.set_state(&cells, "V_m", vec![1.0]).err(), "`V_m`: 1 values for 101 neurons"),
        (simulation.set_weights("XI", vec![]).err(), "`XI`: 0 values for 297 synapses"),
        (
            simulation.set_stimulus("noise", "rate", -1.0).err(),
            "stimulus `noise`: `rate` cannot be -1: it is >= 0",
        ),
        (
            simulation.set_parameter(&noisy, "rate", -1.0).err(),
            "population `X`: `rate` cannot be -1: it is >= 0",
        ),
    ];
    for (error, message) in unknown.into_iter().chain(refused) {
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(message));
    }
    let error = simulation.simulate(0.25).unwrap_err();
    assert!(matches!(error, RunError::Duration(_)));
    assert_eq!(
        error.to_string(),
        "0.25 ms is not a whole number of steps of 0.1 ms; the nearest are 0.2 ms and 0.3 ms"
    );
}

/// A view of two populations, of which one takes a value and the other does not; and values of which one is refused.
#[test]
fn and_what_is_refused_changes_nothing() {
    let text = SCENE.replace("I_e: \"420 pA\"", "I_e: \"420 pA\", V_th: \"-65 mV\"");
    for parts in [1, 3] {
        let mut simulation = build(&scene(&text, &[]), parts);
        let some = simulation.view("some").unwrap();
        for (name, values, message) in [
            ("V_reset", vec![-60.0; 108], "population `I`: "),
            ("tau_m", (0..108).map(|i| 100.0 - f64::from(i)).collect(), "population `E`: `tau_m` cannot be"),
        ] {
            let before = simulation.parameter(&some, name).unwrap();
            let error = simulation.set_parameter(&some, name, values).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
            assert_eq!(simulation.parameter(&some, name).unwrap(), before);
        }
        simulation.simulate(5.0).unwrap();
    }
}
