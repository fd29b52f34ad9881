//! Mistakes of neuron models are found.

use bevy_ecs::prelude::*;
use neuropil_core::engine::InputBuffer;
use neuropil_core::{Purpose, SliceSetup, Streams};

use super::*;
use crate::mistake::{seed, seeded};
use crate::models::TestNeuron;

/// Neurons with a mistake.
#[derive(Component, Clone)]
struct Mistaken<R: Real> {
    right: Neurons<TestNeuron, R>,
    n: usize,
    shares_parameters: bool,
}

const NONE: usize = 0;
const WRONG_GET: usize = 1;
const WRONG_SET: usize = 2;
const FORGOTTEN_VARIABLE: usize = 3;
const NOISE_BY_PLACE: usize = 4;
const NEIGHBOURS: usize = 5;
const WITH_SHARED_PARAMETERS: usize = 6;
const SPIKES_OUT_OF_ORDER: usize = 7;
const INPUT_IS_LEFT: usize = 8;
const CONFIGURED_ANEW: usize = 9;

/// The variables `V_m` and `I_syn`.
const V_M: usize = 0;
const I_SYN: usize = 1;

impl<R: Real> Mistaken<R> {
    fn variable_of_get(variable: usize) -> usize {
        if seeded() == WRONG_GET || seeded() == FORGOTTEN_VARIABLE { V_M } else { variable }
    }

    fn variable_of_set(variable: usize) -> usize {
        match seeded() {
            WRONG_SET => I_SYN,
            FORGOTTEN_VARIABLE => V_M,
            _ => variable,
        }
    }

    /// Adds a number to the current of each neuron.
    fn disturb(&mut self, by: impl Fn(&Neurons<TestNeuron, R>, usize) -> f64) {
        for place in 0..self.n {
            let changed = self.right.get(I_SYN, place) + by(&self.right, place);
            self.right.set(I_SYN, place, changed);
        }
    }
}

impl<R: Real> NeuronModel for Mistaken<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let shares_parameters = setup.parameters.iter().all(Column::is_shared);
        Ok(Self { right: Neurons::new(setup)?, n: setup.len(), shares_parameters })
    }

    fn step(&mut self, step: u64, input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        self.right.step(step, input, fired);
        match seeded() {
            NOISE_BY_PLACE => {
                let streams = Streams::new(1, Purpose::Noise, 0);
                self.disturb(|_, place| f64::from(streams.block(place as u32, step)[0] >> 26));
            }
            NEIGHBOURS => self.disturb(|all, place| 1e-3 * all.get(I_SYN, place.saturating_sub(1))),
            WITH_SHARED_PARAMETERS if self.shares_parameters => self.disturb(|_, _| 1e-3),
            SPIKES_OUT_OF_ORDER => fired.reverse(),
            INPUT_IS_LEFT => input.channel_mut(0)[0] = R::from_f64(1.0),
            _ => {}
        }
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        if seeded() == CONFIGURED_ANEW {
            *self = Self::new(setup)?;
        }
        self.right.configure(setup)
    }

    fn get(&self, variable: usize, neuron: usize) -> f64 {
        self.right.get(Self::variable_of_get(variable), neuron)
    }

    fn set(&mut self, variable: usize, neuron: usize, value: f64) {
        self.right.set(Self::variable_of_set(variable), neuron, value);
    }
}

fn check(mistake: usize) {
    seed(mistake);
    conformance::<Mistaken<f32>, Mistaken<f64>>(TestNeuron::DECLARATION);
}

#[test]
fn neurons_without_a_mistake_pass() {
    check(NONE);
}

#[test]
fn so_do_those_of_the_kit() {
    neuron_conformance::<TestNeuron>();
}

#[test]
#[should_panic(expected = "to set `V_m` of one neuron touches other state")]
fn a_get_of_another_variable_is_found() {
    check(WRONG_GET);
}

#[test]
#[should_panic(expected = "`V_m` is ")]
fn a_set_of_another_variable_is_found() {
    check(WRONG_SET);
}

#[test]
#[should_panic(expected = "to set `V_m` of one neuron touches other state")]
fn a_variable_that_get_and_set_both_take_for_another_is_found() {
    check(FORGOTTEN_VARIABLE);
}

#[test]
#[should_panic(expected = "the bits depend on the slices")]
fn a_draw_by_the_place_in_the_slice_is_found() {
    check(NOISE_BY_PLACE);
}

#[test]
#[should_panic(expected = "the bits depend on the slices")]
fn state_that_depends_on_neighbours_is_found() {
    check(NEIGHBOURS);
}

#[test]
#[should_panic(expected = "alone, and among others")]
fn another_result_where_parameters_are_shared_is_found() {
    check(WITH_SHARED_PARAMETERS);
}

#[test]
#[should_panic(expected = "spikes are not in ascending order")]
fn spikes_out_of_order_are_found() {
    check(SPIKES_OUT_OF_ORDER);
}

#[test]
#[should_panic(expected = "the step left input at `syn`")]
fn input_that_is_not_taken_is_found() {
    check(INPUT_IS_LEFT);
}

#[test]
#[should_panic(expected = "configured with the same parameters")]
fn state_that_configuring_loses_is_found() {
    check(CONFIGURED_ANEW);
}
