//! What a partition owns of a network, by the names that do not depend on partitions.

use bevy_ecs::prelude::*;

use crate::number::column::Column;
use crate::step::slice::Slice;
use crate::view::{Part, View};

/// A neuron, as every partition names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeuronId {
    /// The population, by its number.
    pub population: u32,
    /// The number in the population.
    pub number: u32,
    /// The position in the view.
    pub position: u32,
}

/// The neurons of a view on a slice.
#[derive(Clone, Debug)]
pub struct Owned {
    /// The entity of the slice, for components of a plugin.
    pub entity: Entity,
    /// The slice.
    pub slice: Slice,
    parts: Vec<Part>,
}

impl Owned {
    /// The neurons, in ascending order of their numbers.
    pub fn neurons(&self) -> impl Iterator<Item = NeuronId> + use<> {
        let parts = self.parts.clone();
        parts.into_iter().flat_map(|part| {
            let Part { population, start, len, position } = part;
            (0..len).map(move |i| NeuronId { population, number: start + i, position: position + i })
        })
    }

    /// The place of a neuron among those of the slice, as [`Fired`](crate::Fired) and input buffers count.
    #[must_use]
    pub fn place(&self, neuron: NeuronId) -> usize {
        (neuron.number - self.slice.start) as usize
    }
}

/// The slices of a partition that have neurons of a view, by population.
pub(crate) fn owned_by(world: &World, view: &View) -> Vec<Owned> {
    let Some(slices) = world.get_resource::<Slices>() else { return Vec::new() };
    let owned = |&(entity, slice): &(Entity, Slice)| {
        let parts = view.neurons_in(slice.population, slice.start, slice.start + slice.len);
        (!parts.is_empty()).then_some(Owned { entity, slice, parts })
    };
    slices.0.iter().filter_map(owned).collect()
}

/// The slices of a partition with their entities, by population.
#[derive(Resource, Clone, Debug, Default)]
pub struct Slices(pub Vec<(Entity, Slice)>);

/// The parameters of the neurons of a slice, and whether stimuli send current there: what configuring them anew takes.
#[derive(Component, Clone, Debug)]
pub struct SliceParameters(pub Vec<Column>, pub bool);

/// What a stimulus emits otherwise from a step on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StimulusChange {
    /// The first step of the emission.
    pub step: u64,
    /// The stimulus, by its number.
    pub stimulus: usize,
    /// The parameter, by its position in the declaration.
    pub parameter: usize,
    /// The new value.
    pub value: f64,
}

/// The changes of stimuli that are still to be sent on their way to the targets.
#[derive(Resource, Clone, Debug, Default)]
pub struct Changes(pub Vec<StimulusChange>);
