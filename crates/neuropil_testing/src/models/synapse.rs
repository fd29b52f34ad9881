//! Synapses.

use std::marker::PhantomData;

use bevy_ecs::prelude::*;
use neuropil_core::units::MS;
use neuropil_core::{
    Declaration, EditSynapse, ModelKind, Parameter, ParameterError, Placement, Range, Real, SourceRows,
    SpikeHistory, StorageError, StorageSize, Synapse, SynapseModel, SynapsePlan, SynapseSetup, SynapseValues,
};

/// What [`ListedSynapses`] declare.
pub(crate) static SYNAPSE: Declaration = Declaration {
    name: "test_synapse",
    kind: ModelKind::Synapse,
    summary: "Synapses in a list.",
    equations: "",
    numerics: "",
    parameters: &[
        Parameter::weight("weight", 1.0, "weight"),
        Parameter::new("delay", MS, 1.0, "delay").within(Range::Positive).on_grid(),
    ],
    states: &[],
    receptors: &[],
    references: &[],
    audit: None,
};

/// Synapses in a list, in the order in which a step adds them.
#[derive(Component)]
pub(crate) struct ListedSynapses<R> {
    sources: Vec<SourceRows>,
    pub(crate) synapses: Vec<Synapse>,
    /// The places of the first input of the slice for a positive and a negative weight.
    first_inputs: [usize; 2],
    precision: PhantomData<R>,
}

impl<R: Real> SynapseModel for ListedSynapses<R> {
    type Real = R;

    fn new(parts: &[SynapseSetup<'_>]) -> Result<Self, StorageError> {
        let setup = &parts[0];
        let parameters = setup.plan.parameters;
        let mut weights = SynapseValues::weights(&parameters[0], setup);
        let mut delays = SynapseValues::delays(&parameters[1], setup);
        let mut synapses = Vec::new();
        setup.wiring.visit(&mut |target, incoming| {
            for (nth, &row) in incoming.rows.iter().enumerate() {
                let at = Placement { target, incoming, nth, slot: synapses.len() };
                synapses.push(Synapse {
                    row,
                    target: target.index,
                    weight: rounded::<R>(weights.next(&at, incoming.weights)),
                    delay: setup.plan.grid.delay_steps(delays.next(&at, incoming.delays)),
                });
            }
        });
        synapses.sort_by_key(|synapse| synapse.row);
        let (sources, first_inputs) = (setup.sources.clone(), first_inputs(setup));
        Ok(Self { sources, synapses, first_inputs, precision: PhantomData })
    }

    fn deliver(&mut self, step: u64, history: &SpikeHistory, inputs: &mut [R]) -> u64 {
        add_arrivals(&self.synapses, &self.sources, (step, history), |synapse| {
            let first = self.first_inputs[usize::from(synapse.weight < 0.0)];
            inputs[first + synapse.target as usize] += R::from_f64(synapse.weight);
        })
    }

    fn edit(&mut self, _part: usize, edit: &mut EditSynapse<'_>) -> Result<(), StorageError> {
        self.synapses.iter_mut().for_each(|synapse| synapse.weight = rounded::<R>(edit(*synapse)));
        Ok(())
    }

    fn visit(&self, _part: usize, visit: &mut dyn FnMut(Synapse)) {
        self.synapses.iter().for_each(|synapse| visit(*synapse));
    }

    fn size(&self, _part: usize) -> StorageSize {
        size(self.synapses.len() as u64)
    }

    fn plan(plan: &SynapsePlan<'_>) -> Result<StorageSize, ParameterError> {
        Ok(size(plan.n_synapses))
    }
}

fn rounded<R: Real>(x: f64) -> f64 {
    R::from_f64(x).to_f64()
}

fn first_inputs(setup: &SynapseSetup<'_>) -> [usize; 2] {
    let choice = setup.plan.receptor_choice;
    [1.0, -1.0].map(|weight| {
        let channel = choice.channel(weight).unwrap_or(0);
        setup.plan.first_input as usize + channel * setup.slice.len as usize
    })
}

fn size(n_synapses: u64) -> StorageSize {
    let bytes = n_synapses * size_of::<Synapse>() as u64;
    StorageSize { n_synapses, bytes, shape: "list".to_owned() }
}

/// Gives every spike that arrives in a step over some synapses, which are sorted by source, to `add`: in the order of
/// emission, source and synapse. How many there are.
pub(crate) fn add_arrivals(
    synapses: &[Synapse],
    sources: &[SourceRows],
    (step, history): (u64, &SpikeHistory),
    mut add: impl FnMut(&Synapse),
) -> u64 {
    let longest = synapses.iter().map(|synapse| synapse.delay).max().unwrap_or(0);
    let (mut n, mut fired) = (0, Vec::new());
    for delay in (1..=longest.min(step)).rev() {
        SourceRows::fired_in(sources, history, step - delay, &mut fired);
        for row in &fired {
            let begin = synapses.partition_point(|synapse| synapse.row < *row);
            let of_row = synapses[begin..].iter().take_while(|synapse| synapse.row == *row);
            of_row.filter(|synapse| synapse.delay == delay).for_each(|synapse| {
                add(synapse);
                n += 1;
            });
        }
    }
    n
}
