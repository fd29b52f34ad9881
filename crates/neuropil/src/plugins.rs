//! The plugins that the program comes with.

use neuropil_core::{Plugin, Registry};
use neuropil_distribution_standard::StandardDistributionsPlugin;
use neuropil_function_standard::StandardFunctionsPlugin;
use neuropil_neuron_auryn::{IfGroup, TifGroup};
use neuropil_neuron_iaf_cond_exp::IafCondExp;
use neuropil_neuron_iaf_psc_alpha::IafPscAlpha;
use neuropil_neuron_iaf_psc_delta::IafPscDelta;
use neuropil_neuron_iaf_psc_exp::IafPscExp;
use neuropil_neuron_lif_dexp::LifDexp;
use neuropil_neuron_lifref_cond_exp::LifrefCondExp;
use neuropil_recorder_rate::Rate;
use neuropil_recorder_spikes::Spikes;
use neuropil_recorder_traces::Traces;
use neuropil_recorder_weights::Weights;
use neuropil_rule_standard::StandardRulesPlugin;
use neuropil_stimulus_dc::DcGenerator;
use neuropil_stimulus_poisson::{Poisson, PoissonGenerator};
use neuropil_synapse_static::StaticSynapsePlugin;

/// The plugins that the program comes with. A new model is one line here.
#[must_use]
pub fn default_plugins() -> Vec<Box<dyn Plugin>> {
    vec![
        Box::new(IafPscAlpha),
        Box::new(IafPscExp),
        Box::new(IafPscDelta),
        Box::new(IafCondExp),
        Box::new(IfGroup),
        Box::new(TifGroup),
        Box::new(LifDexp),
        Box::new(LifrefCondExp),
        Box::new(StaticSynapsePlugin),
        Box::new(PoissonGenerator),
        Box::new(Poisson),
        Box::new(DcGenerator),
        Box::new(StandardRulesPlugin),
        Box::new(Spikes),
        Box::new(Traces),
        Box::new(Rate),
        Box::new(Weights),
        Box::new(StandardDistributionsPlugin),
        Box::new(StandardFunctionsPlugin),
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
