//! The components of a population slice, and the resources that its systems share.

use bevy_ecs::prelude::*;

use crate::number::simd::{Kernel, dispatch};
use crate::step::history::SpikeHistory;

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
    dispatch(CollectFired { spiking, fired });
}

struct CollectFired<'a> {
    spiking: &'a [bool],
    fired: &'a mut Vec<u32>,
}

impl Kernel for CollectFired<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        const CHUNK: usize = 64;
        let (chunks, rest) = self.spiking.as_chunks::<CHUNK>();
        for (start, chunk) in (0..).step_by(CHUNK).zip(chunks) {
            // Most chunks have none, which the machine sees in one comparison of vectors.
            if chunk.iter().fold(false, |any, &spike| any | spike) {
                push_places(start, chunk, self.fired);
            }
        }
        push_places((chunks.len() * CHUNK) as u32, rest, self.fired);
    }
}

/// Adds the places of the true elements, of which the first has the place `start`. Eight are looked at as one number, in
/// which each is a byte.
#[inline(never)]
fn push_places(start: u32, spiking: &[bool], fired: &mut Vec<u32>) {
    let (eights, rest) = spiking.as_chunks::<8>();
    for (start, eight) in (start..).step_by(8).zip(eights) {
        let mut bytes = u64::from_le_bytes(eight.map(u8::from));
        while bytes != 0 {
            fired.push(start + bytes.trailing_zeros() / 8);
            bytes &= bytes - 1;
        }
    }
    let spikes = (start + 8 * eights.len() as u32..).zip(rest).filter(|(_, spike)| **spike);
    fired.extend(spikes.map(|(i, _)| i));
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

/// Keeps the spikes of all slices in the history: what a partition does whose slices are whole populations.
pub fn keep_spikes(clock: Res<Clock>, mut history: ResMut<SpikeHistory>, slices: Query<(&Slice, &Fired)>) {
    history.clear_step(clock.step);
    for (slice, fired) in &slices {
        history.push(slice.population, clock.step, &fired.0);
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

    #[test]
    fn those_that_fire_are_collected_in_order() {
        for (len, every) in [(0, 1), (7, 1), (107, 9), (583, 1), (583, 64), (640, 1000)] {
            let fires = |i: &u32| (i + 1).is_multiple_of(every);
            let spiking: Vec<bool> = (0..len).map(|i| fires(&i)).collect();
            let mut fired = vec![99];
            collect_fired(&spiking, &mut fired);
            assert_eq!(fired[1..], (0..len).filter(fires).collect::<Vec<_>>());
        }
    }
}
