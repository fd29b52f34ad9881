use neuropil_core::{Column, InputBuffer, NeuronModel, ParameterError, Real, Slice, SliceSetup, TimeGrid};
use neuropil_neuron_iaf_cond_exp::{DECLARATION, Neurons};

/// The channels of the receptors.
pub(crate) const EX: usize = 0;
pub(crate) const IN: usize = 1;
pub(crate) const CURRENT: usize = 2;

/// The state variables.
pub(crate) const V_M: usize = 0;
pub(crate) const G_EX: usize = 1;
pub(crate) const G_IN: usize = 2;

/// The values of `integrator`.
pub(crate) const RK4: f64 = 0.0;
pub(crate) const DOPRI5: f64 = 1.0;

/// Neurons with their input, driven step by step.
pub(crate) struct Cells<R: Real> {
    pub(crate) neurons: Neurons<R>,
    input: InputBuffer<R>,
    grid: TimeGrid,
    len: u32,
    step: u64,
}

impl<R: Real> Cells<R> {
    pub(crate) fn try_new(dt_ms: f64, len: u32, parameters: &[Column]) -> Result<Self, ParameterError> {
        let grid = TimeGrid::new(dt_ms).unwrap();
        let input = InputBuffer::new(&DECLARATION, len);
        Ok(Self { neurons: Neurons::new(&setup(grid, len, parameters))?, input, grid, len, step: 0 })
    }

    /// Gives the neurons other parameters.
    pub(crate) fn configure(&mut self, parameters: &[Column]) -> Result<(), ParameterError> {
        self.neurons.configure(&setup(self.grid, self.len, parameters))
    }

    /// One neuron with the defaults but for `changes`.
    pub(crate) fn one(dt_ms: f64, changes: &[(&str, f64)]) -> Self {
        Self::try_new(dt_ms, 1, &parameters(changes)).unwrap()
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
}

fn setup(grid: TimeGrid, len: u32, parameters: &[Column]) -> SliceSetup<'_> {
    SliceSetup { slice: Slice { population: 0, start: 0, len }, grid, seed: 1, parameters }
}

/// The defaults but for `changes`, the same for all neurons.
pub(crate) fn parameters(changes: &[(&str, f64)]) -> Vec<Column> {
    let mut columns: Vec<_> = DECLARATION.parameters.iter().map(|p| Column::Shared(p.default)).collect();
    for &(name, value) in changes {
        columns[DECLARATION.parameter(name).unwrap()] = Column::Shared(value);
    }
    columns
}
