//! What happens while a network runs: the protocol, in steps and in the units of models.

use crate::common::{registry, scene};
use neuropil_core::{Distribution, Value};
use neuropil_distribution_standard::Uniform;
use neuropil_network::{Action, Event, Experiment, PatternPair, Selection, Simulation, View, WeightChange};
use neuropil_scene::{Compiled, Diagnostic, Override, SceneSource, compile};

fn compiled(text: &str, overrides: &[&str]) -> Compiled {
    let source = SceneSource::new(scene("tests/scenes/good/everything.ron").path, text);
    let overrides: Vec<_> = overrides.iter().map(|o| Override::set(o).unwrap()).collect();
    compile(&source, &overrides, &registry()).unwrap_or_else(|errors| panic!("{errors}"))
}

fn text(protocol: &str, more: &str) -> String {
    format!(
        r#"(
        constants: (w: "0.02 nA"),
        populations: (E: (n: 10, model: iaf_psc_alpha()), I: (n: 5, model: iaf_psc_alpha())),
        stimuli: (noise: poisson_generator(rate: "1 kHz")),
        projections: [
            (from: "E", to: ["I", "E"], synapse: static(weight: w)),
            (name: "in", from: "I", to: "E", synapse: static(weight: "-w")),
            (from: "noise", to: "E", synapse: static(weight: w)),
        ],
        protocol: [{protocol}],
        {more}
    )"#
    )
}

/// The experiment in which `actions` happen after 1 s.
fn experiment(actions: &str) -> Experiment {
    compiled(&text(&format!("run(\"1 s\"), {actions}, run(500)"), ""), &[]).experiment
}

fn actions(text: &str) -> Vec<Action> {
    let Experiment { network, duration, .. } = experiment(text);
    assert_eq!(duration, 15_000);
    assert!(network.protocol.iter().all(|event| event.step == 10_000));
    network.protocol.into_iter().map(|event| event.action).collect()
}

fn view(ranges: &[(u32, u32, u32)]) -> View {
    View::new(ranges.iter().copied()).unwrap()
}

fn warnings(text: &str) -> Vec<String> {
    let warnings = compiled(text, &[]).warnings;
    warnings.messages().iter().map(Diagnostic::message).map(str::to_owned).collect()
}

#[test]
fn events_happen_between_runs() {
    let protocol = r#"set(of: "E", I_e: 1), run("1 s"), run(duration: 500), set(of: "E", I_e: 2), set(of: "E", I_e: 3),
        run("0.1 ms")"#;
    let Experiment { network, duration, .. } = compiled(&text(protocol, ""), &[]).experiment;
    assert_eq!(duration, 15_001);
    let steps: Vec<_> = network.protocol.iter().map(|event| event.step).collect();
    assert_eq!(steps, [0, 15_000, 15_000]);
    assert!(network.protocol.iter().all(|Event { action, .. }| matches!(action, Action::Parameter { .. })));
}

#[test]
fn runs_can_be_overridden() {
    let text = text("run(\"1 s\"), set(of: \"E\", I_e: 1), run(500)", "");
    let overridden = compiled(&text, &["protocol[0]=run(\"2 s\")", "protocol[1].I_e=3 pA"]).experiment;
    assert_eq!((overridden.duration, overridden.network.protocol[0].step), (25_000, 20_000));
    let Action::Parameter { value, .. } = &overridden.network.protocol[0].action else {
        panic!("no parameter")
    };
    assert_eq!(*value, Value::Constant(3.0));
}

#[test]
fn weights_of_blocks_are_changed() {
    let uniform = Value::Random(Distribution::new::<Uniform>(vec![20.0, 40.0]));
    let all = (view(&[(0, 0, 10)]), view(&[(1, 0, 5), (0, 0, 10)]));
    for (text, (sources, targets), change) in [
        (
            "set_weights(projection: \"E->I,E\", weight: 5)",
            all.clone(),
            WeightChange::Set(Value::Constant(5.0)),
        ),
        (
            "set_weights(projection: \"E->I,E\", to: \"E\", weight: uniform(low: w, high: \"2 * w\"))",
            (all.0.clone(), view(&[(0, 0, 10)])),
            WeightChange::Set(uniform),
        ),
        (
            "add_weights(projection: \"E->I,E\", from: \"E[2..4]\", to: [\"E[1]\", \"I[0]\"], weight: \"-w\")",
            (view(&[(0, 2, 2)]), view(&[(0, 1, 1), (1, 0, 1)])),
            WeightChange::Add(Value::Constant(-20.0)),
        ),
        ("scale_weights(projection: \"E->I,E\", factor: \"1 / 4\")", all.clone(), WeightChange::Scale(0.25)),
        (
            "clip_weights(projection: \"E->I,E\", high: w)",
            all,
            WeightChange::Clip { low: f64::NEG_INFINITY, high: 20.0 },
        ),
    ] {
        let selection = Selection::Block { sources, targets };
        assert_eq!(actions(text), [Action::Weights { projection: 0, selection, change }], "{text}");
    }
}

