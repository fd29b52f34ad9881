//! Mistakes of processes and actions are found.

use bevy_ecs::prelude::*;
use neuropil_core::{Access, AccessError, NeuronId, Page, Parameters, StepSpikes, Streams, Sums};

use super::*;
use crate::models::TestNeuron;

/// What acts with a mistake.
struct Mistaken;

#[derive(Clone, Copy, Parameters)]
struct WithMistake {
    /// Which mistake.
    #[parameter(default = 0)]
    mistake: u32,
}

const NONE: u32 = 0;
const SUMS_OF_SLICES: u32 = 1;
const BY_PLACE: u32 = 2;
const ONE_AFTER_THE_OTHER: u32 = 3;
const OF_ITS_OWN_NEURONS: u32 = 4;
const NOTHING: u32 = 5;

impl Page for Mistaken {
    const NAME: &'static str = "mistaken";
    const SUMMARY: &'static str = "What acts with a mistake.";
    const EQUATIONS: &'static str = "";
    const NUMERICS: &'static str = "";
    const REFERENCES: &'static [&'static str] = &[];
}

/// How many spikes a copy has heard, and its mistake.
#[derive(Component)]
struct Spikes(u64, u32);

impl ProcessModel for Mistaken {
    type Parameters = WithMistake;
    type State = Spikes;
    const INTERVAL_MS: f64 = 2.5;

    fn new(p: WithMistake, setup: &ActorSetup<'_>) -> Result<Spikes, ParameterError> {
        setup.require_state("V_m")?;
        Ok(Spikes(0, p.mistake))
    }

    fn listen(state: &mut Spikes, of: &View, spikes: &StepSpikes<'_>) {
        state.0 += spikes.count(of);
    }

    fn measure(state: &Spikes, access: &Access<'_>, sums: &mut Sums) -> Result<(), AccessError> {
        let potentials = access.state(access.view(), "V_m")?;
        if state.1 == SUMS_OF_SLICES {
            sums.add(0, potentials.iter().map(|(_, v)| v).sum());
        } else {
            potentials.iter().for_each(|(_, v)| sums.add(0, *v));
        }
        Ok(())
    }

    fn act(state: &mut Spikes, access: &mut Access<'_>, sums: &Sums) -> Result<(), AccessError> {
        let (all, n) = match state.1 {
            NOTHING => return Ok(()),
            OF_ITS_OWN_NEURONS => {
                let own = access.state(access.view(), "V_m")?;
                (own.iter().map(|(_, v)| v).sum(), own.len() as u32)
            }
            _ => (sums.total(0), access.view().len()),
        };
        let mean: f64 = all / f64::from(n.max(1));
        draw(state.1, access, state.0 as f64 - mean)
    }
}

impl ActionModel for Mistaken {
    type Parameters = WithMistake;

    fn apply(p: &WithMistake, access: &mut Access<'_>) -> Result<(), AccessError> {
        if p.mistake == NOTHING { Ok(()) } else { draw(p.mistake, access, 0.0) }
    }
}

/// Sets the current of some neurons to a random number above `least`.
fn draw(mistake: u32, access: &mut Access<'_>, least: f64) -> Result<(), AccessError> {
    let (streams, step) = (access.streams(), access.step());
    let number = |streams: Streams, index: u32| f64::from(streams.block(index, step)[0] >> 26);
    let mut sequence = streams.sequence(0);
    let mut place = 0;
    access.set_state(access.view(), "I_syn", |neuron: NeuronId| {
        place += 1;
        least
            + match mistake {
                BY_PLACE => number(streams, place),
                ONE_AFTER_THE_OTHER => 100.0 * sequence.open01(),
                _ => number(streams, neuron.position),
            }
    })
}

fn process(mistake: u32) {
    process_conformance::<Mistaken>(&TestNeuron, &[("mistake", f64::from(mistake))]);
}

fn action(mistake: u32) {
    action_conformance::<Mistaken>(&TestNeuron, &[("mistake", f64::from(mistake))]);
}

#[test]
fn processes_and_actions_without_a_mistake_pass() {
    process(NONE);
    action(NONE);
}

#[test]
#[should_panic(expected = "state depends on the cut in F64")]
fn sums_over_slices_in_the_order_of_slices_are_found() {
    process(SUMS_OF_SLICES);
}

#[test]
#[should_panic(expected = "state depends on the cut")]
fn a_process_that_draws_by_the_place_in_the_slice_is_found() {
    process(BY_PLACE);
}

#[test]
#[should_panic(expected = "state depends on the cut")]
fn a_process_that_draws_one_after_the_other_is_found() {
    process(ONE_AFTER_THE_OTHER);
}

#[test]
#[should_panic(expected = "state depends on the cut")]
fn a_process_that_decides_by_its_own_neurons_is_found() {
    process(OF_ITS_OWN_NEURONS);
}

#[test]
#[should_panic(expected = "`mistaken` changes nothing")]
fn a_process_that_does_nothing_is_found() {
    process(NOTHING);
}

#[test]
#[should_panic(expected = "state depends on the cut")]
fn an_action_that_draws_by_the_place_in_the_slice_is_found() {
    action(BY_PLACE);
}

#[test]
#[should_panic(expected = "state depends on the cut")]
fn an_action_that_draws_one_after_the_other_is_found() {
    action(ONE_AFTER_THE_OTHER);
}

#[test]
#[should_panic(expected = "`mistaken` changes nothing")]
fn an_action_that_does_nothing_is_found() {
    action(NOTHING);
}
