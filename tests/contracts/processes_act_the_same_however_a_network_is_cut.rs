//! A process hears the spikes of the whole network, takes sums over it, and changes parameters, state, stimuli and inputs, with
//! the same results for any number of partitions and for a run in pieces.

use bevy_ecs::prelude::*;
use neuropil::network::{RunError, Simulation};
use neuropil_core::prelude::*;
use neuropil_core::{
    Access, AccessError, ActorSetup, PopulationNumber, Precision, ProcessModel, StepSpikes, StimulusNumber,
    Sums, View,
};
use neuropil_testing::same_however_cut;
use neuropil_tests::{compile_with, scene_with, simulate};

/// Holds the rate of a population, by all means at once.
///
/// # Numerics
///
/// Every interval, `I_e` changes by `gain` times the distance to the rate; the mean potential and the other population's spikes
/// set the rate of the noise; a tenth of the neurons, drawn anew, is kicked; and one neuron is reset.
#[derive(Process)]
#[model("rate_control")]
struct RateControl;

#[derive(Parameters)]
struct RateControlParameters {
    /// The rate to hold.
    #[parameter(HZ, default = 5.0, NonNegative)]
    rate: f64,
    /// Change of `I_e` per Hz.
    #[parameter(PA, default = 1.0)]
    gain: f64,
    /// Who else is heard.
    #[parameter]
    other: PopulationNumber,
    /// The noise.
    #[parameter]
    noise: StimulusNumber,
    /// Whether to fail.
    #[parameter(default = false)]
    fails: bool,
    /// How fast the noise follows.
    #[parameter(NONE, default = 10.0)]
    slope: f64,
}

#[derive(Component)]
struct Controller {
    parameters: RateControlParameters,
    seconds: f64,
    spikes: u64,
    others: usize,
}

impl ProcessModel for RateControl {
    type Parameters = RateControlParameters;
    type State = Controller;
    const INTERVAL_MS: f64 = 2.5;

    fn new(parameters: RateControlParameters, setup: &ActorSetup<'_>) -> Result<Controller, ParameterError> {
        setup.require_parameter("I_e")?;
        Ok(Controller { parameters, seconds: setup.interval_ms / 1000.0, spikes: 0, others: 0 })
    }

    fn listen(state: &mut Controller, of: &View, spikes: &StepSpikes<'_>) {
        state.spikes += spikes.count(of);
        state.others += spikes.of(state.parameters.other.0).len();
    }

    fn measure(_: &Controller, access: &Access<'_>, sums: &mut Sums) -> Result<(), AccessError> {
        access.state(access.view(), "V_m")?.into_iter().for_each(|(_, v)| sums.add(0, v));
        Ok(())
    }

    fn act(state: &mut Controller, access: &mut Access<'_>, sums: &Sums) -> Result<(), AccessError> {
        let (p, view, n) = (&state.parameters, access.view(), f64::from(access.view().len()));
        let (spikes, others) = (std::mem::take(&mut state.spikes), std::mem::take(&mut state.others));
        let rate = spikes as f64 / state.seconds / n;
        let change = p.gain * (p.rate - rate);
        access.change_parameter(view, "I_e", |_, before| before + change)?;
        let depth = -sums.total(0) / n + others as f64;
        access.set_stimulus(p.noise, "rate", (p.slope * depth).max(0.0))?;
        let (streams, step) = (access.streams(), access.step());
        let drawn = |position| streams.block(position, step)[0] < u32::MAX / 10;
        access.add_input(view, "ex", |neuron| if drawn(neuron.position) { 90.0 } else { 0.0 })?;
        let one = (step % u64::from(view.len())) as u32;
        access.change_state(view, "V_m", |neuron, v| if neuron.position == one { -70.0 } else { v })?;
        if p.fails {
            access.set_parameter(view, "tau_m", |neuron| if neuron.number == 77 { -1.0 } else { 10.0 })?;
        }
        Ok(())
    }
}

