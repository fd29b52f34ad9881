//! The components of a population slice, and the resources that its systems share.

use bevy_ecs::prelude::*;

use crate::history::SpikeHistory;

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
    let (chunks, rest) = spiking.as_chunks::<CHUNK>();
    for (start, chunk) in (0..).step_by(CHUNK).zip(chunks) {
        // Most chunks have none, which the machine sees in one comparison of vectors.
        if chunk.iter().fold(false, |any, &spike| any | spike) {
            collect_words(start, chunk, fired);
        }
    }
    collect_words((spiking.len() - rest.len()) as u32, rest, fired);
}

/// Adds the places of the true elements, of which the first is at `start`. Eight at a time are a number, in which the next true
/// one is found without a branch for each.
fn collect_words(start: u32, spiking: &[bool], fired: &mut Vec<u32>) {
    const WORD: usize = 8;
    for (start, word) in (start..).step_by(WORD).zip(spiking.chunks(WORD)) {
        let mut bytes = [false; WORD];
        bytes[..word.len()].copy_from_slice(word);
        let mut spikes = u64::from_le_bytes(bytes.map(u8::from));
        while spikes != 0 {
            fired.push(start + spikes.trailing_zeros() / u8::BITS);
            spikes &= spikes - 1;
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
    fn all_that_fire_are_collected_in_order() {
        for n in [0, 1, 7, 8, 63, 64, 65, 200] {
            for distance in [1, 3, 50] {
                let spiking: Vec<bool> = (1..=n).map(|i| i % distance == 0).collect();
                let mut fired = Vec::new();
                collect_fired(&spiking, &mut fired);
                assert_eq!(fired, (0..n).filter(|i| (i + 1) % distance == 0).collect::<Vec<u32>>());
            }
        }
    }
}
