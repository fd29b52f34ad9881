//! A simulation: the partitions of a network, and the loop that runs them.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use neuropil_core::{NotFinite, Precision, Real, SpikeHistory, StepSystems, StorageSize};
use rayon::prelude::*;

use crate::description::{Network, Projection, Recorder, RecorderKind, Source};
use crate::edit::EditError;
use crate::error::BuildError;
use crate::exchange::{Exchange, Parcels, fill_history};
use crate::observer::{Epoch, Observer, RecordedSynapse};
use crate::partition::{Partition, SpawnedSynapses};
use crate::protocol::Action;

/// The longest epoch, in steps, and the most neuron updates and sampled values in one: they bound what is buffered, and
/// how long a run takes to stop.
const MAX_EPOCH: u64 = 512;
const MAX_EPOCH_WORK: f64 = 4e6;

/// Steps between two searches for state variables that are not finite.
const CHECK_INTERVAL: u64 = 1000;

/// A network, built and ready to run.
pub struct Simulation {
    /// As it is at the step that has been reached: edits of stimuli are kept here.
    network: Network,
    precision: Precision,
    partitions: Vec<Partition>,
    epoch_steps: u64,
    step: u64,
    /// How many events of the protocol have happened.
    n_events: usize,
    /// The last step before which weights were recorded.
    weights_recorded: Option<u64>,
}

/// Why a run broke off.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// A partition panicked: an error of the program.
    #[error("a partition of the simulation panicked")]
    Panicked,
    /// The system refused to start a thread.
    #[error("the system refuses to start so many threads")]
    Threads,
    /// A state variable became infinite, or not a number.
    #[error("a state variable is not finite any more")]
    NotFinite(NotFinite),
    /// An event of the protocol could not be carried out.
    #[error("at {time_ms} ms: {error}")]
    Edit {
        /// The time of the event.
        time_ms: f64,
        /// What is wrong.
        error: EditError,
    },
}

impl Simulation {
    /// Builds a network in `threads` partitions, in parallel. The result of a run does not depend on how many.
    ///
    /// # Errors
    /// Where parameters do not fit together or memory runs out.
    pub fn build(network: &Network, precision: Precision, threads: usize) -> Result<Self, BuildError> {
        match precision {
            Precision::F32 => Self::build_in::<f32>(network, threads.max(1)),
            Precision::F64 => Self::build_in::<f64>(network, threads.max(1)),
        }
    }

    fn build_in<R: Real>(network: &Network, parts: usize) -> Result<Self, BuildError> {
        let epoch_steps = epoch_steps(network);
        let build = |part| Partition::build::<R>(network, epoch_steps, part, parts);
        let partitions: Vec<Partition> = if parts == 1 {
            vec![build(0)?]
        } else {
            (0..parts).into_par_iter().map(build).collect::<Result<_, _>>()?
        };
        Ok(Self {
            network: network.clone(),
            precision: R::PRECISION,
            partitions,
            epoch_steps,
            step: 0,
            n_events: 0,
            weights_recorded: None,
        })
    }

    /// The number of steps that have been simulated.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The number of steps between two exchanges of spikes.
    #[must_use]
    pub fn epoch_steps(&self) -> u64 {
        self.epoch_steps
    }

