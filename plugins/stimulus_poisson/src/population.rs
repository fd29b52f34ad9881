//! The population `poisson`.

use std::marker::PhantomData;

use bevy_ecs::prelude::*;
use neuropil_core::engine::InputBuffer;
use neuropil_core::{
    Column, Kernel, NeuronModel, ParameterError, Purpose, Real, SliceSetup, Streams, Window, dispatch,
};

use crate::Parameters;

/// The members of a slice.
#[derive(Component, Clone, Debug)]
pub struct PoissonPopulation<R: Real> {
    members: Column<Member>,
    streams: Streams,
    tails: Streams,
    start: u32,
    len: usize,
    /// The random words of a step, of all chunks in which the slice has members; scratch.
    words: Vec<[u32; CHUNK]>,
    precision: PhantomData<R>,
}

/// Words are drawn, and looked at, in chunks of this size.
const CHUNK: usize = Streams::WORDS;

/// When and how often a member fires.
#[derive(Clone, Copy, Debug)]
struct Member {
    /// The probability to fire in a step, times 2^64; `None` for certainty.
    threshold: Option<u64>,
    window: Window,
}

impl<R: Real> NeuronModel for PoissonPopulation<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        Ok(Self {
            members: setup.derive(|values| Member::new(values, setup))?,
            streams: Streams::new(setup.seed, Purpose::Firing, setup.slice.population),
            tails: Streams::new(setup.seed, Purpose::FiringTail, setup.slice.population),
            start: setup.slice.start,
            len: setup.len(),
            words: vec![[0; CHUNK]; (setup.slice.start as usize % CHUNK + setup.len()).div_ceil(CHUNK)],
            precision: PhantomData,
        })
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        self.members = setup.derive(|values| Member::new(values, setup))?;
        Ok(())
    }

    fn step(&mut self, step: u64, _input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        if let Column::Shared(member) = &self.members
            && !member.window.contains(step)
        {
            return;
        }
        self.streams.words_of_step(step, self.start / CHUNK as u32, &mut self.words);
        dispatch(CompareWords { population: self, step, fired });
    }

    fn get(&self, _variable: usize, _neuron: usize) -> f64 {
        f64::NAN
    }

    fn set(&mut self, _variable: usize, _neuron: usize, _value: f64) {}
}

impl<R: Real> PoissonPopulation<R> {
    /// The largest word with which any member fires.
    fn largest_word(&self) -> u32 {
        match &self.members {
            Column::Shared(member) => member.largest_word(),
            Column::Each(_) => u32::MAX,
        }
    }

    #[inline(never)]
    fn collect_chunk(&self, start: u32, words: &[u32], step: u64, fired: &mut Vec<u32>) {
        for (i, &word) in (start..).zip(words) {
            let member = self.members.at(i as usize);
            let tail = || self.tails.block(self.start + i, step)[0];
            if member.fires(word, tail) && member.window.contains(step) {
                fired.push(i);
            }
        }
    }
}

/// Compares the words of a step, and collects who fires.
struct CompareWords<'a, R: Real> {
    population: &'a PoissonPopulation<R>,
    step: u64,
    fired: &'a mut Vec<u32>,
}

impl<R: Real> Kernel for CompareWords<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { population, step, fired } = self;
        let words = &population.words.as_flattened()[population.start as usize % CHUNK..][..population.len];
        let most = population.largest_word();
        for (start, words) in (0..).step_by(CHUNK).zip(words.chunks(CHUNK)) {
            // Most chunks have no spike, which the machine sees in a few comparisons of vectors.
            if words.iter().fold(u32::MAX, |least, &word| least.min(word)) <= most {
                population.collect_chunk(start, words, step, fired);
            }
        }
    }
}

impl Member {
    fn largest_word(&self) -> u32 {
        self.threshold.map_or(u32::MAX, |threshold| (threshold >> 32) as u32)
    }

    fn new(p: Parameters, setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let Parameters { rate, start, stop } = p;
        let p = rate * setup.grid.dt_ms() / 1000.0;
        if p > 1.0 {
            let most = 1000.0 / setup.grid.dt_ms();
            let message =
                format!("a rate of {rate} Hz means more than one spike per step; at most {most} Hz");
            return Err(ParameterError::new("rate", message));
        }
        let threshold = (p < 1.0).then_some((p * 18_446_744_073_709_551_616.0) as u64);
        Ok(Self { threshold, window: Window::new(start, stop, &setup.grid)? })
    }

    /// Whether the 64-bit number of `word` and `tail` lies below the threshold.
    #[inline]
    fn fires(&self, word: u32, tail: impl FnOnce() -> u32) -> bool {
        let Some(threshold) = self.threshold else { return true };
        let high = (threshold >> 32) as u32;
        word < high || (word == high && tail() < threshold as u32)
    }
}
