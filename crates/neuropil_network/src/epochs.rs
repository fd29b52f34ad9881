//! Runs partitions through epochs, each on a thread of its own.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use neuropil_core::{NotFinite, SpikeHistory};

use crate::exchange::{Exchange, Parcels, fill_history};
use crate::observer::{Epoch, Observer};
use crate::partition::Partition;
use crate::simulation::RunError;

/// Steps between two searches for state variables that are not finite.
const CHECK_INTERVAL: u64 = 1000;

/// How a run through epochs ended.
pub(crate) struct Ending {
    /// The step that was reached.
    pub(crate) done: u64,
    /// Whether the observer stopped the run, be it in the last epoch.
    pub(crate) stopped: bool,
    pub(crate) result: Result<(), RunError>,
}

/// Runs all partitions through the epochs.
pub(crate) fn run_epochs(
    partitions: &mut [Partition],
    epochs: Epochs,
    observer: &mut dyn Observer,
) -> Ending {
    let shared = Shared {
        exchange: Exchange::new(partitions.len()),
        stop: AtomicU64::new(u64::MAX),
        done: AtomicU64::new(epochs.begin),
        stopped: AtomicBool::new(false),
        not_finite: Mutex::new(None),
        epochs,
    };
    let (first, others) = partitions.split_first_mut().expect("there is at least one partition");
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
        let others = threads.into_iter().map(|thread| or_panicked(thread.join()));
        others.fold(or_panicked(first), Result::and)
    });
    Ending {
        done: shared.done.load(Ordering::Relaxed),
        stopped: shared.stopped.load(Ordering::Relaxed),
        result: result.and_then(|()| shared.not_finite()),
    }
}

fn or_panicked(ended: std::thread::Result<Result<(), RunError>>) -> Result<(), RunError> {
    ended.unwrap_or(Err(RunError::Panicked))
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
    /// Whether the observer wants the run to end.
    stopped: AtomicBool,
    /// The first state variable that is not finite, over all partitions.
    not_finite: Mutex<Option<NotFinite>>,
}

impl Shared {
    /// An error if a state variable is not finite.
    fn not_finite(&self) -> Result<(), RunError> {
        let found = *self.not_finite.lock().map_err(|_| RunError::Panicked)?;
        found.map_or(Ok(()), |found| Err(RunError::NotFinite(found)))
    }
}

/// The steps of a run, cut into epochs.
#[derive(Clone, Copy)]
pub(crate) struct Epochs {
    pub(crate) begin: u64,
    pub(crate) end: u64,
    pub(crate) length: u64,
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
                shared.stopped.store(!go_on, Ordering::Relaxed);
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
