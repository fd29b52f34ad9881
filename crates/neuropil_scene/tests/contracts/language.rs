//! What scenes mean.

use crate::common::{registry, scene};
use neuropil_core::{Distribution, DistributionModel, Page, Parameters, Sees, Value};
use neuropil_distribution_standard::{Exponential, Lognormal, Normal, Uniform};
use neuropil_network::{Experiment, Rule, Source, View};
use neuropil_rule_standard::{AllToAll, PairwiseBernoulli};
use neuropil_scene::{Compiled, SceneSource, compile};

fn compiled(text: &str) -> Compiled {
    let source = SceneSource::new("folder/scene.ron", text);
    compile(&source, &[], &registry()).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The experiment of a scene of two populations, `E` with 10 and `I` with 5 neurons, and what `more` adds.
fn experiment(more: &str) -> Experiment {
    let neurons = "E: (n: 10, model: iaf_psc_alpha()), I: (n: 5, model: iaf_psc_alpha())";
    compiled(&format!("(duration: 100, populations: ({neurons}), {more})")).experiment
}

fn tau_m(value: &str) -> Value {
    let text = format!(
        "(duration: 1, constants: (tau: \"20 ms\", a: 10), populations: (E: (n: 2, model: iaf_psc_alpha(tau_m: {value}, \
         tau_syn_ex: \"tau / a\"))))"
    );
    let population = compiled(&text).experiment.network.populations[0].clone();
    population.parameters[population.model.declaration.parameter("tau_m").unwrap()].clone()
}

fn view(text: &str) -> View {
    experiment(&format!("recorders: (r: spikes(of: {text}))")).network.recorders[0].view.clone()
}

#[test]
fn quantities_have_many_forms() {
    for form in [
        "20",
        "20.0",
        "2e1",
        "\"20 ms\"",
        "\"0.02 s\"",
        "\"tau\"",
        "tau",
        "\"2 * a * 1 ms\"",
        "\"1 / (50 Hz)\"",
    ] {
        assert_eq!(tau_m(form), Value::Constant(20.0), "{form}");
    }
    assert_eq!(tau_m("[10, \"20 ms\"]"), Value::List(vec![10.0, 20.0]));
}

#[test]
fn distributions_have_units_too() {
    assert_eq!(
        tau_m("normal(mean: tau, sd: \"2000 us\", low: 1)"),
        random::<Normal>(&[20.0, 2.0, 1.0, f64::INFINITY])
    );
    assert_eq!(tau_m("uniform(low: 1, high: \"tau\")"), random::<Uniform>(&[1.0, 20.0]));
    assert_eq!(tau_m("lognormal(mean: 5, sd: 1)"), random::<Lognormal>(&[5.0, 1.0]));
    assert_eq!(tau_m("exponential(mean: 5)"), random::<Exponential>(&[5.0]));
}

fn random<M: DistributionModel + Page + Parameters>(values: &[f64]) -> Value {
    Value::Random(Distribution::new::<M>(values.to_vec()))
}

#[test]
fn defaults_are_documented_ones() {
    let Experiment { name, network, duration, .. } = experiment("");
    assert_eq!((name.as_str(), network.seed, duration, network.grid.dt_ms()), ("folder", 1, 1000, 0.1));
    let population = &network.populations[0];
    for (parameter, value) in population.model.declaration.parameters.iter().zip(&population.parameters) {
        assert_eq!(*value, Value::Constant(parameter.default));
    }
    assert!(population.initial.iter().all(Option::is_none));
}

#[test]
fn views_select_ranges_lists_and_both() {
    let expected = |ranges: &[(u32, u32, u32)]| View::new(ranges.iter().copied()).unwrap();
    for (text, ranges) in [
        ("\"E\"", &[(0, 0, 10)][..]),
        ("E", &[(0, 0, 10)][..]),
        ("\" E [ 2 .. 4 ] \"", &[(0, 2, 2)][..]),
        ("\"E[5]\"", &[(0, 5, 1)][..]),
        ("\"E[..3]\"", &[(0, 0, 3)][..]),
        ("\"E[3..]\"", &[(0, 3, 7)][..]),
        ("\"E[..]\"", &[(0, 0, 10)][..]),
        ("\"E[0, 3, 5..2*4]\"", &[(0, 0, 1), (0, 3, 1), (0, 5, 3)][..]),
        ("[\"I[4]\", \"E[0..2]\", \"I[0..2]\"]", &[(1, 4, 1), (0, 0, 2), (1, 0, 2)][..]),
        ("[[\"I\"], [[\"E\"]]]", &[(1, 0, 5), (0, 0, 10)][..]),
    ] {
        assert_eq!(view(text), expected(ranges), "{text}");
    }
}

#[test]
fn projections_have_rules_names_and_receptors() {
    let network = experiment(
        r#"stimuli: (noise: poisson_generator(rate: "8 kHz"), drive: dc_generator(amplitude: "0.3 nA")),
        synapses: (exc: static(weight: 20, delay: "1.5 ms"), both: static(weight: 2)),
        projections: [
            (from: "noise", to: "E", synapse: "exc"),
            (from: "E", to: "E", rule: all_to_all(allow_autapses: false), synapse: "exc"),
            (from: "E", to: "E", rule: one_to_one, synapse: static(weight: "-0.1 nA"), receptor: "in"),
            (name: "random", from: "I", to: ["E", "I"], rule: pairwise_bernoulli(p: "1 / 4"), synapse: "both"),
            (from: "drive", to: "few", synapse: "both"),
            (from: "few[0]", to: ["few", "E"], synapse: "both"),
        ],
        views: (few: "I[0..2]")"#,
    )
    .network;
    let names: Vec<_> = network.projections.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["noise->E", "E->E", "E->E #2", "random", "drive->few", "few[0]->few,E"]);
    let rules: Vec<_> = network.projections.iter().map(|p| p.rule.clone()).collect();
    assert_eq!(rules[0], Rule::with::<AllToAll>(&[]));
    assert_eq!(rules[1], Rule::with::<AllToAll>(&[("allow_autapses", 0.0)]));
    assert_eq!(rules[3], Rule::with::<PairwiseBernoulli>(&[("p", 0.25)]));
    assert_eq!(network.projections[4].source, Source::Stimulus(1));
    assert_eq!(network.stimuli[1].parameters[0], 300.0);
    let synapses: Vec<_> =
        network.projections.iter().map(|p| network.synapses[p.synapse].name.as_str()).collect();
    assert_eq!(synapses, ["exc", "exc", "E->E #2", "both", "both #2", "both"]);
    assert_eq!(network.projections[2].receptor.as_deref(), Some("in"));
}

