//! Runs partitions through epochs, on as many threads as there are cores for them.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{Builder, ScopedJoinHandle};

use neuropil_core::engine::NotFinite;
use neuropil_core::{SpikeHistory, Sums};

use crate::barrier::Broken;
use crate::description::Network;
use crate::error::RunError;
use crate::exchange::{Exchange, Parcels, fill_history};
use crate::observer::{Epoch, Observer};
use crate::partition::Partition;
use crate::processes::Acts;
use crate::profile::{Laps, Stage};

/// Steps between two searches for state variables that are not finite.
const CHECK_INTERVAL: u64 = 1000;

/// How a run through epochs ended.
pub(crate) struct Ending {
    /// The step that was reached.
    pub(crate) done: u64,
    /// Whether the observer stopped the run, be it in the last epoch.
    pub(crate) stopped: bool,
    /// What each thread spent its time on; an error if the run broke off.
    pub(crate) result: Result<Vec<Laps>, RunError>,
}

/// The threads that run so many partitions. More than there are cores would only wait for each other.
pub(crate) fn threads_for(partitions: usize) -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(partitions)
}

/// Runs all partitions through the epochs, on so many threads.
pub(crate) fn run_epochs(
    network: &Network,
    partitions: &mut [Partition],
    epochs: Epochs,
    observer: &mut dyn Observer,
    threads: usize,
    laps: Laps,
) -> Ending {
    let shared = Shared {
        network,
        acts: Acts::default(),
        exchange: Exchange::new(partitions.len(), threads),
        observer: Mutex::new(observer),
        observed: AtomicU64::new(0),
        stop: AtomicU64::new(u64::MAX),
        done: AtomicU64::new(epochs.begin),
        stopped: AtomicBool::new(false),
        not_finite: Mutex::new(None),
        epochs,
    };
    let mut shares = shares(partitions, threads, laps).into_iter();
    let first = shares.next().expect("there is at least one thread");
    let result = std::thread::scope(|scope| {
        let shared = &shared;
        let mut others = Vec::new();
        for (number, share) in (1..).zip(shares) {
            let thread = Builder::new().name(format!("simulation {number}"));
            match thread.spawn_scoped(scope, move || share.run(shared)) {
                Ok(thread) => others.push(thread),
                Err(_) => {
                    shared.exchange.barrier.break_up();
                    return Err(RunError::Threads);
                }
            }
        }
        let first = catch_unwind(AssertUnwindSafe(|| first.run(shared)));
        let others: Vec<_> = others.into_iter().map(ScopedJoinHandle::join).collect();
        let all = std::iter::once(first).chain(others);
        all.map(|ended| ended.unwrap_or(Err(RunError::Panicked))).collect()
    });
    Ending {
        done: shared.done.load(Ordering::Relaxed),
        stopped: shared.stopped.load(Ordering::Relaxed),
        result: result.and_then(|all_laps| shared.error().map(|()| all_laps)),
    }
}

/// Shares partitions out to threads.
fn shares(mut partitions: &mut [Partition], threads: usize, laps: Laps) -> Vec<Share<'_>> {
    let parts = partitions.len();
    let share = |thread| {
        let begin = parts * thread / threads;
        let len = parts * (thread + 1) / threads - begin;
        let partitions = partitions.split_off_mut(..len).expect("shares tile the partitions");
        Share { begin, partitions, laps }
    };
    (0..threads).map(share).collect()
}

/// What the threads of a run share.
struct Shared<'a> {
    network: &'a Network,
    acts: Acts,
    exchange: Exchange,
    epochs: Epochs,
    observer: Mutex<&'a mut dyn Observer>,
    /// How many epochs a thread has taken on to show to the observer.
    observed: AtomicU64,
    /// The number of the last epoch. A thread that wants to stop after an epoch writes it before the barrier, so that all who
    /// meet there see it; who still looks at an earlier epoch is not stopped by it.
    stop: AtomicU64,
    /// The steps that are done, and that the observer has seen.
    done: AtomicU64,
    /// Whether the observer wants the run to end.
    stopped: AtomicBool,
    /// The first state variable that is not finite, over all partitions.
    not_finite: Mutex<Option<NotFinite>>,
}

impl Shared<'_> {
    /// An error if a process could not act, or a state variable is not finite.
    fn error(&self) -> Result<(), RunError> {
        self.acts.error(self.network)?;
        let found = *self.not_finite.lock().map_err(|_| Broken)?;
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
    /// The epochs with their numbers; `next_act` is the next step before which processes act.
    fn iter(self, next_act: impl Fn(u64) -> u64) -> impl Iterator<Item = (u64, Range<u64>)> {
        let next = move |begin| self.from(begin, next_act(begin));
        (0..).zip(std::iter::successors(next(self.begin), move |epoch| next(epoch.end)))
    }

    /// The epoch that begins with this step. It ends where processes act, and where state variables are looked at, so that what is
    /// done or found there depends on no length.
    fn from(self, begin: u64, next_act: u64) -> Option<Range<u64>> {
        let check = (begin / CHECK_INTERVAL + 1) * CHECK_INTERVAL;
        let end = begin.saturating_add(self.length).min(check).min(next_act).min(self.end);
        (begin < end).then_some(begin..end)
    }
}

/// The partitions that a thread runs, one after the other.
struct Share<'a> {
    /// The number of the first.
    begin: usize,
    partitions: &'a mut [Partition],
    laps: Laps,
}

