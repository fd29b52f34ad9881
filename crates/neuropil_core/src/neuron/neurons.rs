//! The neurons of a model that is written as a function of one of them.

use bevy_ecs::prelude::*;

use crate::declare::declaration::Initial;
use crate::declare::parameters::Parameters;
use crate::declare::receptors::{Moment, Receptors};
use crate::declare::state::{Shown, State};
use crate::declare::state_column::StateColumn;
use crate::error::ParameterError;
use crate::neuron::component::NeuronModel;
use crate::neuron::constants::{ConstantSets, NeuronLoop};
use crate::neuron::equations::Neuron;
use crate::neuron::step::{Slots, Step};
use crate::number::block::Block;
use crate::number::column::Column;
use crate::number::real::Real;
use crate::random::draws::Draws;
use crate::random::streams::Purpose;
use crate::registry::Registry;
use crate::step::input::InputBuffer;
use crate::step::slice::collect_fired;
use crate::step::slice_setup::SliceSetup;

/// The neurons of a slice, whose model is a [`Neuron`].
#[derive(Component)]
pub struct Neurons<M: Neuron, R: Real> {
    constants: ConstantSets<M::Constants<R>>,
    columns: <M::State<R> as State<R>>::Columns,
    /// The current of stimuli that acts in the coming step.
    delayed: StateColumn<R>,
    draws: Draws<R>,
    /// What is added to each declared variable where it is shown.
    offsets: Vec<Option<Column>>,
    stimulated: bool,
    /// Whether some of the neurons take slow steps.
    slow: bool,
    /// Which neurons fire in the step at hand.
    spiking: StateColumn<bool>,
}

impl Registry {
    /// Registers a neuron model, in both precisions.
    pub fn add_neuron<M: Neuron>(&mut self) {
        self.add_neuron_model::<Neurons<M, f32>, Neurons<M, f64>>(M::DECLARATION);
    }
}

impl<M: Neuron, R: Real> Clone for Neurons<M, R> {
    fn clone(&self) -> Self {
        Self {
            constants: self.constants.clone(),
            columns: self.columns.clone(),
            delayed: self.delayed.clone(),
            draws: self.draws.clone(),
            offsets: self.offsets.clone(),
            spiking: self.spiking.clone(),
            ..*self
        }
    }
}

/// The values of a parameter of a slice.
fn values_of<M: Neuron>(setup: &SliceSetup<'_>, name: &str) -> Column {
    let place = M::Parameters::DECLARED.iter().position(|p| p.name == name);
    setup.parameters[place.expect("the compiler has checked the names")].clone()
}

fn offsets<M: Neuron, R: Real>(setup: &SliceSetup<'_>) -> Vec<Option<Column>> {
    let offset = |shown: &Shown| match shown {
        Shown::RelativeTo(name) => Some(values_of::<M>(setup, name)),
        Shown::AsHeld | Shown::Times(_) => None,
    };
    M::State::<R>::SHOWN.iter().map(offset).collect()
}

fn constants<M: Neuron, R: Real>(
    setup: &SliceSetup<'_>,
) -> Result<ConstantSets<M::Constants<R>>, ParameterError> {
    setup.constants(|p| M::rounded_constants::<R>(&p, &setup.grid))
}

impl<M: Neuron, R: Real> Neurons<M, R> {
    /// What is added to a declared variable where it is shown.
    fn offset(&self, variable: usize, neuron: usize) -> R {
        self.offsets[variable].as_ref().map_or(R::ZERO, |column| R::from_f64(column.at(neuron)))
    }

    /// Gives the declared variables their initial values.
    fn fill(&mut self, setup: &SliceSetup<'_>) {
        for (variable, declared) in M::State::<R>::DECLARED.iter().enumerate() {
            let initial = match declared.initial {
                _ if declared.receptor.is_some() => continue,
                Initial::Value(value) => Column::Shared(value),
                Initial::Parameter(name) => values_of::<M>(setup, name),
            };
            (0..setup.len()).for_each(|i| self.set(variable, i, initial.at(i)));
        }
    }

