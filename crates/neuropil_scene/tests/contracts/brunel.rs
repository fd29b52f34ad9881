//! The Brunel network says what its paper says.

use crate::common::{registry, scene};
use neuropil_core::{Precision, Value};
use neuropil_network::{Experiment, Rule, Source};
use neuropil_rule_standard::FixedIndegree;
use neuropil_scene::{Override, SceneSource, compile};

const BRUNEL: &str = "experiments/brunel_alpha/scene.ron";

fn compiled(overrides: &[&str]) -> Experiment {
    let overrides: Vec<_> = overrides.iter().map(|o| Override::set(o).unwrap()).collect();
    match compile(&scene(BRUNEL), &overrides, &registry()) {
        Ok(compiled) => {
            assert!(compiled.warnings.is_empty(), "{}", compiled.warnings);
            compiled.experiment
        }
        Err(errors) => panic!("{errors}"),
    }
}

fn constant(value: &Value) -> f64 {
    value.constant().unwrap()
}

/// The numbers of NEST's `brunel_alpha_nest.py`.
#[test]
fn brunel_has_the_numbers_of_nest() {
    let Experiment { name, network, precision, duration } = compiled(&[]);
    assert_eq!(
        (name.as_str(), precision, duration, network.seed),
        ("brunel_alpha", Precision::F64, 10_000, 1)
    );
    let sizes: Vec<_> = network.populations.iter().map(|p| (p.name.as_str(), p.n)).collect();
    assert_eq!(sizes, [("E", 10_000), ("I", 2500)]);
    let neuron = &network.populations[0];
    let parameter = |name| constant(&neuron.parameters[neuron.model.declaration.parameter(name).unwrap()]);
    assert_eq!((parameter("C_m"), parameter("tau_m"), parameter("tau_syn_ex")), (250.0, 20.0, 0.5));
    assert_eq!((parameter("t_ref"), parameter("V_th"), parameter("E_L")), (2.0, 20.0, 0.0));
    let rate = network.stimuli[0].parameters[0];
    assert!((rate - 17_789.007_714_7).abs() < 1e-6, "{rate}");
    let weights: Vec<_> = network.synapses.iter().map(|s| constant(s.parameter("weight").unwrap())).collect();
    assert!(
        (weights[0] - 20.680_155_243_678_46).abs() < 1e-11 && (weights[1] + 5.0 * weights[0]).abs() < 1e-11
    );
    assert!(network.synapses.iter().all(|s| constant(s.parameter("delay").unwrap()) == 1.5));
    assert_eq!(network.projections[0].source, Source::Stimulus(0));
    assert_eq!(network.projections[0].name, "noise->E,I");
    let rule = Rule::with::<FixedIndegree>(&[("indegree", 1000.0)]);
    assert_eq!(network.projections[1].rule, rule);
    let recorder = &network.recorders[0];
    assert_eq!((recorder.view.len(), recorder.sees.first_stamp(recorder.start)), (100, 1));
    assert_eq!(recorder.counted_as, Some(0));
}

