//! Stimuli: every model, on targets that share a weight and on targets with weights of either sign. Those that have a rate
//! are measured at several.

use bevy_ecs::prelude::*;
use neuropil::core::engine::{NeuronEntry, StimulusEntry, StimulusTarget};
use neuropil::core::{
    Column, Inputs, ModelKind, Parameter, Precision, Purpose, Range, Real, Registry, StepSchedule,
    StimulusOutput, StimulusSetup, Streams, TargetRun, TimeGrid,
};

use crate::case::{Case, Group, Work};
use crate::phase::Phase;

const GROUP: Group = Group { name: "stimuli", unit: "target and step" };
const N: u32 = 4000;
const STEPS: u64 = 5;
const DT_MS: f64 = 0.1;

/// Mean numbers of events in a step: of a few synapses, of the noise of `brunel_alpha`, and more than tables compare.
const MEANS: [f64; 3] = [0.02, 1.78, 100.0];

pub(crate) fn cases(registry: &Registry) -> Vec<Case> {
    let target = *registry.neuron("iaf_psc_exp").expect("the program comes with it");
    let stimuli = registry.declarations().filter(|d| d.kind == ModelKind::Stimulus);
    stimuli.filter_map(|d| registry.stimulus(d.name)).flat_map(|model| cases_of(model, target)).collect()
}

fn cases_of(model: &StimulusEntry, target: NeuronEntry) -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, values) in variants(model) {
        for (mixed, kind) in [(false, "one weight"), (true, "weights of either sign")] {
            for precision in [Precision::F32, Precision::F64] {
                let (model, values) = (*model, values.clone());
                let make = move || -> Box<dyn Work> {
                    match precision {
                        Precision::F32 => Box::new(Driven::<f32>::new(model, target, &values, mixed)),
                        Precision::F64 => Box::new(Driven::<f64>::new(model, target, &values, mixed)),
                    }
                };
                cases.push(Case::new(GROUP, format!("{name}, {kind}"), Some(precision), STEPS, make));
            }
        }
    }
    cases
}

/// The values of the parameters with which a model is measured: at each mean number of events, if it has a rate.
fn variants(model: &StimulusEntry) -> Vec<(String, Vec<f64>)> {
    let declaration = model.declaration;
    let usual: Vec<f64> = declaration.parameters.iter().map(usual).collect();
    let Some(rate) = declaration.parameter("rate") else { return vec![(declaration.name.to_owned(), usual)] };
    let at = |mean: f64| {
        let mut values = usual.clone();
        values[rate] = mean / DT_MS * 1000.0;
        (format!("{}, mean {mean}", declaration.name), values)
    };
    MEANS.map(at).to_vec()
}

/// The default of a parameter, or 1 where that might mean that there is nothing to do.
fn usual(parameter: &Parameter) -> f64 {
    if parameter.default == 0.0 && parameter.range == Range::Finite { 1.0 } else { parameter.default }
}

/// One stimulus on the neurons of a slice.
struct Driven<R> {
    phase: Phase<R>,
}

impl<R: Real> Driven<R> {
    fn new(model: StimulusEntry, target: NeuronEntry, values: &[f64], mixed: bool) -> Self {
        let mut world = World::new();
        let mut inputs = Inputs::<R>::default();
        let slice = world.spawn(inputs.add(target.declaration, N)).id();
        world.insert_resource(inputs);
        let channel = |weight: f64| {
            let current = target.declaration.current_receptor();
            let current = current.filter(|_| model.output != StimulusOutput::Spikes);
            current.or(target.declaration.receptor_for_weight(weight)).expect("it takes spikes and currents")
        };
        let (targets, weights) = if mixed { mixed_targets(channel) } else { equal_targets(channel(1.0)) };
        let grid = TimeGrid::new(DT_MS).expect("a step is above zero");
        let setup = StimulusSetup { parameters: values, grid, seed: 1, projection: 0, targets, weights };
        let stimulus_target = StimulusTarget { slice, delay: 1, n_targets: u64::from(N), accumulates: false };
        let mut stimulus = world.spawn_empty();
        model.spawn::<R>(&mut stimulus, setup, stimulus_target).expect("the values fit together");
        let mut schedule = StepSchedule::default();
        model.add_systems::<R>(&mut schedule, false);
        Self { phase: Phase::new(world, schedule, slice) }
    }
}

impl<R: Real> Work for Driven<R> {
    fn prepare(&mut self) -> u64 {
        self.phase.change_input(|mut input| input.clear());
        self.phase.next_step();
        u64::from(N)
    }

    fn step(&mut self) {
        self.phase.run();
    }
}

fn equal_targets(channel: usize) -> (Vec<TargetRun>, Column) {
    (vec![TargetRun { position: 0, input: channel * N as usize, len: N as usize }], Column::Shared(1.0))
}

/// Targets with a weight of either sign, which thus reach different receptors.
fn mixed_targets(channel: impl Fn(f64) -> usize) -> (Vec<TargetRun>, Column) {
    let signs = Streams::new(1, Purpose::Weight, 0);
    let weights: Vec<f64> =
        (0..N).map(|i| if signs.block(i, 0)[0].is_multiple_of(2) { 1.5 } else { -1.5 }).collect();
    let mut runs: Vec<TargetRun> = Vec::new();
    for (position, &weight) in (0..).zip(&weights) {
        let input = channel(weight) * N as usize + position as usize;
        match runs.last_mut() {
            Some(run) if run.input + run.len == input => run.len += 1,
            _ => runs.push(TargetRun { position, input, len: 1 }),
        }
    }
    (runs, Column::Each(weights))
}
