//! Where the output of a stimulus goes.

use neuropil_core::{Column, Part, Purpose, Slice, Streams, TargetRun, Value};

use crate::description::{Network, Source};

/// The places of a stimulus's targets in the input buffer of a slice, and their weights.
pub(crate) fn stimulus_targets(
    network: &Network,
    number: usize,
    weight: &Value,
    slice: &Slice,
) -> (Vec<TargetRun>, Column) {
    let projection = &network.projections[number];
    let receptor_choice = projection.receptor_choice(network, slice.population);
    let current = match projection.source {
        Source::Stimulus(s) if network.stimuli[s].sends_current() => {
            receptor_choice.declaration.current_receptor()
        }
        _ => None,
    };
    let base = |weight: f64| {
        let channel = current
            .or_else(|| receptor_choice.channel(weight))
            .expect("scenes check that a receptor takes it");
        channel * slice.len as usize
    };
    let parts = projection.target.neurons_in(slice.population, slice.start, slice.start + slice.len);
    match weight.constant() {
        Some(weight) => (runs_of_parts(&parts, slice, base(weight)), Column::Shared(weight)),
        None => {
            let streams = Streams::new(network.seed, Purpose::Weight, number as u32);
            drawn_runs(&parts, slice, weight, &streams, base)
        }
    }
}

/// A run for each part of the view; `base` is the place of the slice's first input.
fn runs_of_parts(parts: &[Part], slice: &Slice, base: usize) -> Vec<TargetRun> {
    let run = |p: &Part| TargetRun {
        position: p.position,
        input: base + (p.start - slice.start) as usize,
        len: p.len as usize,
    };
    parts.iter().map(run).collect()
}

/// Runs of targets whose weights, drawn one by one, reach the same receptor.
fn drawn_runs(
    parts: &[Part],
    slice: &Slice,
    weight: &Value,
    streams: &Streams,
    base: impl Fn(f64) -> usize,
) -> (Vec<TargetRun>, Column) {
    let (mut runs, mut weights): (Vec<TargetRun>, Vec<f64>) = Default::default();
    for (position, neuron) in parts.iter().flat_map(|p| (0..p.len).map(|i| (p.position + i, p.start + i))) {
        let w = weight.draw(0, &mut streams.sequence(position));
        let input = base(w) + (neuron - slice.start) as usize;
        weights.push(w);
        match runs.last_mut() {
            Some(run) if run.input + run.len == input && run.position + run.len as u32 == position => {
                run.len += 1;
            }
            _ => runs.push(TargetRun { position, input, len: 1 }),
        }
    }
    (runs, Column::Each(weights))
}
