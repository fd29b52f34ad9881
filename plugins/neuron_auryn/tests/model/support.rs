use neuropil_core::{Column, Declaration, Neuron, NeuronModel, Neurons, Real};
use neuropil_neuron_auryn::{IfGroup, TifGroup};
pub(crate) use neuropil_testing::Cells;

pub(crate) const DT_MS: f64 = 0.1;

/// A model with its declaration.
pub(crate) trait Declared: NeuronModel {
    const DECLARATION: &'static Declaration;
}

impl<R: Real> Declared for Neurons<IfGroup, R> {
    const DECLARATION: &'static Declaration = IfGroup::DECLARATION;
}

impl<R: Real> Declared for Neurons<TifGroup, R> {
    const DECLARATION: &'static Declaration = TifGroup::DECLARATION;
}

pub(crate) type Tif<R> = Neurons<TifGroup, R>;
pub(crate) type If<R> = Neurons<IfGroup, R>;

/// One neuron with the defaults but for `changes`.
pub(crate) fn one<M: Declared>(changes: &[(&str, f64)]) -> Cells<M> {
    Cells::one(M::DECLARATION, DT_MS, changes)
}

/// `len` neurons with the defaults but for `changes`.
pub(crate) fn many<M: Declared>(len: u32, changes: &[(&str, f64)]) -> Cells<M> {
    Cells::new(M::DECLARATION, DT_MS, len, &parameters::<M>(changes)).unwrap()
}

/// The defaults but for `changes`, the same for all neurons.
pub(crate) fn parameters<M: Declared>(changes: &[(&str, f64)]) -> Vec<Column> {
    neuropil_testing::parameters(M::DECLARATION, changes)
}
