//! What a process or an action may read and change of a network.

use bevy_ecs::prelude::*;

use crate::actor::access_error::AccessError;
use crate::declare::declaration::{Accepts, Parameter};
use crate::declare::parameters::StimulusNumber;
use crate::number::column::Column;
use crate::number::real::{Precision, Real};
use crate::random::streams::Streams;
use crate::step::directory::{Directory, ListedPopulation};
use crate::step::input::{InputSlice, Inputs};
use crate::step::owned::{Changes, NeuronId, Owned, SliceParameters, StimulusChange, owned_by};
use crate::step::slice::Clock;
use crate::step::slice_setup::SliceSetup;
use crate::stimulus::component::StimulusSetup;
use crate::time::TimeGrid;
use crate::view::View;

/// What a process or an action may read and change of a network, between two steps.
///
/// Every partition calls it for its own neurons, and for those alone. Neurons are known by their numbers in a population and their
/// positions in a view, never by their places in a partition: what is read and set then does not depend on how many partitions
/// there are.
pub struct Access<'a> {
    world: &'a mut World,
    view: &'a View,
    streams: Streams,
}

impl<'a> Access<'a> {
    /// Access to a partition for what acts on `view`, with random numbers of its own.
    pub fn new(world: &'a mut World, view: &'a View, streams: Streams) -> Self {
        Self { world, view, streams }
    }