#[test]
fn names_keep_their_spaces() {
    let neurons = r#"{ "A B": (n: 2, model: iaf_psc_alpha()), "AB": (n: 2, model: iaf_psc_alpha()) }"#;
    let projections = r#"(from: "A B", to: "AB", synapse: static(weight: 1)),
        (from: "AB", to: " A B [ 0 .. 1 ] ", synapse: static(weight: 1)),
        (from: [ "A B" /* both */ , AB ], to: "AB", synapse: static(weight: 1))"#;
    let text = format!("(duration: 1, populations: {neurons}, projections: [{projections}])");
    let network = compiled(&text).experiment.network;
    let names: Vec<_> = network.projections.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["A B->AB", "AB->A B[0..1]", "A B,AB->AB"]);
}

/// Infinity is not a number that is too large.
#[test]
fn single_precision_has_infinity() {
    let model = "iaf_psc_alpha(V_th: 3e38)";
    let recorders = "recorders: (r: spikes(of: E, stop: inf))";
    let text =
        format!("(duration: 1, precision: F32, populations: (E: (n: 2, model: {model})), {recorders})");
    assert!(compiled(&text).warnings.is_empty());
}

#[test]
fn scenes_without_populations_are_warned_of() {
    let warnings = compiled("(duration: 1, populations: ())").warnings;
    let messages: Vec<_> = warnings.messages().iter().map(neuropil_scene::Diagnostic::message).collect();
    assert_eq!(messages, ["the scene has no populations"]);
}

