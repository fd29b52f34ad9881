//! What a program may do with a network between two runs: read it and change it, to close a loop.
//!
//! A change acts from the coming step on: after what processes have done at that time, and before what a protocol does. It is
//! made whole or not at all. Values are in the order of a view, whatever the partitions are.

use neuropil_core::engine::{Directory, ListedPopulation};
use neuropil_core::{Access, AccessError, Column, NeuronId, Purpose, StimulusNumber, Streams, View};
use rayon::prelude::*;

use crate::error::RunError;
use crate::partition::Partition;
use crate::simulation::Simulation;
use crate::spike::Spike;

impl Simulation {
    /// Simulates so many more ms, and returns the spikes of all populations.
    ///
    /// # Errors
    /// [`RunError::Duration`] where that is not a whole number of steps; otherwise those of [`run`](Self::run).
    pub fn simulate(&mut self, duration_ms: f64) -> Result<Vec<Spike>, RunError> {
        let steps = self.network.grid.steps(duration_ms).map_err(RunError::Duration)?;
        let mut spikes = Vec::new();
        self.run(steps, &mut spikes)?;
        Ok(spikes)
    }

    /// The neurons of a population, or of a view that the scene names; [`View::slice`] takes some of them.
    ///
    /// # Errors
    /// Where there is no such population or view.
    pub fn view(&self, name: &str) -> Result<View, AccessError> {
        let named = self.network.views.iter().find(|view| view.0 == name).map(|view| view.1.clone());
        let population = || {
            let number = self.network.populations.iter().position(|p| p.name == name)?;
            View::new([(number as u32, 0, self.network.populations[number].n)]).ok()
        };
        named.or_else(population).ok_or_else(|| {
            let views = self.network.views.iter().map(|view| view.0.as_str());
            let names = self.network.populations.iter().map(|p| p.name.as_str()).chain(views);
            AccessError::unknown("the network", "population or view", name, names)
        })
    }

    /// A state variable of the neurons of a view, in the declared unit.
    ///
    /// # Errors
    /// Where a model has no such variable.
    pub fn state(&mut self, of: &View, name: &str) -> Result<Vec<f64>, AccessError> {
        self.check_names(of, |population| population.state(name))?;
        let owned = self.on_all(of, |access| access.state(of, name))?;
        Ok(in_order(of, owned))
    }

    /// Sets a state variable of the neurons of a view: to a number, or to a list in the order of the view.
    ///
    /// # Errors
    /// Where a model has no such variable, a value is not finite, or a list is of another length.
    pub fn set_state(&mut self, of: &View, name: &str, values: impl Into<Column>) -> Result<(), AccessError> {
        self.check_names(of, |population| population.state(name))?;
        let values = finite(name, fitting(name, of.len() as usize, "neurons", values.into())?)?;
        self.on_all(of, |access| access.set_state(of, name, |neuron| value_of(&values, neuron)))?;
        Ok(())
    }

    /// A parameter of the neurons of a view, in the declared unit.
    ///
    /// # Errors
    /// Where a model has no such parameter.
    pub fn parameter(&mut self, of: &View, name: &str) -> Result<Vec<f64>, AccessError> {
        self.check_names(of, |population| population.parameter(name))?;
        let owned = self.on_all(of, |access| access.parameter(of, name))?;
        Ok(in_order(of, owned))
    }

    /// Sets a parameter of the neurons of a view: to a number, or to a list in the order of the view. Their state stays as it
    /// is.
    ///
    /// # Errors
    /// Where a model has no such parameter, a model refuses a value, or a list is of another length.
    pub fn set_parameter(
        &mut self,
        of: &View,
        name: &str,
        values: impl Into<Column>,
    ) -> Result<(), AccessError> {
        let values = fitting(name, of.len() as usize, "neurons", values.into())?;
        let before = Column::Each(self.parameter(of, name)?);
        let mut set = |values: &Column| {
            self.on_all(of, |access| access.set_parameter(of, name, |neuron| value_of(values, neuron)))
        };
        // A model may refuse on one slice what it takes on another.
        let refused = set(&values).err();
        refused.map_or(Ok(()), |error| set(&before).and(Err(error)))
    }

    /// A parameter of a stimulus, as it emits from now on.
    ///
    /// # Errors
    /// Where there is no such stimulus or parameter.
    pub fn stimulus(&self, name: &str, parameter: &str) -> Result<f64, AccessError> {
        let listed = &self.directory().stimuli[self.stimulus_number(name)?];
        Ok(listed.parameters[listed.parameter(parameter)?])
    }