#[test]
fn patterns_pair_up() {
    let pairs = |text: &str| match actions(text).remove(0) {
        Action::Weights { projection: 1, selection: Selection::Patterns(pairs), change } => (pairs, change),
        action => panic!("{action:?}"),
    };
    let pair = |sources: &[u32], targets: &[(u32, f64)]| PatternPair {
        sources: sources.to_vec(),
        targets: targets.to_vec(),
    };
    let (with_itself, change) =
        pairs(r#"load_patterns(projection: "in", patterns: [[0, (1, 0.5)], [2]], weight: "-w")"#);
    assert_eq!(with_itself, [pair(&[0, 1], &[(0, 1.0), (1, 0.5)]), pair(&[2], &[(2, 1.0)])]);
    assert_eq!(change, WeightChange::Add(Value::Constant(-20.0)));
    let file = r#"load_patterns(projection: "in", file: "assemblies.pat", weight: -3, overwrite: true, chain: true)"#;
    let (chain, change) = pairs(file);
    assert_eq!(chain, [pair(&[0, 2], &[(1, 0.25), (2, 1.0)])]);
    assert_eq!(change, WeightChange::Set(Value::Constant(-3.0)));
    let others =
        r#"load_patterns(projection: "in", file: "assemblies.pat", post_patterns: [[9], [8]], weight: -3)"#;
    assert_eq!(pairs(others).0, [pair(&[0, 2], &[(9, 1.0)]), pair(&[1, 2], &[(8, 1.0)])]);
}

#[test]
fn parameters_and_states_are_set_in_order() {
    let network = experiment("run(1)").network;
    let (neuron, noise) = (network.populations[0].model.declaration, network.stimuli[0].model.declaration);
    let of = view(&[(1, 0, 5), (0, 3, 1)]);
    let parameter = |name, value| Action::Parameter {
        view: of.clone(),
        parameter: neuron.parameter(name).unwrap(),
        value,
    };
    let set = actions(r#"set(of: ["I", "E[3]"], V_th: "-50 mV", I_e: [1, 2, 3, 4, 5, w])"#);
    let currents = Value::List(vec![1.0, 2.0, 3.0, 4.0, 5.0, 20.0]);
    assert_eq!(set, [parameter("V_th", Value::Constant(-50.0)), parameter("I_e", currents)]);
    let rate = noise.parameter("rate").unwrap();
    let stimulus = Action::Stimulus { stimulus: 0, parameter: rate, value: 2000.0 };
    assert_eq!(actions("set(of: noise, rate: \"2 kHz\")"), [stimulus]);
    let value = Value::Constant(-60.0);
    let state = Action::State { view: view(&[(0, 0, 10)]), variable: neuron.state("V_m").unwrap(), value };
    assert_eq!(actions("set_state(of: \"E\", V_m: \"-60 mV\")"), [state]);
}

/// A second change is held against what the first one left.
#[test]
fn parameters_that_fit_at_their_time_are_taken() {
    let text =
        "set(of: \"E[0..5]\", V_th: -40, V_reset: -45), run(1), set(of: \"E[2]\", V_reset: -70, V_th: -60)";
    assert_eq!(experiment(text).network.protocol.len(), 4);
}

#[test]
fn what_happens_too_late_is_warned_of() {
    let late = text(
        "run(100), set(of: \"E\", I_e: 1)",
        "recorders: (w: weights(projection: \"in\", at: [0, 101]), s: spikes(of: \"E\", start: 100))",
    );
    let expected = [
        "this happens after the last run, and changes nothing",
        "these weights will not be recorded: the simulation ends before",
        "nothing will be recorded: the simulation ends before `start`",
    ];
    assert_eq!(warnings(&late), expected);
}

#[test]
fn recorders_of_weights_know_the_end() {
    let text = text(
        "run(100), run(50)",
        r#"recorders: (
            all: weights(projection: "in"),
            some: weights(projection: "in", from: "I[2]", to: "E[3..5]", at: ["20 ms", 0]),
            rate: rate(of: "E", start: 10, record_for: "20 ms"),
            v: traces(of: "E", variables: [V_m], record_for: "20 ms", pasted_spikes: "0.03 V"),
        )"#,
    );
    let recorders = compiled(&text, &[]).experiment.network.recorders;
    let at = |i: usize| {
        let block = recorders[i].synapses.as_ref().expect("it reads synapses");
        assert_eq!(block.projection, 1);
        (block.sources.len(), recorders[i].at.clone())
    };
    assert_eq!((at(0), at(1)), ((5, vec![0, 1500]), (1, vec![0, 200])));
    assert_eq!((recorders[1].view.len(), recorders[1].start, recorders[1].stop), (2, 0, 200));
    assert_eq!((recorders[2].first(), recorders[2].stop), (101, 300));
    assert_eq!((recorders[2].model.declaration.name, &recorders[2].parameters[..]), ("rate", &[1.0][..]));
    assert_eq!((recorders[3].parameters[1], recorders[3].stop), (30.0, 200));
    assert!(recorders[3].sees.spikes && recorders[3].sees.samples.is_some());
}

/// What compiles can also be carried out.
#[test]
fn everything_runs() {
    let everything = scene("tests/scenes/good/everything.ron");
    let Ok(Compiled { experiment, .. }) = compile(&everything, &[], &registry()) else {
        panic!("it compiles")
    };
    let mut simulation = Simulation::build(&experiment.network, experiment.precision, 2).unwrap();
    simulation.run(experiment.duration, &mut ()).unwrap();
    assert_eq!(simulation.step(), experiment.duration);
}