    /// The number of threads.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.partitions.len()
    }

    /// What the synapses of each projection take, over all partitions; zero for those of devices.
    #[must_use]
    pub fn sizes(&self) -> Vec<StorageSize> {
        sum_sizes(&self.partitions, self.network.projections.len())
    }

    /// The systems of a time step, in the order in which they run.
    pub fn systems(&self) -> impl Iterator<Item = (StepSystems, &str)> {
        self.partitions[0].schedule.names()
    }

    /// Simulates `steps` more steps, and carries out the events of the protocol that fall before them. Stops early, after
    /// a whole epoch, if the observer says so.
    ///
    /// # Errors
    /// [`RunError::NotFinite`] where a state variable is found, every 1000 steps or at the end, to be infinite or not a
    /// number; the run has then stopped after a whole epoch. [`RunError::Edit`] where an event cannot be carried out.
    pub fn run(&mut self, steps: u64, observer: &mut dyn Observer) -> Result<(), RunError> {
        let end = self.step.saturating_add(steps);
        while self.step < end {
            self.apply_events()?;
            self.record_weights(observer);
            let pause = self.next_pause().min(end);
            self.run_without_pause(pause - self.step, observer)?;
            if self.step < pause {
                return Ok(());
            }
        }
        self.record_weights_at_the_end(observer);
        Ok(())
    }

    /// Carries out the events that happen before the coming step.
    fn apply_events(&mut self) -> Result<(), RunError> {
        while let Some(event) = self.network.protocol.get(self.n_events).filter(|e| e.step <= self.step) {
            let event = event.clone();
            if let Action::Stimulus { stimulus, parameter, value } = event.action {
                self.network.stimuli[stimulus].parameters[parameter] = value;
            }
            let (network, number) = (&self.network, self.n_events);
            let apply = |partition: &mut Partition| match self.precision {
                Precision::F32 => partition.apply::<f32>(network, number, &event),
                Precision::F64 => partition.apply::<f64>(network, number, &event),
            };
            let time_ms = network.grid.time_ms(self.step);
            // Of several partitions that fail, the first one speaks, so that the message is always the same.
            let results: Vec<_> = self.partitions.par_iter_mut().map(apply).collect();
            results
                .into_iter()
                .collect::<Result<(), _>>()
                .map_err(|error| RunError::Edit { time_ms, error })?;
            self.n_events += 1;
        }
        Ok(())
    }

    /// The next step before which something is to be done, or the end of time.
    fn next_pause(&self) -> u64 {
        let event = self.network.protocol.get(self.n_events).map(|event| event.step);
        let weights = self.network.recorders.iter().filter_map(|r| r.next_weights(self.step));
        weights.chain(event).min().unwrap_or(u64::MAX)
    }

    /// Shows the weights that are to be recorded before the coming step.
    fn record_weights(&mut self, observer: &mut dyn Observer) {
        if self.weights_recorded == Some(self.step) {
            return;
        }
        self.weights_recorded = Some(self.step);
        for (number, recorder) in self.network.recorders.iter().enumerate() {
            if recorder.records_weights_at(self.step) {
                let synapses = self.weights_of(recorder);
                observer.weights(number, self.step, &synapses);
            }
        }
    }

    /// Shows the weights that are to be recorded at the step that a run ends with, unless events are due, which the next
    /// run carries out first.
    fn record_weights_at_the_end(&mut self, observer: &mut dyn Observer) {
        let due = self.network.protocol.get(self.n_events).is_some_and(|event| event.step <= self.step);
        if !due {
            self.record_weights(observer);
        }
    }

    /// The synapses of a weight recorder, by source and then target, in the order of the views.
    fn weights_of(&self, recorder: &Recorder) -> Vec<RecordedSynapse> {
        let mut synapses: Vec<_> = self
            .partitions
            .par_iter()
            .flat_map_iter(|partition| match self.precision {
                Precision::F32 => partition.read_weights::<f32>(&self.network, recorder),
                Precision::F64 => partition.read_weights::<f64>(&self.network, recorder),
            })
            .collect();
        // Stable: synapses of one pair stay in the order in which a partition holds them.
        synapses.par_sort_by_key(|s| (s.source_position, s.target_position));
        synapses
    }

    /// All synapses of a projection between neurons, by source and then target, in the order of its views.
    #[must_use]
    pub fn synapses(&self, projection: usize) -> Vec<RecordedSynapse> {
        let Projection { source, target, .. } = &self.network.projections[projection];
        let Source::Neurons(sources) = source else { return Vec::new() };
        let kind = RecorderKind::Weights { projection, sources: sources.clone(), at: Vec::new() };
        let (name, view) = (String::new(), target.clone());
        self.weights_of(&Recorder { name, view, start: 0, stop: 0, kind, counted_as: None })
    }

    /// Simulates `steps` more steps, in which no event falls.
    fn run_without_pause(&mut self, steps: u64, observer: &mut dyn Observer) -> Result<(), RunError> {
        let begin = self.step;
        let shared = Shared {
            exchange: Exchange::new(self.partitions.len()),
            stop: AtomicU64::new(u64::MAX),
            done: AtomicU64::new(begin),
            not_finite: Mutex::new(None),
            epochs: Epochs { begin, end: begin.saturating_add(steps), length: self.epoch_steps },
        };
        let (first, others) = self.partitions.split_first_mut().expect("there is at least one partition");
        let result = std::thread::scope(|scope| {
            let shared = &shared;
            let mut threads = Vec::new();
            for (part, partition) in (1..).zip(others) {
                let thread = std::thread::Builder::new().name(format!("partition {part}"));
                match thread.spawn_scoped(scope, move || partition.run(part, shared, None)) {
                    Ok(thread) => threads.push(thread),
                    Err(_) => {
                        shared.exchange.barrier.break_up();
                        return Err(RunError::Threads);
                    }
                }
            }
            let first = catch_unwind(AssertUnwindSafe(|| first.run(0, shared, Some(observer))));
            let or_panicked = |ended: std::thread::Result<Result<(), RunError>>| match ended {
                Ok(result) => result,
                Err(_) => Err(RunError::Panicked),
            };
            let others = threads.into_iter().map(|thread| or_panicked(thread.join()));
            others.fold(or_panicked(first), Result::and)
        });
        self.step = shared.done.into_inner();
        result?;
        let not_finite = shared.not_finite.into_inner().map_err(|_| RunError::Panicked)?;
        not_finite.map_or(Ok(()), |found| Err(RunError::NotFinite(found)))
    }
}

