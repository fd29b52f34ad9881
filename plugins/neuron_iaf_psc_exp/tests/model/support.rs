use neuropil_core::{Column, Neuron, Neurons, ParameterError, Real};
use neuropil_neuron_iaf_psc_exp::IafPscExp;

/// The receptors.
pub(crate) const EX: &str = "ex";
pub(crate) const IN: &str = "in";
pub(crate) const CURRENT: &str = "current";

/// The state variables.
pub(crate) const V_M: &str = "V_m";
pub(crate) const I_SYN_EX: &str = "I_syn_ex";
pub(crate) const I_SYN_IN: &str = "I_syn_in";

pub(crate) type Cells<R> = neuropil_testing::Cells<Neurons<IafPscExp, R>>;

pub(crate) fn one<R: Real>(dt_ms: f64, changes: &[(&str, f64)]) -> Cells<R> {
    Cells::one(IafPscExp::DECLARATION, dt_ms, changes)
}

pub(crate) fn many<R: Real>(
    dt_ms: f64,
    len: usize,
    parameters: &[Column],
) -> Result<Cells<R>, ParameterError> {
    Cells::new(IafPscExp::DECLARATION, dt_ms, len as u32, parameters)
}

/// The defaults but for `changes`, the same for all neurons.
pub(crate) fn parameters(changes: &[(&str, f64)]) -> Vec<Column> {
    neuropil_testing::parameters(IafPscExp::DECLARATION, changes)
}
