//! A small network that is busy.

use neuropil_core::rule::Rule;
use neuropil_core::{Declaration, ModelKind, Plugin, Registry, Sees, TimeGrid, Value, View};
use neuropil_network::{Network, Population, Projection, Recorder, Source, Stimulus, SynapseType};

use crate::drive::{DT_MS, Drive};
use crate::models::{ListedSynapses, SYNAPSE, TestNoise, TestRecorder, TestRule, between};
use crate::values::values;

/// The sizes of the populations: no number of partitions divides them.
const SIZES: [u32; 2] = [101, 33];

/// How many steps it is simulated.
pub(crate) const STEPS: u64 = 400;

/// The models of a plugin of neurons, and those that a small network needs besides.
pub(crate) fn registry(neurons: &dyn Plugin) -> Registry {
    let mut registry = Registry::default();
    registry.add_plugin(neurons);
    registry.add_stimulus::<TestNoise>();
    registry.add_synapse_model::<ListedSynapses<f32>, ListedSynapses<f64>>(&SYNAPSE);
    registry.add_recorder::<TestRecorder>();
    registry
}

/// Some of its neurons, in another order than that of their numbers.
pub(crate) fn some_neurons() -> View {
    view(&[(0, 50, 51), (0, 0, 40)])
}

fn view(ranges: &[(u32, u32, u32)]) -> View {
    View::new(ranges.iter().copied()).expect("no neuron is there twice")
}

/// Two populations of the first neurons of a registry, with noise, random connections, and a recorder of all state.
///
/// # Panics
/// If it has none.
pub(crate) fn small_network(registry: &Registry) -> Network {
    let model = registry.declarations().find(|model| model.kind == ModelKind::Neuron);
    let model = model.expect("the plugin brings neurons");
    let population = |(name, n): (&str, u32)| Population {
        name: name.to_owned(),
        n,
        model: *registry.neuron(model.name).expect("it is registered"),
        parameters: values(model, &[]).into_iter().map(Value::Constant).collect(),
        initial: vec![None; model.states.len()],
    };
    let noise = registry.stimulus("test_noise").expect("it is registered");
    let stimulus =
        Stimulus { name: "noise".to_owned(), model: *noise, parameters: values(noise.declaration, &[]) };
    let all = view(&[(0, 0, SIZES[0]), (1, 0, SIZES[1])]);
    let (synapses, projections) = connections(registry, model, &all);
    Network {
        views: Vec::new(),
        grid: TimeGrid::new(DT_MS).expect("a step of time"),
        seed: 5,
        populations: ["one", "other"].into_iter().zip(SIZES).map(population).collect(),
        stimuli: vec![stimulus],
        synapses,
        projections,
        recorders: recorder(registry, model, all).into_iter().collect(),
        processes: Vec::new(),
        protocol: Vec::new(),
        extensions: registry.extensions().clone(),
    }
}

/// Noise that makes the neurons fire, and weaker connections between them; none where they take no spikes.
fn connections(registry: &Registry, model: &Declaration, all: &View) -> (Vec<SynapseType>, Vec<Projection>) {
    let Some(receptor) = model.receptor_for_weight(1.0) else { return Default::default() };
    let strong = Drive::new(model, 2.0).at(receptor);
    let (low, high) = (0.05 * strong, 0.1 * strong);
    let synapse = |weight, delay| SynapseType {
        name: "synapse".to_owned(),
        model: *registry.synapse(SYNAPSE.name).expect("it is registered"),
        parameters: vec![weight, delay],
    };
    let projection = |synapse, source| Projection {
        name: "projection".to_owned(),
        source,
        target: all.clone(),
        rule: Rule::with::<TestRule>(&[]),
        synapse,
        receptor: Some(model.receptors[receptor].name.to_owned()),
        zero_mean: false,
    };
    let synapses = vec![
        synapse(Value::Constant(strong), Value::Constant(0.5)),
        synapse(between(low, high), between(0.3, 2.0)),
    ];
    let projections = vec![projection(0, Source::Stimulus(0)), projection(1, Source::Neurons(all.clone()))];
    (synapses, projections)
}

/// A recorder of all state variables, if there are any.
fn recorder(registry: &Registry, model: &Declaration, view: View) -> Option<Recorder> {
    let variables: Vec<String> = model.states.iter().map(|state| state.name.to_owned()).collect();
    let sees = Sees::samples(variables.clone(), 7);
    (!variables.is_empty()).then(|| Recorder {
        name: "state".to_owned(),
        model: *registry.recorder("test_recorder").expect("it is registered"),
        parameters: Vec::new(),
        view,
        variables,
        synapses: None,
        at: Vec::new(),
        start: 0,
        stop: u64::MAX,
        sees,
        counted_as: None,
    })
}