    /// Shifts what is held relative to a parameter that has changed: what is shown stays.
    fn shift(&mut self, before: &[Option<Column>]) {
        for (variable, (before, now)) in before.iter().zip(&self.offsets).enumerate() {
            let (Some(before), Some(now)) = (before, now) else { continue };
            let at = |column: &Column, i| R::from_f64(column.at(i));
            let column = M::State::<R>::column_mut(&mut self.columns, variable);
            // Nothing is rounded where the parameter stays.
            column.iter_mut().enumerate().for_each(|(i, x)| *x += at(before, i) - at(now, i));
        }
    }

    /// Changes the state of all neurons by their constants.
    fn change_all(&mut self, change: impl Fn(&M::Constants<R>, &mut M::State<R>)) {
        for i in 0..self.spiking.len() {
            M::State::<R>::change(&mut self.columns, i, |s| change(&self.constants.at(i), s));
        }
        self.slow = (0..self.spiking.len()).any(|i| M::is_slow(&self.constants.at(i)));
    }
}

impl<M: Neuron, R: Real> NeuronModel for Neurons<M, R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let n = setup.len();
        let mut neurons = Self {
            constants: constants::<M, R>(setup)?,
            columns: M::State::<R>::columns(n),
            delayed: StateColumn::filled(R::ZERO, n),
            draws: Draws::new(
                M::Input::<R>::RANDOM,
                setup.seed,
                [Purpose::Noise, Purpose::NoiseAngle],
                setup.slice.population,
                setup.slice.start,
                n,
            ),
            offsets: offsets::<M, R>(setup),
            stimulated: setup.stimulated,
            slow: false,
            spiking: StateColumn::filled(false, n),
        };
        neurons.fill(setup);
        neurons.change_all(M::initialize);
        Ok(neurons)
    }

    fn step(&mut self, step: u64, input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        let Self { constants, columns, delayed, draws, stimulated, slow, spiking, .. } = self;
        let n = spiking.len();
        draws.draw(step);
        let mut channels = input.channels();
        let slots = Slots::<M, R> {
            taken: M::Input::take(&mut channels),
            held: M::State::held::<M::Input<R>>(&mut channels),
            moment: Moment { step, delayed, random: draws.columns() },
            columns,
            spiking,
        };
        match (*slow, *stimulated) {
            (false, false) => constants.run(Step::<M, R, false, false>(slots)),
            (false, true) => constants.run(Step::<M, R, true, false>(slots)),
            (true, _) => Step::<M, R, true, true>(slots).run(Block::whole(n), &*constants),
        }
        collect_fired(spiking, fired);
        if let Some(at_spike) = M::at_spike::<R>() {
            for i in fired.iter().map(|&i| i as usize) {
                M::State::<R>::change(columns, i, |s| at_spike(&constants.at(i), s, step));
            }
        }
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        self.constants = constants::<M, R>(setup)?;
        self.stimulated = setup.stimulated;
        let before = std::mem::replace(&mut self.offsets, offsets::<M, R>(setup));
        self.shift(&before);
        self.change_all(M::reconfigure);
        Ok(())
    }

    fn get(&self, variable: usize, neuron: usize) -> f64 {
        let held = M::State::<R>::column(&self.columns, variable)[neuron];
        match M::State::<R>::SHOWN[variable] {
            Shown::AsHeld => held.to_f64(),
            Shown::RelativeTo(_) => (held + self.offset(variable, neuron)).to_f64(),
            Shown::Times(scale) => held.to_f64() * scale,
        }
    }

    fn set(&mut self, variable: usize, neuron: usize, value: f64) {
        let held = match M::State::<R>::SHOWN[variable] {
            Shown::AsHeld => R::from_f64(value),
            Shown::RelativeTo(_) => R::from_f64(value) - self.offset(variable, neuron),
            Shown::Times(scale) => R::from_f64(value / scale),
        };
        M::State::<R>::column_mut(&mut self.columns, variable)[neuron] = held;
    }
}