    /// The neurons that the scene names with `of`.
    #[must_use]
    pub fn view(&self) -> &'a View {
        self.view
    }

    /// Random numbers, indexed by position or neuron: those of a process are counted by step, and each action of a protocol has its
    /// own, so that two of them draw independently.
    #[must_use]
    pub fn streams(&self) -> Streams {
        self.streams
    }

    /// The coming step.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.world.resource::<Clock>().step
    }

    /// The grid of time.
    #[must_use]
    pub fn grid(&self) -> TimeGrid {
        self.directory().grid
    }

    /// The populations and stimuli.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        self.world.resource::<Directory>()
    }

    /// The partition, for components and resources that a plugin brings.
    pub fn world(&mut self) -> &mut World {
        self.world
    }

    /// The slices of this partition that have neurons of a view, by population.
    #[must_use]
    pub fn owned(&self, view: &View) -> Vec<Owned> {
        owned_by(self.world, view)
    }

    /// A state variable of the neurons of a view that this partition owns.
    ///
    /// # Errors
    /// Where a model has no such variable.
    pub fn state(&self, view: &View, name: &str) -> Result<Vec<(NeuronId, f64)>, AccessError> {
        let mut values = Vec::new();
        for owned in self.owned(view) {
            let population = self.population(&owned);
            let variable = population.state(name).map_err(|error| error.of(&owned))?;
            let read = (population.hooks.read)(self.world, owned.entity, variable);
            values.extend(owned.neurons().map(|neuron| (neuron, read(owned.place(neuron)))));
        }
        Ok(values)
    }

    /// Sets a state variable of the neurons of a view.
    ///
    /// # Errors
    /// Where a model has no such variable, or a value is not finite.
    pub fn set_state(
        &mut self,
        view: &View,
        name: &str,
        mut value: impl FnMut(NeuronId) -> f64,
    ) -> Result<(), AccessError> {
        for owned in self.owned(view) {
            let population = self.population(&owned);
            let variable = population.state(name).map_err(|error| error.of(&owned))?;
            let (set, owner) = (population.hooks.set, population.owner());
            for neuron in owned.neurons() {
                let x = value(neuron);
                if !x.is_finite() {
                    return Err(AccessError::new(owner, format!("`{name}` cannot be set to {x}")).of(&owned));
                }
                set(&mut self.world.entity_mut(owned.entity), variable, owned.place(neuron), x);
            }
        }
        Ok(())
    }

    /// The same, from the values that the variable has.
    ///
    /// # Errors
    /// Where a model has no such variable, or a value is not finite.
    pub fn change_state(
        &mut self,
        view: &View,
        name: &str,
        mut value: impl FnMut(NeuronId, f64) -> f64,
    ) -> Result<(), AccessError> {
        let mut before = self.state(view, name)?.into_iter();
        self.set_state(view, name, |neuron| value(neuron, before.next().map_or(0.0, |(_, x)| x)))
    }

    /// A parameter of the neurons of a view that this partition owns.
    ///
    /// # Errors
    /// Where a model has no such parameter.
    pub fn parameter(&self, view: &View, name: &str) -> Result<Vec<(NeuronId, f64)>, AccessError> {
        let mut values = Vec::new();
        for owned in self.owned(view) {
            let population = self.population(&owned);
            let parameter = population.parameter(name).map_err(|error| error.of(&owned))?;
            let columns = self.world.get::<SliceParameters>(owned.entity);
            let Some(column) = columns.and_then(|columns| columns.0.get(parameter)) else { continue };
            values.extend(owned.neurons().map(|neuron| (neuron, column.at(owned.place(neuron)))));
        }
        Ok(values)
    }

    /// Sets a parameter of the neurons of a view. Their state stays as it is.
    ///
    /// # Errors
    /// Where a model has no such parameter, or refuses a value.
    pub fn set_parameter(
        &mut self,
        view: &View,
        name: &str,
        mut value: impl FnMut(NeuronId) -> f64,
    ) -> Result<(), AccessError> {
        self.change_parameter(view, name, |neuron, _| value(neuron))
    }

    /// The same, from the values that the parameter has.
    ///
    /// # Errors
    /// Where a model has no such parameter, or refuses a value.
    pub fn change_parameter(
        &mut self,
        view: &View,
        name: &str,
        mut value: impl FnMut(NeuronId, f64) -> f64,
    ) -> Result<(), AccessError> {
        for owned in self.owned(view) {
            let population = self.population(&owned);
            let parameter = population.parameter(name).map_err(|error| error.of(&owned))?;
            let (declared, owner) = (population.model.parameters[parameter], population.owner());
            let grid = self.grid();
            let Some(kept) = self.world.get::<SliceParameters>(owned.entity) else { continue };
            let (mut columns, stimulated) = (kept.0.clone(), kept.1);
            let mut values: Vec<f64> =
                (0..owned.slice.len as usize).map(|place| columns[parameter].at(place)).collect();
            for neuron in owned.neurons() {
                let x = value(neuron, values[owned.place(neuron)]);
                check(&declared, x, grid).map_err(|why| AccessError::new(&owner, why).of(&owned))?;
                values[owned.place(neuron)] = x;
            }
            columns[parameter] = shared_if_equal(values);
            self.configure(&owned, SliceParameters(columns, stimulated))?;
        }
        Ok(())
    }

    /// Gives the neurons of a slice other parameters, or lets them take current.
    fn configure(&mut self, owned: &Owned, new: SliceParameters) -> Result<(), AccessError> {
        let (population, &Directory { grid, seed, .. }) = (self.population(owned), self.directory());
        let (owner, hooks) = (population.owner(), population.hooks);
        let SliceParameters(parameters, stimulated) = &new;
        let setup = SliceSetup { slice: owned.slice, grid, seed, parameters, stimulated: *stimulated };
        let mut entity = self.world.entity_mut(owned.entity);
        let configured = (hooks.configure)(&mut entity, &setup);
        configured.map_err(|error| AccessError::new(owner, error.message).of(owned))?;
        entity.insert(new);
        Ok(())
    }

    /// A parameter of a stimulus, as it emits now.
    ///
    /// # Errors
    /// Where there is no such stimulus or parameter.
    pub fn stimulus(&self, stimulus: StimulusNumber, name: &str) -> Result<f64, AccessError> {
        let (number, parameter) = self.stimulus_parameter(stimulus, name)?;
        Ok(self.directory().stimuli[number].parameters[parameter])
    }

    /// Sets a parameter of a stimulus: what it emits from the coming step on. What it has sent before still arrives.
    ///
    /// # Errors
    /// Where there is no such stimulus or parameter, or its model refuses the value.
    pub fn set_stimulus(
        &mut self,
        stimulus: StimulusNumber,
        name: &str,
        value: f64,
    ) -> Result<(), AccessError> {
        let (number, parameter) = self.stimulus_parameter(stimulus, name)?;
        let step = self.step();
        let mut directory = self.world.resource_mut::<Directory>();
        let grid = directory.grid;
        let listed = &mut directory.stimuli[number];
        let owner = listed.owner();
        let refused = |why: String| AccessError::new(&owner, why);
        check(&listed.model.parameters[parameter], value, grid).map_err(refused)?;
        let before = std::mem::replace(&mut listed.parameters[parameter], value);
        if let Err(error) = (listed.hooks.check)(unconnected(&listed.parameters, grid)) {
            listed.parameters[parameter] = before;
            return Err(refused(error.message));
        }
        let change = StimulusChange { step, stimulus: number, parameter, value };
        self.world.resource_mut::<Changes>().0.push(change);
        Ok(())
    }

    /// Adds to what arrives at a receptor of the neurons of a view in the coming step.
    ///
    /// # Errors
    /// Where a model has no such receptor, or a value is not finite.
    pub fn add_input(
        &mut self,
        view: &View,
        receptor: &str,
        mut value: impl FnMut(NeuronId) -> f64,
    ) -> Result<(), AccessError> {
        for owned in self.owned(view) {
            let population = self.population(&owned);
            let channel = population.receptor(receptor).map_err(|error| error.of(&owned))?;
            let owner = population.owner();
            if population.model.receptors[channel].accepts == Accepts::Current {
                self.take_current(&owned)?;
            }
            let Some(input) = self.world.get::<InputSlice>(owned.entity).cloned() else { continue };
            for neuron in owned.neurons() {
                let x = value(neuron);
                if !x.is_finite() {
                    let why = format!("`{receptor}` cannot take an input of {x}");
                    return Err(AccessError::new(owner, why).of(&owned));
                }
                let place = input.place(channel, owned.place(neuron));
                match self.directory().precision {
                    Precision::F32 => add::<f32>(self.world, place, x),
                    Precision::F64 => add::<f64>(self.world, place, x),
                }
            }
        }
        Ok(())
    }

    /// Lets the neurons of a slice take current. Where no stimulus sends them any, they do not look for it.
    fn take_current(&mut self, owned: &Owned) -> Result<(), AccessError> {
        match self.world.get::<SliceParameters>(owned.entity) {
            Some(SliceParameters(columns, false)) => {
                let columns = columns.clone();
                self.configure(owned, SliceParameters(columns, true))
            }
            _ => Ok(()),
        }
    }

    fn population(&self, owned: &Owned) -> &ListedPopulation {
        &self.directory().populations[owned.slice.population as usize]
    }

    /// The positions of a stimulus and of its parameter.
    fn stimulus_parameter(
        &self,
        stimulus: StimulusNumber,
        name: &str,
    ) -> Result<(usize, usize), AccessError> {
        let number = stimulus.0 as usize;
        let listed = self.directory().stimuli.get(number);
        let listed = listed.ok_or_else(|| {
            AccessError::new("the network", format!("there is no stimulus with the number {number}"))
        })?;
        Ok((number, listed.parameter(name)?))
    }
}