#[test]
fn recorders_count_stamps_as_nest_does() {
    let network = experiment(
        r#"recorders: (
            a: spikes(of: "E", start: "1 ms", stop: "2 ms"),
            b: traces(of: "E", variables: ["V_m", "I_syn_ex"], interval: "0.5 ms"),
            c: traces(of: "E", variables: V_m, start: "1 ms"),
        )"#,
    )
    .network;
    let windows: Vec<_> = network.recorders.iter().map(|r| (r.first(), r.stop)).collect();
    assert_eq!(windows, [(11, 20), (5, u64::MAX), (10, u64::MAX)]);
    assert_eq!(network.recorders[1].sees, Sees::samples(["V_m", "I_syn_ex"], 5));
    assert_eq!(network.recorders[2].sees, Sees::samples(["V_m"], 1));
}

#[test]
fn attributes_marks_and_maps_are_tolerated() {
    let text = "\u{feff}#![enable(implicit_some)]\n{ \"duration\": 1, \"populations\": { \"L2/3 E-1\": (n: 2, model: poisson) } }";
    assert_eq!(compiled(text).experiment.network.populations[0].name, "L2/3 E-1");
}

#[test]
fn unused_definitions_are_warned_of() {
    let warnings = compiled(
        "(duration: 1, constants: (a: 1), models: (m: poisson(rate: 3)), synapses: (s: static(weight: \"3 mV\")), \
         populations: (E: (n: 2, model: poisson)), views: (one: \"E[0]\"), stimuli: (drive: dc_generator()), \
         recorders: (r: spikes(of: E, start: 1)))",
    )
    .warnings;
    let messages: Vec<_> = warnings.messages().iter().map(neuropil_scene::Diagnostic::message).collect();
    let expected = [
        "the constant `a` is not used",
        "the model `m` is not used",
        "the synapse type `s` is not used",
        "the view `one` is not used",
        "the stimulus `drive` has no targets",
        "nothing will be recorded: the simulation ends before `start`",
    ];
    assert_eq!(messages, expected);
}

/// Everything that scenes can hold, written out and read again.
#[test]
fn resolved_scenes_keep_every_bit() {
    let first = compile(&scene("tests/scenes/good/everything.ron"), &[], &registry())
        .unwrap_or_else(|e| panic!("{e}"));
    let second = compiled(&first.resolved);
    assert_eq!(first.resolved, second.resolved);
    assert_eq!(format!("{:?}", contents(&first.experiment)), format!("{:?}", contents(&second.experiment)));
    assert!(first.resolved.contains("description: \"Two lines,\\nand \\\"quotes\\\" \\\\ µ.\""));
    assert!(second.warnings.is_empty(), "{}", second.warnings);
}

/// All that can be printed of an experiment; Rust prints numbers so that different bits differ.
fn contents(experiment: &Experiment) -> impl std::fmt::Debug {
    let network = experiment.network.clone();
    let neurons: Vec<_> =
        network.populations.into_iter().map(|p| (p.name, p.n, p.parameters, p.initial)).collect();
    let stimuli: Vec<_> = network.stimuli.into_iter().map(|s| (s.name, s.parameters)).collect();
    let synapses: Vec<_> = network.synapses.into_iter().map(|s| (s.name, s.parameters)).collect();
    let projections: Vec<_> = network
        .projections
        .into_iter()
        .map(|p| (p.name, p.source, p.target, p.rule, p.synapse, p.receptor, p.zero_mean))
        .collect();
    let header =
        (experiment.name.clone(), experiment.precision, experiment.duration, network.seed, network.grid);
    (header, neurons, stimuli, synapses, projections, network.recorders, network.protocol)
}
