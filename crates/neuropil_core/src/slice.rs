//! The components of a population slice, and the resources that its systems share.

use bevy_ecs::prelude::*;

/// The part of a population that a partition owns: the neurons `start .. start + len`.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[component(immutable)]
pub struct Slice {
    /// The number of the population in the scene.
    pub population: u32,
    /// The first neuron, by its number in the population.
    pub start: u32,
    /// How many neurons.
    pub len: u32,
}

impl Slice {
    /// Part `part` of `parts` of a population of `n` neurons.
    #[must_use]
    pub fn of(population: u32, n: u32, part: usize, parts: usize) -> Self {
        let border = |p: usize| (u64::from(n) * p as u64 / parts as u64) as u32;
        Self { population, start: border(part), len: border(part + 1) - border(part) }
    }

    /// The numbers of the neurons.
    #[must_use]
    pub fn neurons(&self) -> std::ops::Range<u32> {
        self.start..self.start + self.len
    }
}

/// The neurons of a slice that fired in the current step, in ascending order.
#[derive(Component, Clone, Debug, Default)]
pub struct Fired(pub Vec<u32>);

/// Adds the places of the true elements to `fired`.
pub fn collect_fired(spiking: &[bool], fired: &mut Vec<u32>) {
    const CHUNK: usize = 64;
    for (start, chunk) in (0..).step_by(CHUNK).zip(spiking.chunks(CHUNK)) {
        // Most chunks have none, which the machine sees in one comparison of vectors.
        if chunk.iter().fold(false, |any, &spike| any | spike) {
            let spikes = (start..).zip(chunk).filter(|(_, spike)| **spike);
            fired.extend(spikes.map(|(i, _)| i));
        }
    }
}

/// The step that is being simulated: the interval from `step dt` to `(step + 1) dt`.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct Clock {
    /// The number of the step.
    pub step: u64,
}

impl Clock {
    /// The stamp of what happens at the end of the step.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.step + 1
    }
}

/// The spikes that a partition has fired since the last exchange.
#[derive(Resource, Clone, Debug, Default)]
pub struct Outbox {
    bursts: Vec<Burst>,
    neurons: Vec<u32>,
}

/// The spikes of one population slice in one step.
#[derive(Clone, Copy, Debug)]
struct Burst {
    population: u32,
    step: u64,
    end: usize,
}

impl Outbox {
    /// Adds what a slice fired; neurons are numbered in the slice.
    pub fn push(&mut self, slice: &Slice, step: u64, fired: &[u32]) {
        if !fired.is_empty() {
            self.neurons.extend(fired.iter().map(|i| slice.start + i));
            self.bursts.push(Burst { population: slice.population, step, end: self.neurons.len() });
        }
    }

    /// The spikes as (population, step, neurons), in the order in which they were fired.
    pub fn bursts(&self) -> impl Iterator<Item = (u32, u64, &[u32])> {
        let mut begin = 0;
        self.bursts.iter().map(move |burst| {
            let neurons = &self.neurons[begin..burst.end];
            begin = burst.end;
            (burst.population, burst.step, neurons)
        })
    }

    /// Forgets all spikes.
    pub fn clear(&mut self) {
        self.bursts.clear();
        self.neurons.clear();
    }
}

/// Moves the spikes of all slices to the outbox.
pub fn collect_spikes(clock: Res<Clock>, mut outbox: ResMut<Outbox>, slices: Query<(&Slice, &Fired)>) {
    for (slice, fired) in &slices {
        outbox.push(slice, clock.step, &fired.0);
    }
}

/// Moves the clock to the next step.
pub fn advance_clock(mut clock: ResMut<Clock>) {
    clock.step += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_tile_the_population() {
        for (n, parts) in [(10, 3), (2, 8), (12_500, 7), (0, 2), (u32::MAX, 5)] {
            let mut next = 0;
            for part in 0..parts {
                let slice = Slice::of(0, n, part, parts);
                assert_eq!(slice.start, next);
                next = slice.start + slice.len;
            }
            assert_eq!(next, n);
        }
    }
}
