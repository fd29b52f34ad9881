//! Neurons without a network.

use neuropil_core::{
    Column, Declaration, InputSlice, Inputs, NeuronModel, ParameterError, Real, Slice, SliceSetup, TimeGrid,
};

use crate::values::values;

/// The neurons of a slice with their input, driven step by step as the engine does it.
///
/// Tests that misuse it panic: where a name is not declared, or parameters are refused.
#[derive(Clone)]
pub struct Cells<M: NeuronModel> {
    declaration: &'static Declaration,
    slice: Slice,
    grid: TimeGrid,
    stimulated: bool,
    neurons: M,
    inputs: Inputs<M::Real>,
    input: InputSlice,
    step: u64,
}

/// The defaults but for `changes`, the same for all neurons.
///
/// # Panics
/// If the model does not declare a parameter.
#[must_use]
pub fn parameters(declaration: &Declaration, changes: &[(&str, f64)]) -> Vec<Column> {
    values(declaration, changes).into_iter().map(Column::Shared).collect()
}

impl<M: NeuronModel> Cells<M> {
    /// One neuron with the defaults but for `changes`.
    ///
    /// # Panics
    /// If the model refuses them.
    #[must_use]
    pub fn one(declaration: &'static Declaration, dt_ms: f64, changes: &[(&str, f64)]) -> Self {
        Self::new(declaration, dt_ms, 1, &parameters(declaration, changes))
            .expect("parameters that fit together")
    }

    /// `len` neurons with these parameters.
    ///
    /// # Errors
    /// Where the model refuses them.
    pub fn new(
        declaration: &'static Declaration,
        dt_ms: f64,
        len: u32,
        parameters: &[Column],
    ) -> Result<Self, ParameterError> {
        Self::of_slice(declaration, dt_ms, Slice { population: 0, start: 0, len }, parameters)
    }

    /// The neurons of a slice, with the parameters of its neurons.
    ///
    /// # Errors
    /// Where the model refuses them.
    ///
    /// # Panics
    /// If `dt_ms` is no step.
    pub fn of_slice(
        declaration: &'static Declaration,
        dt_ms: f64,
        slice: Slice,
        parameters: &[Column],
    ) -> Result<Self, ParameterError> {
        Self::build(declaration, dt_ms, slice, parameters, true)
    }

    /// Neurons that stimuli send current, or not.
    pub(crate) fn build(
        declaration: &'static Declaration,
        dt_ms: f64,
        slice: Slice,
        parameters: &[Column],
        stimulated: bool,
    ) -> Result<Self, ParameterError> {
        let grid = TimeGrid::new(dt_ms).expect("a step of time");
        let neurons = M::new(&SliceSetup { slice, grid, seed: 1, parameters, stimulated })?;
        let mut inputs = Inputs::default();
        let input = inputs.add(declaration, slice.len);
        Ok(Self { declaration, slice, grid, stimulated, neurons, inputs, input, step: 0 })
    }

    /// Gives the neurons other parameters.
    ///
    /// # Errors
    /// Where the model refuses them.
    pub fn configure(&mut self, parameters: &[Column]) -> Result<(), ParameterError> {
        let Self { slice, grid, stimulated, .. } = *self;
        self.neurons.configure(&SliceSetup { slice, grid, seed: 1, parameters, stimulated })
    }

    /// Adds what arrives at a receptor: before the step in which it does, or after it where the receptor holds a state
    /// variable.
    ///
    /// # Panics
    /// If the model has no such receptor or neuron.
    pub fn arrive(&mut self, receptor: &str, neuron: usize, value: f64) {
        let channel = self.declaration.receptors.iter().position(|r| r.name == receptor);
        self.inputs.of(&self.input).channel_mut(channel.expect("a declared receptor"))[neuron] +=
            M::Real::from_f64(value);
    }

    /// Simulates a step; the neurons that fired.
    ///
    /// # Panics
    /// If they are not in ascending order, or input is left that was to be taken.
    pub fn step(&mut self) -> Vec<u32> {
        let fired = self.advance();
        assert!(fired.is_sorted_by(|a, b| a < b), "spikes are not in ascending order");
        assert!(fired.iter().all(|&i| i < self.slice.len), "a spike of no neuron");
        self.assert_input_is_gone();
        fired
    }

    /// The same without a look at what comes out.
    pub(crate) fn advance(&mut self) -> Vec<u32> {
        let mut fired = Vec::new();
        let mut input = self.inputs.of(&self.input);
        self.neurons.step(self.step, &mut input, &mut fired);
        input.clear();
        self.step += 1;
        fired
    }

    fn assert_input_is_gone(&self) {
        for (channel, receptor) in self.declaration.receptors.iter().enumerate() {
            let holds = self.declaration.states.iter().any(|s| s.receptor == Some(receptor.name));
            let gone = || self.inputs.channel(&self.input, channel).iter().all(|&x| x == M::Real::ZERO);
            assert!(holds || gone(), "the step left input at `{}`", receptor.name);
        }
    }

    /// A state variable of one neuron, whoever holds it.
    ///
    /// # Panics
    /// If the model has no such variable or neuron.
    #[must_use]
    pub fn get(&self, name: &str, neuron: usize) -> f64 {
        let variable = self.declaration.state(name).expect("a declared state variable");
        match self.declaration.channel_of_state(variable) {
            Some(channel) => self.inputs.channel(&self.input, channel)[neuron].to_f64(),
            None => self.neurons.get(variable, neuron),
        }
    }

    /// Sets a state variable of one neuron.
    ///
    /// # Panics
    /// If the model has no such variable or neuron.
    pub fn set(&mut self, name: &str, neuron: usize, value: f64) {
        let variable = self.declaration.state(name).expect("a declared state variable");
        match self.declaration.channel_of_state(variable) {
            Some(channel) => {
                self.inputs.of(&self.input).channel_mut(channel)[neuron] = M::Real::from_f64(value);
            }
            None => self.neurons.set(variable, neuron, value),
        }
    }

    /// The bits of all state variables of one neuron.
    #[must_use]
    pub fn bits(&self, neuron: usize) -> Vec<u64> {
        self.declaration.states.iter().map(|s| self.get(s.name, neuron).to_bits()).collect()
    }

    /// The slice.
    #[must_use]
    pub fn slice(&self) -> Slice {
        self.slice
    }

    /// What the model declares.
    #[must_use]
    pub fn declaration(&self) -> &'static Declaration {
        self.declaration
    }
}
