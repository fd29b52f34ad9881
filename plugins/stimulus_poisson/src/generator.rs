//! The device `poisson_generator`.

use bevy_ecs::prelude::*;
use neuropil_core::{
    DeviceSetup, Kernel, ParameterError, Purpose, Real, StimulusModel, StimulusOutput, Streams, TargetRun,
    Window, dispatch,
};

use crate::further_bits;
use crate::table::PoissonTable;

/// One device on the neurons of one slice.
#[derive(Component, Clone, Debug)]
pub struct PoissonGenerator<R: Real> {
    table: PoissonTable,
    window: Window,
    streams: Streams,
    further: Streams,
    targets: Vec<TargetRun>,
    /// The weight of each target, in the order of the runs; one for all if they share it.
    weights: Vec<R>,
    /// Pieces of the target view without a gap, as first position and length.
    spans: Vec<(u32, usize)>,
    /// The numbers of a step, in the order of the runs; scratch.
    numbers: Vec<u16>,
}

impl<R: Real> StimulusModel for PoissonGenerator<R> {
    type Real = R;
    const OUTPUT: StimulusOutput = StimulusOutput::Spikes;

    fn new(setup: DeviceSetup<'_>) -> Result<Self, ParameterError> {
        let [rate, start, stop] = setup.values();
        let mean = rate * setup.grid.dt_ms() / 1000.0;
        if mean > PoissonTable::MAX_MEAN {
            let most = PoissonTable::MAX_MEAN * 1000.0 / setup.grid.dt_ms();
            return Err(ParameterError::new(
                "rate",
                format!("a rate of {rate} Hz is too high; at most {most} Hz"),
            ));
        }
        let weights = setup.map_weights(|weight| weight);
        Ok(Self {
            table: PoissonTable::new(mean),
            window: Window::new(start, stop, &setup.grid)?,
            streams: Streams::new(setup.seed, Purpose::Stimulus, setup.projection),
            further: Streams::new(setup.seed, Purpose::StimulusTail, setup.projection),
            spans: spans(&setup.targets),
            numbers: vec![0; setup.targets.iter().map(|run| run.len).sum()],
            targets: setup.targets,
            weights,
        })
    }

    fn drive(&mut self, emission: u64, input: &mut [R]) {
        if !self.window.contains(emission) {
            return;
        }
        self.draw(emission);
        let first = self.table.first();
        let (mut numbers, mut weights) = (self.numbers.as_slice(), self.weights.as_slice());
        for run in &self.targets {
            let numbers = split_off(&mut numbers, run.len);
            let input = &mut input[run.input..][..run.len];
            match self.weights[..] {
                [weight] => dispatch(AddAll { first, weight: |_| weight, numbers, input }),
                _ => {
                    let weights = split_off(&mut weights, run.len);
                    dispatch(AddAll { first, weight: |i| weights[i], numbers, input });
                }
            }
        }
    }
}

impl<R: Real> PoissonGenerator<R> {
    /// Draws the numbers of all targets. Neighbours in the view may reach different receptors, so a run of targets can be
    /// short, while a span is long.
    fn draw(&mut self, emission: u64) {
        let mut rest = self.numbers.as_mut_slice();
        for &(position, len) in &self.spans {
            let (numbers, others) = rest.split_at_mut(len);
            self.streams.halves_of_step(emission, position, numbers);
            self.table.invert(numbers, |i| further_bits(&self.further, position + i as u32, emission));
            rest = others;
        }
    }
}

/// Joins runs whose positions follow each other.
fn spans(targets: &[TargetRun]) -> Vec<(u32, usize)> {
    let mut spans: Vec<(u32, usize)> = Vec::new();
    for run in targets {
        match spans.last_mut() {
            Some((position, len)) if *position + *len as u32 == run.position => *len += run.len,
            _ => spans.push((run.position, run.len)),
        }
    }
    spans
}

/// Takes the first `n` elements off a slice.
fn split_off<'a, T>(rest: &mut &'a [T], n: usize) -> &'a [T] {
    let (taken, others) = rest.split_at(n);
    *rest = others;
    taken
}

/// Adds numbers of spikes, each above `first`, times weights.
struct AddAll<'a, R, W> {
    first: u32,
    weight: W,
    numbers: &'a [u16],
    input: &'a mut [R],
}

impl<R: Real, W: Fn(usize) -> R> Kernel for AddAll<'_, R, W> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (i, (input, &number)) in self.input.iter_mut().zip(self.numbers).enumerate() {
            *input += (self.weight)(i) * R::from_count(self.first + u32::from(number));
        }
    }
}
