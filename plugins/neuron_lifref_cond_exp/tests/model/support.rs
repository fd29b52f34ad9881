use neuropil_core::{Column, Neuron, Neurons, ParameterError, Real};
use neuropil_neuron_lifref_cond_exp::LifrefCondExp;

/// The receptors.
pub(crate) const EX: &str = "ex";
pub(crate) const IN: &str = "in";
pub(crate) const CURRENT: &str = "current";

/// The state variables.
pub(crate) const V_M: &str = "V_m";
pub(crate) const G_EX: &str = "g_ex";
pub(crate) const G_IN: &str = "g_in";

/// The values of the parameter `reset`.
pub(crate) const SOFT: f64 = 0.0;
pub(crate) const HARD: f64 = 1.0;

pub(crate) type Cells<R> = neuropil_testing::Cells<Neurons<LifrefCondExp, R>>;

pub(crate) fn one<R: Real>(dt_ms: f64, changes: &[(&str, f64)]) -> Cells<R> {
    Cells::one(LifrefCondExp::DECLARATION, dt_ms, changes)
}

pub(crate) fn many<R: Real>(
    dt_ms: f64,
    len: usize,
    parameters: &[Column],
) -> Result<Cells<R>, ParameterError> {
    Cells::new(LifrefCondExp::DECLARATION, dt_ms, len as u32, parameters)
}

/// The defaults but for `changes`, the same for all neurons.
pub(crate) fn parameters(changes: &[(&str, f64)]) -> Vec<Column> {
    neuropil_testing::parameters(LifrefCondExp::DECLARATION, changes)
}
