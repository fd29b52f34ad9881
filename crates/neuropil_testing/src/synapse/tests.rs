//! Mistakes of synapse models are found.

use bevy_ecs::prelude::*;
use neuropil_core::{EditSynapse, ParameterError, StorageError, StorageSize};

use super::*;
use crate::mistake::{seed, seeded};
use crate::models::SYNAPSE;

/// Synapses with a mistake.
#[derive(Component)]
struct Mistaken<R: Real>(ListedSynapses<R>);

const NONE: usize = 0;
const EDITS_THE_NEXT: usize = 1;
const EDITS_ARE_FORGOTTEN: usize = 2;
const BY_PLACE: usize = 3;
const IN_THE_ORDER_OF_DELAYS: usize = 4;
const COUNTS_SPIKES: usize = 5;
const HIDES_ONE: usize = 6;
const A_STEP_LATE: usize = 7;
const COUNTS_ONE_MORE: usize = 8;

impl<R: Real> SynapseModel for Mistaken<R> {
    type Real = R;

    fn new(parts: &[SynapseSetup<'_>]) -> Result<Self, StorageError> {
        let mut right = ListedSynapses::new(parts)?;
        if seeded() == BY_PLACE {
            right.synapses.iter_mut().for_each(|s| s.weight *= f64::from(1 + s.target % 2));
        }
        Ok(Self(right))
    }

    fn deliver(&mut self, step: u64, history: &SpikeHistory, inputs: &mut [R]) -> u64 {
        match seeded() {
            A_STEP_LATE => self.0.deliver(step.saturating_sub(1), history, inputs),
            COUNTS_SPIKES => self.0.deliver(step, history, inputs).min(3),
            IN_THE_ORDER_OF_DELAYS => {
                let all = std::mem::take(&mut self.0.synapses);
                let mut n = 0;
                for delay in 1..=20 {
                    self.0.synapses = all.iter().copied().filter(|s| s.delay == delay).collect();
                    n += self.0.deliver(step, history, inputs);
                }
                self.0.synapses = all;
                n
            }
            _ => self.0.deliver(step, history, inputs),
        }
    }

    fn edit(&mut self, part: usize, edit: &mut EditSynapse<'_>) -> Result<(), StorageError> {
        match seeded() {
            EDITS_ARE_FORGOTTEN => Ok(()),
            EDITS_THE_NEXT => {
                let before: Vec<Synapse> = self.0.synapses.clone();
                self.0.edit(part, edit)?;
                self.0.synapses.rotate_right(1);
                let weights: Vec<f64> = self.0.synapses.iter().map(|s| s.weight).collect();
                let moved = before.into_iter().zip(weights);
                self.0.synapses = moved.map(|(synapse, weight)| Synapse { weight, ..synapse }).collect();
                Ok(())
            }
            _ => self.0.edit(part, edit),
        }
    }

    fn visit(&self, _part: usize, visit: &mut dyn FnMut(Synapse)) {
        let hidden = usize::from(seeded() == HIDES_ONE);
        self.0.synapses.iter().skip(hidden).for_each(|synapse| visit(*synapse));
    }

    fn size(&self, part: usize) -> StorageSize {
        let right = self.0.size(part);
        StorageSize { n_synapses: right.n_synapses + u64::from(seeded() == COUNTS_ONE_MORE), ..right }
    }

    fn plan(plan: &SynapsePlan<'_>) -> Result<StorageSize, ParameterError> {
        ListedSynapses::<R>::plan(plan)
    }
}

fn check(mistake: usize) {
    seed(mistake);
    synapse_conformance::<Mistaken<f32>, Mistaken<f64>>(&SYNAPSE);
}

#[test]
fn synapses_without_a_mistake_pass() {
    check(NONE);
}

#[test]
#[should_panic(expected = "a synapse that differs, and what it should be")]
fn edits_of_the_next_synapse_are_found() {
    check(EDITS_THE_NEXT);
}

#[test]
#[should_panic(expected = "a synapse that differs, and what it should be")]
fn edits_that_are_forgotten_are_found() {
    check(EDITS_ARE_FORGOTTEN);
}

#[test]
#[should_panic(expected = "a synapse that differs, and what it should be")]
fn a_weight_by_the_place_in_the_slice_is_found() {
    check(BY_PLACE);
}

#[test]
#[should_panic(expected = "is not the sum over synapses in order")]
fn a_sum_in_another_order_is_found() {
    check(IN_THE_ORDER_OF_DELAYS);
}

#[test]
#[should_panic(expected = "the number of synaptic events")]
fn a_wrong_number_of_events_is_found() {
    check(COUNTS_SPIKES);
}

#[test]
#[should_panic(expected = "a synapse that differs, and what it should be")]
fn a_synapse_that_is_not_shown_is_found() {
    check(HIDES_ONE);
}

#[test]
#[should_panic(expected = "the number of synaptic events")]
fn spikes_that_arrive_late_are_found() {
    check(A_STEP_LATE);
}

#[test]
#[should_panic(expected = "the number of synapses")]
fn a_wrong_number_of_synapses_is_found() {
    check(COUNTS_ONE_MORE);
}
