//! Probes on state variables, and the samples they take.

use bevy_ecs::prelude::*;

use crate::step::meter::Meter;
use crate::step::slice::Slice;

/// The probes of the recorders on a slice.
#[derive(Component, Clone, Debug, Default)]
pub struct Probes(pub Vec<Probe>);

/// A recorder's view of one slice: which neurons and variables, and when.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The number of the recorder in the scene.
    pub recorder: u32,
    /// The variables, by their positions in the model's declaration.
    pub variables: Vec<usize>,
    /// The neurons, numbered in the slice, in ascending order.
    pub neurons: Vec<u32>,
    /// Steps between samples.
    pub interval: u64,
    /// The stamp from which samples are taken; multiples of the interval count from it.
    pub start: u64,
    /// The last stamp at which samples may be taken.
    pub stop: u64,
    /// What samples take, where a run is profiled.
    pub meter: Option<Meter>,
}

impl Probe {
    /// Whether a sample is due at `stamp`.
    #[must_use]
    pub fn is_due(&self, stamp: u64) -> bool {
        stamp >= self.start && stamp <= self.stop && (stamp - self.start).is_multiple_of(self.interval)
    }
}

/// The samples that a partition has taken since the last exchange.
#[derive(Resource, Clone, Debug, Default)]
pub struct SampleBox {
    headers: Vec<Header>,
    neurons: Vec<u32>,
    values: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Header {
    recorder: u32,
    population: u32,
    stamp: u64,
    neurons_end: usize,
    values_end: usize,
}

/// What one probe read at one time: for each neuron in turn, the values of all variables.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// The number of the recorder in the scene.
    pub recorder: u32,
    /// The number of the population in the scene.
    pub population: u32,
    /// The time of the sample, in steps.
    pub stamp: u64,
    /// The neurons, by their numbers in the population, in ascending order.
    pub neurons: &'a [u32],
    /// The values, neuron by neuron.
    pub values: &'a [f64],
}

impl SampleBox {
    /// Adds a sample; `read` gives a variable by neuron of the slice. Returns the number of values.
    pub(crate) fn push<F: Fn(usize) -> f64>(
        &mut self,
        probe: &Probe,
        slice: &Slice,
        stamp: u64,
        read: impl Fn(usize) -> F,
    ) -> u64 {
        let (begin, n_variables) = (self.values.len(), probe.variables.len());
        self.neurons.extend(probe.neurons.iter().map(|neuron| slice.start + neuron));
        self.values.resize(begin + probe.neurons.len() * n_variables, 0.0);
        for (nth, &variable) in probe.variables.iter().enumerate() {
            let read = read(variable);
            let values = self.values[begin + nth..].iter_mut().step_by(n_variables);
            for (value, &neuron) in values.zip(&probe.neurons) {
                *value = read(neuron as usize);
            }
        }
        self.headers.push(Header {
            recorder: probe.recorder,
            population: slice.population,
            stamp,
            neurons_end: self.neurons.len(),
            values_end: self.values.len(),
        });
        (probe.neurons.len() * probe.variables.len()) as u64
    }

    /// The samples, in the order in which they were taken.
    pub fn samples(&self) -> impl Iterator<Item = Sample<'_>> {
        let (mut n, mut v) = (0, 0);
        self.headers.iter().map(move |h| {
            let sample = Sample {
                recorder: h.recorder,
                population: h.population,
                stamp: h.stamp,
                neurons: &self.neurons[n..h.neurons_end],
                values: &self.values[v..h.values_end],
            };
            (n, v) = (h.neurons_end, h.values_end);
            sample
        })
    }

    /// Forgets all samples.
    pub fn clear(&mut self) {
        self.headers.clear();
        self.neurons.clear();
        self.values.clear();
    }
}
