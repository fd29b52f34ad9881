//! The stimulus `poisson_generator`.

use bevy_ecs::prelude::*;
use neuropil_core::engine::StateColumn;
use neuropil_core::{
    Column, Kernel, ParameterError, Purpose, Real, StimulusModel, StimulusOutput, StimulusSetup, Streams,
    TargetRun, Window, dispatch,
};

use crate::table::{CHUNK, PoissonTable};
use crate::{Parameters, further_bits};

/// One stimulus on the neurons of one slice.
#[derive(Component, Clone, Debug)]
pub struct PoissonTargets<R: Real> {
    table: PoissonTable,
    window: Window,
    streams: Streams,
    further: Streams,
    targets: Vec<TargetRun>,
    /// The weights of the targets, in the order of the runs.
    weights: Column<R>,
    spans: Vec<Span>,
    /// The numbers of the longest span; scratch.
    numbers: StateColumn<u16>,
}

/// Chunks of the target view without a gap, and the runs that lie in them.
///
/// Neighbours in the view may reach different receptors, so a run can be short, while a span is long.
#[derive(Clone, Copy, Debug)]
struct Span {
    chunk: u32,
    n_chunks: usize,
    n_runs: usize,
}

impl<R: Real> StimulusModel for PoissonTargets<R> {
    type Real = R;
    const OUTPUT: StimulusOutput = StimulusOutput::Spikes;

    fn new(setup: StimulusSetup<'_>) -> Result<Self, ParameterError> {
        let Parameters { rate, start, stop } = setup.values();
        let mean = rate * setup.grid.dt_ms() / 1000.0;
        if mean > PoissonTable::MAX_MEAN {
            let most = PoissonTable::MAX_MEAN * 1000.0 / setup.grid.dt_ms();
            return Err(ParameterError::new(
                "rate",
                format!("a rate of {rate} Hz is too high; at most {most} Hz"),
            ));
        }
        let weights = setup.map_weights(|weight| weight);
        let spans = spans(&setup.targets);
        let longest = spans.iter().map(|span| span.n_chunks).max().unwrap_or(0);
        Ok(Self {
            table: PoissonTable::new(mean),
            window: Window::new(start, stop, &setup.grid)?,
            streams: Streams::new(setup.seed, Purpose::Stimulus, setup.projection),
            further: Streams::new(setup.seed, Purpose::StimulusTail, setup.projection),
            targets: setup.targets,
            weights,
            spans,
            numbers: StateColumn::filled(0, longest * CHUNK),
        })
    }

    fn drive(&mut self, emission: u64, input: &mut [R]) {
        if !self.window.contains(emission) {
            return;
        }
        let Self { table, streams, further, targets, weights, spans, numbers, .. } = self;
        let mut runs = targets.as_slice();
        let (shared, mut weights) = match weights {
            Column::Shared(weight) => (Some(*weight), &[][..]),
            Column::Each(weights) => (None, weights.as_slice()),
        };
        for span in spans {
            let (chunks, _) = numbers.as_chunks_mut();
            let chunks = &mut chunks[..span.n_chunks];
            streams.halves_of_step(emission, span.chunk, chunks);
            let first = span.chunk * CHUNK as u32;
            table.invert(chunks, |i| further_bits(further, first + i as u32, emission));
            let runs = split_off(&mut runs, span.n_runs);
            let numbers = chunks.as_flattened();
            dispatch(AddAll {
                least: table.first(),
                numbers,
                first,
                runs,
                shared,
                weights: &mut weights,
                input,
            });
        }
    }
}

/// Joins the chunks of runs that touch or overlap.
fn spans(targets: &[TargetRun]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for run in targets {
        let chunk = run.position / CHUNK as u32;
        let end = (run.position as usize + run.len).div_ceil(CHUNK);
        match spans.last_mut() {
            Some(span) if chunk as usize <= span.chunk as usize + span.n_chunks => {
                span.n_chunks = end - span.chunk as usize;
                span.n_runs += 1;
            }
            _ => spans.push(Span { chunk, n_chunks: end - chunk as usize, n_runs: 1 }),
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

/// Adds numbers of spikes times weights to the input of runs of targets.
struct AddAll<'a, 'b, R> {
    /// What each number is above.
    least: u32,
    /// The numbers from the position `first` on.
    numbers: &'a [u16],
    first: u32,
    runs: &'a [TargetRun],
    /// The weight of all targets, or else theirs are taken off `weights`.
    shared: Option<R>,
    weights: &'a mut &'b [R],
    input: &'a mut [R],
}

impl<R: Real> Kernel for AddAll<'_, '_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for run in self.runs {
            let numbers = &self.numbers[(run.position - self.first) as usize..][..run.len];
            let input = &mut self.input[run.input..][..run.len];
            match self.shared {
                Some(weight) => add(self.least, numbers, std::iter::repeat(weight), input),
                None => {
                    let weights = split_off(self.weights, run.len).iter().copied();
                    add(self.least, numbers, weights, input);
                }
            }
        }
    }
}

#[inline(always)]
fn add<R: Real>(least: u32, numbers: &[u16], weights: impl Iterator<Item = R>, input: &mut [R]) {
    for ((input, &number), weight) in input.iter_mut().zip(numbers).zip(weights) {
        *input += weight * R::from_count(least + u32::from(number));
    }
}

#[cfg(test)]
mod tests {
    use neuropil_core::TimeGrid;

    use super::*;

    /// What arrives in a step at inputs of which each has a target.
    fn arrivals(step: u64, targets: Vec<TargetRun>, weights: Column) -> Vec<f64> {
        let mut input = vec![0.0; targets.iter().map(|run| run.input + run.len).max().unwrap_or(0)];
        let mut stimulus = PoissonTargets::<f64>::new(StimulusSetup {
            parameters: &[17_789.0, 0.0, f64::INFINITY],
            grid: TimeGrid::new(0.1).unwrap(),
            seed: 3,
            projection: 1,
            targets,
            weights,
        })
        .unwrap();
        stimulus.drive(step, &mut input);
        input
    }

    #[test]
    fn what_a_target_gets_depends_on_its_position_alone() {
        let pieces = [(5, 3), (8, 119), (127, 1), (128, 30), (400, 1), (600, 300), (1023, 1), (1100, 55)];
        for step in 0..50 {
            let all =
                arrivals(step, vec![TargetRun { position: 0, input: 0, len: 1155 }], Column::Shared(0.5));
            let (mut targets, mut expected) = (Vec::new(), Vec::new());
            for (position, len) in pieces {
                targets.push(TargetRun { position: position as u32, input: expected.len(), len });
                expected.extend_from_slice(&all[position..][..len]);
            }
            let shared = arrivals(step, targets.clone(), Column::Shared(0.5));
            assert_eq!(shared, expected);
            let weights: Vec<f64> = (0..expected.len()).map(|i| 1.0 + i as f64).collect();
            expected.iter_mut().zip(&weights).for_each(|(input, weight)| *input *= 2.0 * weight);
            assert_eq!(arrivals(step, targets, Column::Each(weights)), expected);
        }
    }
}
