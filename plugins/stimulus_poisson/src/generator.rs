//! The device `poisson_generator`.

use bevy_ecs::prelude::*;
use neuropil_core::{
    DeviceSetup, Kernel, ParameterError, Purpose, Real, StimulusModel, StimulusOutput, Streams, TargetRun,
    Window, dispatch,
};

use crate::table::PoissonTable;

/// One device on the neurons of one slice.
#[derive(Component, Clone, Debug)]
pub struct PoissonGenerator<R: Real> {
    table: PoissonTable,
    window: Window,
    streams: Streams,
    tails: Streams,
    targets: Vec<TargetRun>,
    /// The weight of each target, in the order of the runs; one for all if they share it.
    weights: Vec<R>,
    /// The numbers of a step; scratch.
    numbers: Vec<u32>,
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
            tails: Streams::new(setup.seed, Purpose::StimulusTail, setup.projection),
            numbers: vec![0; setup.targets.iter().map(|run| run.len).max().unwrap_or(0)],
            targets: setup.targets,
            weights,
        })
    }

    fn drive(&mut self, emission: u64, input: &mut [R]) {
        if !self.window.contains(emission) {
            return;
        }
        let mut weights = self.weights.iter().cycle();
        for run in &self.targets {
            let numbers = &mut self.numbers[..run.len];
            self.streams.words_of_step(emission, run.position, numbers);
            let tails = &self.tails;
            self.table.invert(numbers, |i| tails.block(run.position + i as u32, emission)[0]);
            let input = &mut input[run.input..][..run.len];
            if let [weight] = self.weights[..] {
                dispatch(AddAll { weight, numbers, input });
            } else {
                for ((input, &number), weight) in input.iter_mut().zip(&*numbers).zip(&mut weights) {
                    *input += *weight * R::from_count(number);
                }
            }
        }
    }
}

/// Adds numbers of spikes over a shared weight.
struct AddAll<'a, R> {
    weight: R,
    numbers: &'a [u32],
    input: &'a mut [R],
}

impl<R: Real> Kernel for AddAll<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (input, &number) in self.input.iter_mut().zip(self.numbers) {
            *input += self.weight * R::from_count(number);
        }
    }
}
