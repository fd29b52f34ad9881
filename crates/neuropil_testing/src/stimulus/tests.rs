//! Mistakes of stimuli are found.

use bevy_ecs::prelude::*;
use neuropil_core::{Purpose, StimulusOutput, Streams, Window};

use super::*;
use crate::mistake::{seed, seeded};
use crate::models::TestNoise;

/// Current at random, with a mistake.
#[derive(Component)]
struct Mistaken<R: Real> {
    streams: Streams,
    window: Window,
    targets: Vec<TargetRun>,
    weights: Column<R>,
    calls: u64,
}

const NONE: usize = 0;
const BY_PLACE: usize = 1;
const BY_INPUT: usize = 2;
const BY_CALLS: usize = 3;
const WITHOUT_WEIGHTS: usize = 4;
const WEIGHT_OF_THE_FIRST: usize = 5;
const SETS: usize = 6;
const ALWAYS: usize = 7;
const ONE_FOR_ALL_PROJECTIONS: usize = 8;
const TO_NO_TARGET: usize = 9;

static DECLARATION: Declaration = Declaration { name: "mistaken", ..*<TestNoise as Stimulus>::DECLARATION };

impl<R: Real> Mistaken<R> {
    fn weight(&self, nth: usize) -> R {
        match seeded() {
            WITHOUT_WEIGHTS => R::from_f64(1.0),
            WEIGHT_OF_THE_FIRST => self.weights.at(0),
            _ => self.weights.at(nth),
        }
    }

    /// The random number of a target, by its position; or by what it must not depend on.
    fn number(&self, position: u32, (nth, input): (usize, usize), emission: u64) -> R {
        let (index, counter) = match seeded() {
            BY_PLACE => (nth as u32, emission),
            BY_INPUT => (input as u32, emission),
            BY_CALLS => (position, self.calls),
            _ => (position, emission),
        };
        R::from_f64(f64::from(self.streams.block(index, counter)[0] >> 20))
    }
}

impl<R: Real> StimulusModel for Mistaken<R> {
    type Real = R;
    const OUTPUT: StimulusOutput = StimulusOutput::Spikes;

    fn new(setup: StimulusSetup<'_>) -> Result<Self, ParameterError> {
        let entity = if seeded() == ONE_FOR_ALL_PROJECTIONS { 0 } else { setup.projection };
        let [_, start, stop] = setup.parameters else { unreachable!("three are declared") };
        Ok(Self {
            streams: Streams::new(setup.seed, Purpose::Stimulus, entity),
            window: Window::new(*start, *stop, &setup.grid)?,
            weights: setup.map_weights(|weight| weight),
            targets: setup.targets,
            calls: 0,
        })
    }

    fn drive(&mut self, emission: u64, input: &mut [R]) {
        if seeded() != ALWAYS && !self.window.contains(emission) {
            return;
        }
        let mut nth = 0;
        for run in &self.targets {
            for (i, place) in (run.input..run.input + run.len).enumerate() {
                let number = self.number(run.position + i as u32, (nth, place), emission);
                let before = if seeded() == SETS { R::ZERO } else { input[place] };
                input[place] = before + self.weight(nth) * number;
                nth += 1;
            }
        }
        if seeded() == TO_NO_TARGET {
            input[0] = R::from_f64(1.0);
        }
        self.calls += 1;
    }
}

fn check(mistake: usize) {
    seed(mistake);
    stimulus_model_conformance::<Mistaken<f32>, Mistaken<f64>>(&DECLARATION, &[]);
}

#[test]
fn stimuli_without_a_mistake_pass() {
    check(NONE);
}

#[test]
fn so_do_those_of_the_kit() {
    stimulus_conformance::<TestNoise>(&[]);
}

#[test]
#[should_panic(expected = "`test_noise` sends nothing")]
fn a_check_of_nothing_is_found() {
    stimulus_conformance::<TestNoise>(&[("rate", 0.0)]);
}

#[test]
#[should_panic(expected = "what arrives depends on the slices")]
fn a_draw_by_the_place_in_the_slice_is_found() {
    check(BY_PLACE);
}

#[test]
#[should_panic(expected = "what arrives depends on the slices")]
fn a_draw_by_the_place_of_the_input_is_found() {
    check(BY_INPUT);
}

#[test]
#[should_panic(expected = "built anew in the middle of a run, it goes on otherwise")]
fn draws_in_the_order_of_calls_are_found() {
    check(BY_CALLS);
}

#[test]
#[should_panic(expected = "what arrives is not the weight times what it is for weight 1")]
fn weights_that_are_left_out_are_found() {
    check(WITHOUT_WEIGHTS);
}

#[test]
#[should_panic(expected = "what arrives is not the weight times what it is for weight 1")]
fn weights_of_other_targets_are_found() {
    check(WEIGHT_OF_THE_FIRST);
}

#[test]
#[should_panic(expected = "is not added to what was there")]
fn input_that_is_overwritten_is_found() {
    check(SETS);
}

#[test]
#[should_panic(expected = "something is sent outside of the window")]
fn a_window_that_is_ignored_is_found() {
    check(ALWAYS);
}

#[test]
#[should_panic(expected = "two projections draw the same random numbers")]
fn random_numbers_that_projections_share_are_found() {
    check(ONE_FOR_ALL_PROJECTIONS);
}

#[test]
#[should_panic(expected = "something is sent to where no target is")]
fn input_of_others_that_is_changed_is_found() {
    check(TO_NO_TARGET);
}
