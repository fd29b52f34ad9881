//! A simulation: the partitions of a network, and the loop that runs them.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use neuropil_core::{NotFinite, Precision, Real, SpikeHistory, StepSystems, StorageSize};
use rayon::prelude::*;

use crate::description::Network;
use crate::error::BuildError;
use crate::exchange::{Exchange, Parcels, fill_history};
use crate::observer::{Epoch, Observer};
use crate::partition::Partition;

/// The longest epoch, in steps, and the most neuron updates and sampled values in one: they bound what is buffered, and
/// how long a run takes to stop.
const MAX_EPOCH: u64 = 512;
const MAX_EPOCH_WORK: f64 = 4e6;

/// Steps between two searches for state variables that are not finite.
const CHECK_INTERVAL: u64 = 1000;

/// A network, built and ready to run.
pub struct Simulation {
    partitions: Vec<Partition>,
    sizes: Vec<StorageSize>,
    epoch_steps: u64,
    step: u64,
}

/// Why a run broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
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
        let sizes = sum_sizes(&partitions, network.projections.len());
        Ok(Self { partitions, sizes, epoch_steps, step: 0 })
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
    pub fn sizes(&self) -> &[StorageSize] {
        &self.sizes
    }

    /// The systems of a time step, in the order in which they run.
    pub fn systems(&self) -> impl Iterator<Item = (StepSystems, &str)> {
        self.partitions[0].schedule.names()
    }

    /// Simulates `steps` more steps. Stops early, after a whole epoch, if the observer says so.
    ///
    /// # Errors
    /// [`RunError::NotFinite`] where a state variable is found, every 1000 steps or at the end, to be infinite or not a
    /// number; the run has then stopped after a whole epoch.
    pub fn run(&mut self, steps: u64, observer: &mut dyn Observer) -> Result<(), RunError> {
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
    for (projection, size) in partitions.iter().flat_map(|p| &p.sizes) {
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