/// Whether a value is one that a parameter may take.
fn check(parameter: &Parameter, x: f64, grid: TimeGrid) -> Result<(), String> {
    if !parameter.range.contains(x) {
        return Err(format!("`{}` cannot be {x}: it is {}", parameter.name, parameter.range));
    }
    let off_grid = if parameter.on_grid && x.is_finite() { grid.steps(x).err() } else { None };
    off_grid.map_or(Ok(()), |error| Err(format!("`{}`: {error}", parameter.name)))
}

fn add<R: Real>(world: &mut World, place: usize, x: f64) {
    world.resource_mut::<Inputs<R>>().all_mut()[place] += R::from_f64(x);
}

/// A stimulus without targets, whose parameters a model checks.
fn unconnected(parameters: &[f64], grid: TimeGrid) -> StimulusSetup<'_> {
    let (targets, weights) = (Vec::new(), Column::Shared(1.0));
    StimulusSetup { parameters, grid, seed: 0, projection: 0, targets, weights }
}

/// A column that is shared if all its numbers are the same.
fn shared_if_equal(values: Vec<f64>) -> Column {
    let first = values.first().copied().unwrap_or_default();
    let same = values.iter().all(|x| x.to_bits() == first.to_bits());
    if same { Column::Shared(first) } else { Column::Each(values) }
}