impl Share<'_> {
    /// Runs the partitions through all epochs.
    fn run(mut self, shared: &Shared<'_>) -> Result<Laps, RunError> {
        let _guard = shared.exchange.barrier.guard();
        let mut before = None;
        for (number, steps) in shared.epochs.iter(|step| shared.network.next_act(step)) {
            let mut go_on = self.simulate(number, &steps, shared)?;
            if let Some(before) = before.take() {
                go_on &= self.observe(before, shared)?;
            }
            if !go_on {
                shared.stop.fetch_min(number, Ordering::Relaxed); // published by the barrier
            }
            shared.exchange.barrier.wait()?;
            self.laps.lap(Stage::Wait);
            self.receive(&steps, &shared.exchange.parcels(number)?);
            let acted = self.act(steps.end, shared)?;
            before = Some((number, steps));
            if !acted || shared.stop.load(Ordering::Relaxed) <= number {
                break;
            }
        }
        if let Some(last) = before {
            self.observe(last, shared)?;
        }
        Ok(self.laps)
    }

    /// Shows the epoch before to the observer, and returns whether the run is to go on. The first thread that comes here does it: it is
    /// ahead of the others, and has the time.
    fn observe(&mut self, epoch: (u64, Range<u64>), shared: &Shared<'_>) -> Result<bool, Broken> {
        let (number, steps) = epoch;
        if shared.observed.fetch_max(number + 1, Ordering::Relaxed) > number {
            return Ok(true);
        }
        let mut observer = shared.observer.lock().map_err(|_| Broken)?;
        let history = self.partitions[0].world.resource::<SpikeHistory>();
        let end = steps.end;
        let go_on = show(&mut **observer, steps, history, &shared.exchange.parcels(number)?);
        shared.done.store(end, Ordering::Relaxed);
        if !go_on {
            shared.stopped.store(true, Ordering::Relaxed);
        }
        self.laps.lap(Stage::Observe);
        Ok(go_on)
    }

    /// Runs the partitions through an epoch, and returns whether all state variables are finite.
    fn simulate(&mut self, epoch: u64, steps: &Range<u64>, shared: &Shared<'_>) -> Result<bool, RunError> {
        let is_last = steps.end == shared.epochs.end;
        let check = is_last || steps.end.is_multiple_of(CHECK_INTERVAL);
        let mut finite = true;
        for (part, partition) in (self.begin..).zip(&mut *self.partitions) {
            partition.run(steps.clone(), shared.network)?;
            self.laps.lap(Stage::Steps);
            if check {
                finite &= partition.check(shared)?;
                self.laps.lap(Stage::Check);
            }
            shared.exchange.leave(&mut partition.world, part, epoch)?;
            self.laps.lap(Stage::Exchange);
        }
        Ok(finite)
    }

    /// Lets the processes act that are due before a step, and returns whether all could. They act on the sums of what all
    /// partitions measure, and go on when all have acted.
    fn act(&mut self, step: u64, shared: &Shared<'_>) -> Result<bool, RunError> {
        let Shared { network, acts, exchange, .. } = shared;
        if network.acting_before(step).next().is_none() {
            return Ok(true);
        }
        let mut sums = vec![Sums::default(); network.processes.len()];
        for (part, partition) in (self.begin..).zip(&mut *self.partitions) {
            partition.measure(network, (part, step), acts, &mut sums)?;
        }
        acts.add(&sums)?;
        exchange.barrier.wait()?;
        let sums = acts.sums()?;
        for (part, partition) in (self.begin..).zip(&mut *self.partitions) {
            partition.act(network, (part, step), acts, &sums)?;
        }
        exchange.barrier.wait()?;
        if self.begin == 0 {
            acts.clear()?;
        }
        self.laps.lap(Stage::Act);
        Ok(acts.error(network).is_ok())
    }

    /// Takes in the spikes of all partitions, and lets systems listen to them.
    fn receive(&mut self, steps: &Range<u64>, parcels: &Parcels<'_>) {
        for partition in &mut *self.partitions {
            let mut history = partition.world.resource_mut::<SpikeHistory>();
            fill_history(&mut history, steps.clone(), parcels);
            partition.schedule.listen(steps.clone(), &mut partition.world);
        }
        self.laps.lap(Stage::Exchange);
    }
}

impl Partition {
    /// Runs steps, before which changes of stimuli may arrive.
    fn run(&mut self, steps: Range<u64>, network: &Network) -> Result<(), RunError> {
        let mut next = steps.start;
        while next < steps.end {
            self.receive_changes(network, next)?;
            let pause = self.next_arrival().min(steps.end);
            for _ in next..pause {
                self.schedule.run(&mut self.world);
            }
            next = pause;
        }
        Ok(())
    }

    /// Whether all state variables are finite; the first that is not is left for all to see.
    fn check(&mut self, shared: &Shared<'_>) -> Result<bool, RunError> {
        let Some(found) = (self.find_not_finite)(&mut self.world) else { return Ok(true) };
        let mut first = shared.not_finite.lock().map_err(|_| Broken)?;
        *first = Some(first.map_or(found, |other| other.min(found)));
        Ok(false)
    }
}

impl From<Broken> for RunError {
    fn from(_: Broken) -> Self {
        Self::Panicked
    }
}

/// Shows an epoch to an observer.
fn show(
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
        let never = |_| u64::MAX;
        let cut = |begin, end, length, next_act: fn(u64) -> u64| -> Vec<Range<u64>> {
            Epochs { begin, end, length }.iter(next_act).map(|epoch| epoch.1).collect()
        };
        let epochs = |begin, end, length| cut(begin, end, length, never);
        assert_eq!(cut(0, 10, 4, |step| (step / 3 + 1) * 3), [0..3, 3..6, 6..9, 9..10]);
        assert_eq!(epochs(0, 10, 4), [0..4, 4..8, 8..10]);
        assert_eq!(epochs(7, 9, 1), [7..8, 8..9]);
        assert_eq!(epochs(300, 1300, 400), [300..700, 700..1000, 1000..1300]);
        assert!(epochs(5, 5, 1).is_empty());
    }
}
