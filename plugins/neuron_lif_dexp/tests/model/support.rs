use neuropil_core::{Column, InputBuffer, NeuronModel, ParameterError, Real, Slice, SliceSetup, TimeGrid};
use neuropil_neuron_lif_dexp::{DECLARATION, Neurons};

/// The channels of the receptors.
pub(crate) const SYN: usize = 0;
pub(crate) const CURRENT: usize = 1;

/// The state variables.
pub(crate) const V_M: usize = 0;
pub(crate) const I_SYN: usize = 1;
pub(crate) const H: usize = 2;

/// The length of a step, in ms.
pub(crate) const DT_MS: f64 = 0.05;

/// Neurons with their input, driven step by step.
pub(crate) struct Cells<R: Real> {
    pub(crate) neurons: Neurons<R>,
    input: InputBuffer<R>,
    step: u64,
}

impl<R: Real> Cells<R> {
    pub(crate) fn try_new(len: u32, parameters: &[Column]) -> Result<Self, ParameterError> {
        let neurons = Neurons::new(&setup(len, parameters))?;
        Ok(Self { neurons, input: InputBuffer::new(&DECLARATION, len), step: 0 })
    }

    /// One neuron with the defaults but for `changes`.
    pub(crate) fn one(changes: &[(&str, f64)]) -> Self {
        Self::try_new(1, &parameters(changes)).unwrap()
    }

    pub(crate) fn configure(&mut self, len: u32, parameters: &[Column]) -> Result<(), ParameterError> {
        self.neurons.configure(&setup(len, parameters))
    }

    /// Adds to the input of the coming step.
    pub(crate) fn arrive(&mut self, receptor: usize, neuron: usize, value: f64) {
        self.input.channel_mut(receptor)[neuron] += R::from_f64(value);
    }

    /// Simulates a step; the neurons that fired.
    pub(crate) fn step(&mut self) -> Vec<u32> {
        let mut fired = Vec::new();
        self.neurons.step(self.step, &mut self.input, &mut fired);
        self.input.clear();
        self.step += 1;
        fired
    }

    pub(crate) fn get(&self, variable: usize) -> f64 {
        self.neurons.get(variable, 0)
    }

    /// The state of a neuron, bit by bit.
    pub(crate) fn bits(&self, neuron: usize) -> [u64; 3] {
        [V_M, I_SYN, H].map(|variable| self.neurons.get(variable, neuron).to_bits())
    }
}

fn setup(len: u32, parameters: &[Column]) -> SliceSetup<'_> {
    let slice = Slice { population: 0, start: 0, len };
    SliceSetup { slice, grid: TimeGrid::new(DT_MS).unwrap(), seed: 1, parameters }
}

/// The defaults but for `changes`, the same for all neurons.
pub(crate) fn parameters(changes: &[(&str, f64)]) -> Vec<Column> {
    let mut columns: Vec<_> = DECLARATION.parameters.iter().map(|p| Column::Shared(p.default)).collect();
    for &(name, value) in changes {
        columns[DECLARATION.parameter(name).unwrap()] = Column::Shared(value);
    }
    columns
}
