use neuropil_core::{Column, Neuron, Neurons, ParameterError, Real};
use neuropil_neuron_lif_dexp::LifDexp;

/// The receptors.
pub(crate) const SYN: &str = "syn";
pub(crate) const CURRENT: &str = "current";

/// The state variables.
pub(crate) const V_M: &str = "V_m";
pub(crate) const I_SYN: &str = "I_syn";
pub(crate) const H: &str = "h";

/// The length of a step, in ms.
pub(crate) const DT_MS: f64 = 0.05;

pub(crate) type Cells<R> = neuropil_testing::Cells<Neurons<LifDexp, R>>;

pub(crate) fn one<R: Real>(changes: &[(&str, f64)]) -> Cells<R> {
    Cells::one(LifDexp::DECLARATION, DT_MS, changes)
}

pub(crate) fn many<R: Real>(len: usize, parameters: &[Column]) -> Result<Cells<R>, ParameterError> {
    Cells::new(LifDexp::DECLARATION, DT_MS, len as u32, parameters)
}

/// The defaults but for `changes`, the same for all neurons.
pub(crate) fn parameters(changes: &[(&str, f64)]) -> Vec<Column> {
    neuropil_testing::parameters(LifDexp::DECLARATION, changes)
}