fn scene(process: &str) -> String {
    format!(
        r#"(
    dt: "0.1 ms", seed: 5,
    populations: (
        E: (n: 101, model: iaf_psc_exp(I_e: normal(mean: "350 pA", sd: "20 pA"))),
        I: (n: 33, model: iaf_psc_exp(I_e: "420 pA")),
    ),
    stimuli: (noise: poisson_generator(rate: "1 kHz"), dc: dc_generator(amplitude: "0 pA")),
    projections: [
        (from: "noise", to: ["E", "I"], synapse: static(weight: "25 pA", delay: "1.3 ms")),
        (from: "dc", to: ["E"], synapse: static(delay: "0.5 ms")),
        (from: "E", to: ["E", "I"], rule: fixed_indegree(indegree: 10), synapse: static(weight: "20 pA", delay: "0.7 ms")),
    ],
    processes: (controller: {process}),
    protocol: [
        run("30 ms"),
        set(of: "E[7..70]", I_e: "500 pA"),
        set(of: "noise", rate: "9 kHz"),
        set(of: "dc", amplitude: "20 pA"),
        run("45 ms"),
    ],
    recorders: (v: traces(of: "E[0..20]", variables: ["V_m"], interval: "0.5 ms")),
)"#
    )
}

#[test]
fn in_any_number_of_partitions_and_pieces() {
    let process =
        r#"rate_control(of: ["E[50..101]", "E[0..40]"], rate: "20 Hz", other: "I", noise: "noise")"#;
    let experiment = scene_with(&RateControl, &scene(process));
    for outcome in same_however_cut(&experiment.network, experiment.duration) {
        assert!(outcome.spikes.len() > 300, "{} spikes", outcome.spikes.len());
    }
}

fn digest(process: &str) -> String {
    simulate(&scene_with(&RateControl, &scene(process))).digest
}

#[test]
fn and_at_the_times_of_its_interval() {
    let run = |interval: &str| {
        let process = format!(
            r#"rate_control(of: "E", rate: "20 Hz", other: "I", noise: "noise", interval: "{interval}")"#
        );
        digest(&process)
    };
    assert_eq!(run("2.5 ms"), digest(r#"rate_control(of: "E", rate: 20, other: "I", noise: "noise")"#));
    assert_ne!(run("2.5 ms"), run("5 ms"));
}

/// The scene with every default written out gives the same network.
#[test]
fn and_in_the_resolved_scene() {
    let text = scene(r#"rate_control(of: "E[3..40]", other: "I", noise: "noise")"#);
    let mut registry = neuropil_tests::registry();
    registry.add_plugin(&RateControl);
    let source = |text: String| neuropil::scene::SceneSource::new("scene.ron", text);
    let compile = |text| neuropil::scene::compile(&source(text), &[], &registry).unwrap();
    let first = compile(text);
    let second = compile(first.resolved.clone());
    assert_eq!(first.resolved, second.resolved);
    assert!(first.resolved.contains(r#"rate_control(of: "E[3..40]", interval: 2.5, rate: 5.0"#));
}

#[test]
fn what_is_wrong_is_said_before_anything_runs() {
    let message = |process: &str| compile_with(&RateControl, &scene(process)).err().unwrap();
    for (process, expected) in [
        (r#"rate_contrl(of: "E")"#, "there is no process model `rate_contrl`"),
        (r#"rate_control(other: "I", noise: "noise")"#, "the field `of` is missing"),
        (r#"rate_control(of: "E", noise: "noise")"#, "the parameter `other` is missing"),
        (r#"rate_control(of: "E", other: "J", noise: "noise")"#, "there is no population `J`"),
        (r#"rate_control(of: "E", other: "I", noise: "nois")"#, "did you mean `noise`?"),
        (r#"rate_control(of: "E", other: "I", noise: "noise", rat: 3)"#, "has no parameter `rat`"),
        (r#"rate_control(of: "E", other: "I", noise: "noise", interval: "0.25 ms")"#, "`interval`"),
        (r#"iaf_psc_exp(of: "E")"#, "`iaf_psc_exp` is a neuron model, not a process model"),
    ] {
        let message = message(process);
        assert!(message.contains(expected), "{process}\n{message}");
    }
}

#[test]
fn what_a_model_refuses_ends_the_run_the_same_way_in_any_number_of_partitions() {
    let process = r#"rate_control(of: "E", other: "I", noise: "noise", fails: true)"#;
    let experiment = scene_with(&RateControl, &scene(process));
    for parts in [1, 2, 5] {
        let mut simulation = Simulation::build(&experiment.network, Precision::F64, parts).unwrap();
        let error = simulation.run(experiment.duration, &mut ()).unwrap_err();
        assert!(matches!(error, RunError::Process { .. }));
        assert_eq!(
            error.to_string(),
            "at 2.5 ms, the process `controller`: population `E`: `tau_m` cannot be -1: it is > 0"
        );
        assert_eq!(simulation.run(1, &mut ()), Err(error), "it does not go on");
        assert_eq!(simulation.step(), 25);
    }
}
