//! What the tests of scenes share.

use std::path::Path;
use std::time::{Duration, Instant};

use neuropil_core::Registry;
use neuropil_scene::SceneSource;

/// The models of the program.
pub(crate) fn registry() -> Registry {
    let mut registry = Registry::default();
    registry
        .add_plugin(&neuropil_distribution_standard::StandardDistributionsPlugin)
        .add_plugin(&neuropil_function_standard::StandardFunctionsPlugin)
        .add_plugin(&neuropil_neuron_auryn::IfGroup)
        .add_plugin(&neuropil_neuron_auryn::TifGroup)
        .add_plugin(&neuropil_neuron_iaf_psc_alpha::IafPscAlpha)
        .add_plugin(&neuropil_neuron_iaf_cond_exp::IafCondExp)
        .add_plugin(&neuropil_neuron_lif_dexp::LifDexp)
        .add_plugin(&neuropil_synapse_static::StaticSynapsePlugin)
        .add_plugin(&neuropil_stimulus_poisson::PoissonGenerator)
        .add_plugin(&neuropil_stimulus_poisson::Poisson)
        .add_plugin(&neuropil_stimulus_dc::DcGenerator)
        .add_plugin(&neuropil_rule_standard::StandardRulesPlugin)
        .add_plugin(&neuropil_recorder_spikes::Spikes)
        .add_plugin(&neuropil_recorder_traces::Traces)
        .add_plugin(&neuropil_recorder_rate::Rate)
        .add_plugin(&neuropil_recorder_weights::Weights);
    registry
}

/// A scene of the repository.
pub(crate) fn scene(path: &str) -> SceneSource {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    SceneSource::load(&root.join(path)).expect("the repository has this scene")
}

/// Does what takes far less than a second if its time grows with the length of the input, and minutes if it grows with the square.
/// The deadline only turns a hang into a failure: it is late enough for the slowest machine.
#[track_caller]
pub(crate) fn without_hanging<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    result
}