    /// Sets a parameter of a stimulus: what it emits from the coming step on. What it has sent before still arrives.
    ///
    /// # Errors
    /// Where there is no such stimulus or parameter, or its model refuses the value.
    pub fn set_stimulus(&mut self, name: &str, parameter: &str, value: f64) -> Result<(), AccessError> {
        let number = StimulusNumber(self.stimulus_number(name)? as u32);
        self.on_all(&View::default(), |access| access.set_stimulus(number, parameter, value))?;
        Ok(())
    }

    /// Adds to what arrives at a receptor of the neurons of a view in the coming step: a number, or a list in the order of the
    /// view.
    ///
    /// # Errors
    /// Where a model has no such receptor, a value is not finite, or a list is of another length.
    pub fn add_input(
        &mut self,
        of: &View,
        receptor: &str,
        values: impl Into<Column>,
    ) -> Result<(), AccessError> {
        self.check_names(of, |population| population.receptor(receptor))?;
        let values = finite(receptor, fitting(receptor, of.len() as usize, "neurons", values.into())?)?;
        self.on_all(of, |access| access.add_input(of, receptor, |neuron| value_of(&values, neuron)))?;
        Ok(())
    }

    fn stimulus_number(&self, name: &str) -> Result<usize, AccessError> {
        let number = self.network.stimuli.iter().position(|stimulus| stimulus.name == name);
        number.ok_or_else(|| {
            let names = self.network.stimuli.iter().map(|stimulus| stimulus.name.as_str());
            AccessError::unknown("the network", "stimulus", name, names)
        })
    }

    /// All partitions have the same.
    fn directory(&self) -> &Directory {
        self.partitions[0].world.resource()
    }

    /// Looks for a name in all populations of a view, before anything is changed.
    fn check_names(
        &self,
        of: &View,
        find: impl Fn(&ListedPopulation) -> Result<usize, AccessError>,
    ) -> Result<(), AccessError> {
        let populations = &self.directory().populations;
        of.parts().iter().try_for_each(|part| {
            let population = populations.get(part.population as usize);
            let population = population.filter(|population| part.start + part.len <= population.n);
            let not_here =
                || AccessError::new("the network", "the view has neurons that are not of this network");
            find(population.ok_or_else(not_here)?).map(drop)
        })
    }

    /// Lets every partition do its part. Of several errors the first is shown, by population and neuron, so that it does not
    /// depend on partitions.
    fn on_all<T: Send>(
        &mut self,
        of: &View,
        work: impl Fn(&mut Access<'_>) -> Result<T, AccessError> + Sync,
    ) -> Result<Vec<T>, AccessError> {
        // Nothing is drawn: a program brings its own random numbers.
        let streams = Streams::new(self.network.seed, Purpose::Edit, u32::MAX);
        let work = |partition: &mut Partition| {
            let done = work(&mut partition.access(of, streams));
            partition.send_changes();
            done
        };
        let done: Vec<Result<T, AccessError>> = self.partitions.par_iter_mut().map(work).collect();
        let first = done.iter().filter_map(|done| done.as_ref().err()).min_by_key(|error| error.population);
        match first {
            Some(error) => Err(error.clone()),
            None => done.into_iter().collect(),
        }
    }
}

/// What partitions have read, in the order of the view.
fn in_order(of: &View, owned: Vec<Vec<(NeuronId, f64)>>) -> Vec<f64> {
    let mut values = vec![0.0; of.len() as usize];
    for (neuron, value) in owned.into_iter().flatten() {
        values[neuron.position as usize] = value;
    }
    values
}

fn value_of(values: &Column, neuron: NeuronId) -> f64 {
    values.at(neuron.position as usize)
}

/// Values for `n` neurons or synapses, if there are as many.
pub(crate) fn fitting(name: &str, n: usize, what: &str, values: Column) -> Result<Column, AccessError> {
    match &values {
        Column::Each(list) if list.len() != n => {
            Err(AccessError::new(format!("`{name}`"), format!("{} values for {n} {what}", list.len())))
        }
        _ => Ok(values),
    }
}

/// Values, if all are finite.
pub(crate) fn finite(name: &str, values: Column) -> Result<Column, AccessError> {
    let list = match &values {
        Column::Shared(value) => std::slice::from_ref(value),
        Column::Each(list) => list,
    };
    match list.iter().find(|value| !value.is_finite()) {
        Some(value) => Err(AccessError::new(format!("`{name}`"), format!("it cannot be {value}"))),
        None => Ok(values),
    }
}
