use neuropil_core::{
    Column, Declaration, InputBuffer, NeuronModel, ParameterError, Real, Slice, SliceSetup, TimeGrid,
};
use neuropil_neuron_auryn::{ifgroup, tifgroup};

pub(crate) const DT_MS: f64 = 0.1;

/// A model with its declaration.
pub(crate) trait Declared: NeuronModel {
    const DECLARATION: &'static Declaration;
}

impl<R: Real> Declared for ifgroup::Neurons<R> {
    const DECLARATION: &'static Declaration = &ifgroup::DECLARATION;
}

impl<R: Real> Declared for tifgroup::Neurons<R> {
    const DECLARATION: &'static Declaration = &tifgroup::DECLARATION;
}

/// Neurons with their input, driven step by step as the engine does it.
pub(crate) struct Cells<M: NeuronModel> {
    neurons: M,
    input: InputBuffer<M::Real>,
    step: u64,
}

pub(crate) type Tif<R> = Cells<tifgroup::Neurons<R>>;
pub(crate) type If<R> = Cells<ifgroup::Neurons<R>>;

fn setup(parameters: &[Column], len: u32) -> SliceSetup<'_> {
    let slice = Slice { population: 0, start: 0, len };
    SliceSetup { slice, grid: TimeGrid::new(DT_MS).unwrap(), seed: 1, parameters }
}

impl<M: Declared> Cells<M> {
    pub(crate) fn try_new(len: u32, parameters: &[Column]) -> Result<Self, ParameterError> {
        let input = InputBuffer::new(M::DECLARATION, len);
        Ok(Self { neurons: M::new(&setup(parameters, len))?, input, step: 0 })
    }

    /// `len` neurons with the defaults but for `changes`.
    pub(crate) fn new(len: u32, changes: &[(&str, f64)]) -> Self {
        Self::try_new(len, &parameters::<M>(changes)).unwrap()
    }

    /// One neuron with the defaults but for `changes`.
    pub(crate) fn one(changes: &[(&str, f64)]) -> Self {
        Self::new(1, changes)
    }

    pub(crate) fn configure(&mut self, len: u32, changes: &[(&str, f64)]) -> Result<(), ParameterError> {
        self.neurons.configure(&setup(&parameters::<M>(changes), len))
    }

    /// Simulates a step without the spikes that arrive in it; the neurons that fired.
    pub(crate) fn step(&mut self) -> Vec<u32> {
        let mut fired = Vec::new();
        self.neurons.step(self.step, &mut self.input, &mut fired);
        self.input.clear();
        self.step += 1;
        fired
    }

    /// Adds a spike that arrives in the step just simulated.
    pub(crate) fn arrive(&mut self, receptor: usize, neuron: usize, weight: M::Real) {
        self.input.channel_mut(receptor)[neuron] += weight;
    }

    /// A state variable of one neuron, whoever holds it.
    pub(crate) fn get(&self, name: &str, neuron: usize) -> f64 {
        let variable = M::DECLARATION.state(name).unwrap();
        match M::DECLARATION.channel_of_state(variable) {
            Some(channel) => self.input.channel(channel)[neuron].to_f64(),
            None => self.neurons.get(variable, neuron),
        }
    }

    pub(crate) fn set(&mut self, name: &str, neuron: usize, value: f64) {
        let variable = M::DECLARATION.state(name).unwrap();
        match M::DECLARATION.channel_of_state(variable) {
            Some(channel) => self.input.channel_mut(channel)[neuron] = M::Real::from_f64(value),
            None => self.neurons.set(variable, neuron, value),
        }
    }

    /// The bits of all state variables of one neuron.
    pub(crate) fn state(&self, neuron: usize) -> Vec<u64> {
        M::DECLARATION.states.iter().map(|s| self.get(s.name, neuron).to_bits()).collect()
    }
}

/// The defaults but for `changes`, the same for all neurons.
pub(crate) fn parameters<M: Declared>(changes: &[(&str, f64)]) -> Vec<Column> {
    let mut columns: Vec<_> = M::DECLARATION.parameters.iter().map(|p| Column::Shared(p.default)).collect();
    for &(name, value) in changes {
        columns[M::DECLARATION.parameter(name).unwrap()] = Column::Shared(value);
    }
    columns
}

/// The channel of a receptor.
pub(crate) fn channel<M: Declared>(receptor: &str) -> usize {
    M::DECLARATION.receptors.iter().position(|r| r.name == receptor).unwrap()
}