#[test]
fn overrides_reach_every_kind_of_place() {
    let network = |overrides: &[&str]| compiled(overrides).network;
    let g = network(&["constants.g=6"]);
    let weight = |i: usize| constant(g.synapses[i].parameter("weight").unwrap());
    assert!((weight(1) + 6.0 * weight(0)).abs() < 1e-11);
    assert_eq!(network(&["populations.E.n=100"]).populations[0].n, 100);
    let tau_m = network(&["models.brunel_neuron.tau_m=10 ms"]).populations[1].parameters.clone();
    assert!(tau_m.contains(&Value::Constant(10.0)));
    assert_eq!(network(&["stimuli.noise.rate=8 kHz"]).stimuli[0].parameters[0], 8000.0);
    assert_eq!(network(&["stimuli.noise.stop=500"]).stimuli[0].parameters[2], 500.0);
    let indegree = |overrides: &[&str], i: usize| {
        network(overrides).projections[i].rule.parameter("indegree").map(|indegree| indegree as u32)
    };
    assert_eq!(indegree(&["projections[1].rule.indegree=10"], 1), Some(10));
    assert_eq!(indegree(&["projections[1].name=\"x\"", "constants.epsilon=0.2"], 1), Some(2000));
    assert_eq!(compiled(&["duration=2 s", "precision=F32"]).duration, 20_000);
    let recorders = network(&[r#"recorders=(all: spikes(of: ["E", "I"]))"#]).recorders;
    assert_eq!((recorders.len(), recorders[0].name.as_str(), recorders[0].view.len()), (1, "all", 12_500));
    let noise = network(&[r#"stimuli=(noise: poisson_generator(rate: "1 Hz"))"#, "stimuli.noise.rate=2 Hz"]);
    assert_eq!(noise.stimuli[0].parameters[0], 2.0);
    let seed = Override::option("seed", "18446744073709551615");
    assert_eq!(compile(&scene(BRUNEL), &[seed], &registry()).ok().unwrap().experiment.network.seed, u64::MAX);
}

#[test]
fn places_that_do_not_exist_are_errors() {
    let errors = |argument: &str| {
        let overrides = [Override::set(argument).unwrap()];
        compile(&scene(BRUNEL), &overrides, &registry()).err().expect(argument).to_string()
    };
    for (argument, expected) in [
        ("constants.gg=6", "did you mean `g`?"),
        ("populations.F.n=6", "the populations are `E` and `I`"),
        ("durations=6", "did you mean `duration`?"),
        ("projections[7].rule.indegree=6", "`projections` has 3 items, numbered from 0"),
        ("projections.0.rule=one_to_one", "write `projections[0]`"),
        ("projections.first.rule=one_to_one", "as in `projections[0]`, or its `name`"),
        (
            "populations.E.model.tau_m=10",
            "`E` uses the model `brunel_neuron`: set `models.brunel_neuron.tau_m`",
        ),
        (
            "projections[1].synapse.weight=10",
            "uses the synapse type `excitatory`: set `synapses.excitatory.weight`",
        ),
        ("duration=1e300 s", "`duration` is too long: 1e303 ms, but times are at most about 9e14 ms"),
        ("models.brunel_neuron.tau_n=6", "did you mean `tau_m`?"),
        ("models.brunel_neuron.tau_m=\"6 mV\"", "`tau_m` is a time (ms), but this is a voltage"),
        ("constants.g=6 +", "--set constants.g:1:"),
    ] {
        let errors = errors(argument);
        assert!(errors.contains(expected) && errors.contains("--> --set "), "{argument}: {errors}");
    }
}

/// The text with all defaults gives the same network, bit for bit.
#[test]
fn resolved_scenes_are_fixed_points() {
    let first = compile(&scene(BRUNEL), &[], &registry()).ok().unwrap();
    let source = SceneSource::new("scene.resolved.ron", first.resolved.clone());
    let second = compile(&source, &[], &registry()).unwrap_or_else(|e| panic!("{e}\n{}", first.resolved));
    assert_eq!(first.resolved, second.resolved);
    let values = |e: &Experiment| {
        let n = &e.network;
        let neurons = n.populations.iter().flat_map(|p| p.parameters.clone());
        let synapses = n.synapses.iter().flat_map(|s| s.parameters.clone());
        let stimuli = n.stimuli.iter().flat_map(|s| s.parameters.iter().map(|x| Value::Constant(*x)));
        neurons.chain(synapses).chain(stimuli).collect::<Vec<_>>()
    };
    assert_eq!(values(&first.experiment), values(&second.experiment));
    assert_eq!(first.experiment.network.recorders, second.experiment.network.recorders);
    assert!(second.warnings.is_empty(), "{}", second.warnings);
}
