//! Neurons: every model, with each of its choices, with parameters that all neurons share and with their own.

use bevy_ecs::prelude::*;
use neuropil::core::engine::NeuronEntry;
use neuropil::core::{
    Accepts, Column, Declaration, Inputs, ModelKind, Parameter, Precision, Range, Real, Registry, Slice,
    SliceSetup, StepSchedule, TimeGrid,
};

use crate::case::{Case, Group, Work};
use crate::phase::Phase;

const GROUP: Group = Group { name: "neurons", unit: "neuron and step" };
const N: u32 = 4000;
const STEPS: u64 = 5;

pub(crate) fn cases(registry: &Registry) -> Vec<Case> {
    let neurons = registry.declarations().filter(|d| d.kind == ModelKind::Neuron);
    neurons.filter_map(|d| registry.neuron(d.name)).flat_map(cases_of).collect()
}

fn cases_of(model: &NeuronEntry) -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, values) in variants(model.declaration) {
        for (own, kind) in [(false, ""), (true, ", own parameters")] {
            for precision in [Precision::F32, Precision::F64] {
                let (model, values) = (*model, values.clone());
                let make = move || -> Box<dyn Work> {
                    match precision {
                        Precision::F32 => Box::new(Neurons::<f32>::new(model, &values, own)),
                        Precision::F64 => Box::new(Neurons::<f64>::new(model, &values, own)),
                    }
                };
                cases.push(Case::new(GROUP, format!("{name}{kind}"), Some(precision), STEPS, make));
            }
        }
    }
    cases
}

/// The values of the parameters with which a model is measured: the defaults, and these with each other word of each
/// choice.
fn variants(declaration: &Declaration) -> Vec<(String, Vec<f64>)> {
    let defaults: Vec<f64> = declaration.parameters.iter().map(usual).collect();
    let mut variants = vec![(declaration.name.to_owned(), defaults.clone())];
    for (place, parameter) in declaration.parameters.iter().enumerate() {
        let Range::Choice(words) = parameter.range else { continue };
        for (choice, word) in words.iter().enumerate().filter(|(i, _)| *i as f64 != parameter.default) {
            let mut values = defaults.clone();
            values[place] = choice as f64;
            variants.push((format!("{}, {word}", declaration.name), values));
        }
    }
    variants
}

/// The default of a parameter; what fires at random does so 20 times a second.
fn usual(parameter: &Parameter) -> f64 {
    if parameter.name == "rate" { 20.0 } else { parameter.default }
}

/// The neurons of a slice, driven so that they fire.
struct Neurons<R> {
    phase: Phase<R>,
    /// What arrives in each step.
    drive: Vec<R>,
}

impl<R: Real> Neurons<R> {
    fn new(model: NeuronEntry, values: &[f64], own: bool) -> Self {
        let declaration = model.declaration;
        let grid = TimeGrid::new(0.1).expect("a step is above zero");
        let columns = declaration.parameters.iter().zip(values);
        let columns: Vec<Column> = columns.map(|(parameter, &value)| column(parameter, value, own)).collect();
        let slice = Slice { population: 0, start: 0, len: N };
        let setup = SliceSetup { slice, grid, seed: 1, parameters: &columns, stimulated: false };
        let mut world = World::new();
        world.insert_resource(Inputs::<R>::default());
        let mut entity = world.spawn_empty();
        model.spawn::<R>(&mut entity, &setup).expect("the defaults fit together");
        spread_potentials::<R>(model, &mut entity, values);
        let slice = entity.id();
        let mut schedule = StepSchedule::default();
        model.add_systems::<R>(&mut schedule, false);
        Self { phase: Phase::new(world, schedule, slice), drive: drive(declaration, values, grid.dt_ms()) }
    }
}

impl<R: Real> Work for Neurons<R> {
    fn prepare(&mut self) -> u64 {
        let drive = &self.drive;
        self.phase.change_input(|mut input| {
            input.all_mut().iter_mut().zip(drive).for_each(|(input, drive)| *input += *drive);
        });
        self.phase.next_step();
        u64::from(N)
    }

    fn step(&mut self) {
        self.phase.run();
    }
}

/// The values of a parameter: one for all neurons, or values of their own that lie close together. Words, zeros and whole
/// numbers of steps stay the same.
fn column(parameter: &Parameter, value: f64, own: bool) -> Column {
    if !own {
        return Column::Shared(value);
    }
    let fixed = parameter.on_grid || matches!(parameter.range, Range::Choice(_));
    let width = if fixed { 0.0 } else { 0.01 };
    Column::Each((0..N).map(|i| value * (1.0 + width * spread(i))).collect())
}

/// Numbers between 0 and 1 that are spread evenly over the neurons.
fn spread(neuron: u32) -> f64 {
    (f64::from(neuron) * 0.618_033_988_749_894_9).fract()
}

/// From rest to threshold, in mV; where the constant input alone reaches the threshold, something to begin with.
fn distance(declaration: &Declaration, values: &[f64]) -> f64 {
    declaration.audit.map_or(0.0, |audit| (audit.distance)(values).max(10.0))
}

/// Lets neurons begin at all potentials below threshold, so that some of them are about to fire.
fn spread_potentials<R: Real>(model: NeuronEntry, entity: &mut EntityWorldMut<'_>, values: &[f64]) {
    use neuropil::core::Initial;
    let declaration = model.declaration;
    let Some(variable) = declaration.state("V_m") else { return };
    let rest = match declaration.states[variable].initial {
        Initial::Value(value) => value,
        Initial::Parameter(name) => declaration.parameter(name).map_or(0.0, |place| values[place]),
    };
    for neuron in 0..N {
        let potential = rest + spread(neuron) * distance(declaration, values);
        model.set::<R>(entity, variable, neuron as usize, potential);
    }
}

/// The input of a step, by channel and neuron: enough spikes at the first receptor that excites to reach threshold, at
/// some neurons sooner than at others.
fn drive<R: Real>(declaration: &Declaration, values: &[f64], dt_ms: f64) -> Vec<R> {
    let n = N as usize;
    let mut drive = vec![R::ZERO; declaration.receptors.len() * n];
    let Some(audit) = declaration.audit else { return drive };
    let excites = |&channel: &usize| {
        declaration.receptors[channel].accepts != Accepts::Current && (audit.receptor)(values, channel) > 0.0
    };
    if let Some(channel) = (0..declaration.receptors.len()).find(excites) {
        let per_step = dt_ms * distance(declaration, values) / (audit.receptor)(values, channel);
        let channel = &mut drive[channel * n..][..n];
        (0..).zip(channel).for_each(|(i, input)| *input = R::from_f64(2.0 * spread(i) * per_step));
    }
    drive
}