/// The number of steps between two exchanges: spikes are exchanged before the first of them can arrive anywhere.
pub(crate) fn epoch_steps(network: &Network) -> u64 {
    let work = network.n_neurons() as f64 + network.sampled_per_step();
    let most = (MAX_EPOCH_WORK / work).clamp(1.0, MAX_EPOCH as f64) as u64;
    network.delay_bounds().map_or(most, |(min, _)| min.min(most))
}

/// Adds up the storage of each projection over its target slices and partitions.
fn sum_sizes(partitions: &[Partition], n_projections: usize) -> Vec<StorageSize> {
    let none = StorageSize { n_synapses: 0, bytes: 0, shape: String::new() };
    let mut sums = vec![none; n_projections];
    for SpawnedSynapses { projection, size, .. } in partitions.iter().flat_map(|p| &p.synapses) {
        let sum = &mut sums[*projection];
        sum.n_synapses += size.n_synapses;
        sum.bytes += size.bytes;
        sum.shape.clone_from(&size.shape);
    }
    sums
}

/// What the threads of a run share.
struct Shared {
    exchange: Exchange,
    epochs: Epochs,
    /// The number of the last epoch. A partition that wants to stop after an epoch writes it before it leaves its parcel,
    /// so that all who meet after that epoch see it; who still looks at an earlier epoch is not stopped by it.
    stop: AtomicU64,
    /// The steps that are done, written by the first partition.
    done: AtomicU64,
    /// The first state variable that is not finite, over all partitions.
    not_finite: Mutex<Option<NotFinite>>,
}

/// The steps of a run, cut into epochs.
#[derive(Clone, Copy)]
struct Epochs {
    begin: u64,
    end: u64,
    length: u64,
}

impl Epochs {
    fn iter(self) -> impl Iterator<Item = (u64, Range<u64>)> {
        let starts = (0..).map(move |n| self.begin.saturating_add(n * self.length));
        (0..)
            .zip(starts.take_while(move |&start| start < self.end))
            .map(move |(number, start)| (number, start..start.saturating_add(self.length).min(self.end)))
    }
}

impl Partition {
    /// Runs this partition through all epochs. The first partition brings the observer.
    fn run(
        &mut self,
        part: usize,
        shared: &Shared,
        observer: Option<&mut dyn Observer>,
    ) -> Result<(), RunError> {
        let _guard = shared.exchange.barrier.guard();
        let mut observer = observer;
        let mut go_on = true;
        for (number, steps) in shared.epochs.iter() {
            for _ in steps.clone() {
                self.schedule.run(&mut self.world);
            }
            let is_last = steps.end == shared.epochs.end;
            if is_last || steps.start / CHECK_INTERVAL != steps.end / CHECK_INTERVAL {
                go_on &= self.check(shared)?;
            }
            if !go_on {
                shared.stop.fetch_min(number, Ordering::Relaxed); // published by the barrier in `swap`
            }
            let parcels =
                shared.exchange.swap(&mut self.world, part, number).map_err(|_| RunError::Panicked)?;
            let mut history = self.world.resource_mut::<SpikeHistory>();
            fill_history(&mut history, steps.clone(), &parcels);
            if let Some(observer) = &mut observer {
                shared.done.store(steps.end, Ordering::Relaxed);
                go_on &= observe(*observer, steps, &history, &parcels);
            }
            if shared.stop.load(Ordering::Relaxed) <= number {
                break;
            }
        }
        Ok(())
    }

    /// Whether all state variables are finite; the first that is not is left for all to see.
    fn check(&mut self, shared: &Shared) -> Result<bool, RunError> {
        let Some(found) = (self.find_not_finite)(&mut self.world) else { return Ok(true) };
        let mut first = shared.not_finite.lock().map_err(|_| RunError::Panicked)?;
        *first = Some(first.map_or(found, |other| other.min(found)));
        Ok(false)
    }
}

/// Shows an epoch to the observer.
fn observe(
    observer: &mut dyn Observer,
    steps: Range<u64>,
    history: &SpikeHistory,
    parcels: &Parcels<'_>,
) -> bool {
    let mut samples: Vec<_> = parcels.iter().flat_map(|parcel| parcel.samples.samples()).collect();
    samples.sort_by_key(|s| (s.recorder, s.stamp, s.population));
    observer.epoch(&Epoch { steps, history, samples })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epochs_tile_the_run() {
        let epochs =
            |begin, end, length| Epochs { begin, end, length }.iter().map(|e| e.1).collect::<Vec<_>>();
        assert_eq!(epochs(0, 10, 4), [0..4, 4..8, 8..10]);
        assert_eq!(epochs(7, 9, 1), [7..8, 8..9]);
        assert!(epochs(5, 5, 1).is_empty());
    }
}
