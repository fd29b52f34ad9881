//! The plugins that the program comes with.

use neuropil_core::{Plugin, Registry};
use neuropil_neuron_auryn::AurynPlugin;
use neuropil_neuron_iaf_cond_exp::IafCondExpPlugin;
use neuropil_neuron_iaf_psc_alpha::IafPscAlpha;
use neuropil_neuron_iaf_psc_delta::IafPscDelta;
use neuropil_neuron_iaf_psc_exp::IafPscExp;
use neuropil_neuron_lif_dexp::LifDexpPlugin;
use neuropil_neuron_lifref_cond_exp::LifrefCondExpPlugin;
use neuropil_recorder_rate::Rate;
use neuropil_recorder_spikes::Spikes;
use neuropil_recorder_traces::Traces;
use neuropil_recorder_weights::Weights;
use neuropil_rule_standard::StandardRulesPlugin;
use neuropil_stimulus_dc::DcPlugin;
use neuropil_stimulus_poisson::PoissonPlugin;
use neuropil_synapse_static::StaticSynapsePlugin;

/// The plugins that the program comes with. A new model is one line here.
#[must_use]
pub fn default_plugins() -> Vec<Box<dyn Plugin>> {
    vec![
        Box::new(IafPscAlpha),
        Box::new(IafPscExp),
        Box::new(IafPscDelta),
        Box::new(IafCondExpPlugin),
        Box::new(AurynPlugin),
        Box::new(LifDexpPlugin),
        Box::new(LifrefCondExpPlugin),
        Box::new(StaticSynapsePlugin),
        Box::new(PoissonPlugin),
        Box::new(DcPlugin),
        Box::new(StandardRulesPlugin),
        Box::new(Spikes),
        Box::new(Traces),
        Box::new(Rate),
        Box::new(Weights),
    ]
}

/// A registry of the models of `plugins`.
#[must_use]
pub fn registry(plugins: &[Box<dyn Plugin>]) -> Registry {
    let mut registry = Registry::default();
    for plugin in plugins {
        registry.add_plugin(plugin.as_ref());
    }
    registry
}
