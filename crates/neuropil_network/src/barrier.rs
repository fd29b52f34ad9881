//! A barrier for threads that meet every few microseconds.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a waiting thread keeps its core before it sleeps. It is about as long as waking takes: a thread that sleeps earlier wakes
/// late, and the others go to sleep while they wait for it. If a thread has lost its core to another program, the others would wait
/// for a whole time slice; then they had better sleep and leave their cores to whoever needs them.
const PATIENCE: Duration = Duration::from_micros(50);

/// Looks at the barrier between two looks at the clock.
const LOOKS: u32 = 32;

/// Lets a fixed number of threads wait for each other.
pub(crate) struct Barrier {
    threads: usize,
    arrived: AtomicUsize,
    generation: AtomicUsize,
    broken: AtomicBool,
    asleep: AtomicUsize,
    bed: Mutex<()>,
    alarm: Condvar,
}

/// Another thread has panicked and will never arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

impl Barrier {
    pub(crate) fn new(threads: usize) -> Self {
        Self {
            threads,
            arrived: AtomicUsize::new(0),
            generation: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
            asleep: AtomicUsize::new(0),
            bed: Mutex::new(()),
            alarm: Condvar::new(),
        }
    }

    /// Waits until all threads have called this. What they wrote before is visible after.
    pub(crate) fn wait(&self) -> Result<(), Broken> {
        let generation = self.generation.load(Ordering::Acquire);
        if self.arrived.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.arrived.store(0, Ordering::Relaxed);
            // In one order with `asleep`: either a sleeper sees the new generation, or it is seen here.
            self.generation.store(generation.wrapping_add(1), Ordering::SeqCst);
            if self.asleep.load(Ordering::SeqCst) > 0 {
                self.wake_all();
            }
        } else if !self.watch(generation) {
            self.sleep(generation);
        }
        // A broken barrier still lets those pass for whom all had arrived.
        if self.generation.load(Ordering::Acquire) == generation { Err(Broken) } else { Ok(()) }
    }

    /// Keeps the core for a while, and returns whether the wait is over.
    fn watch(&self, generation: usize) -> bool {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            for _ in 0..LOOKS {
                if self.is_over(generation) {
                    return true;
                }
                std::hint::spin_loop();
            }
        }
        false
    }

    /// Gives up the core until the wait is over.
    fn sleep(&self, generation: usize) {
        let mut bed = self.bed.lock().unwrap_or_else(PoisonError::into_inner);
        self.asleep.fetch_add(1, Ordering::SeqCst);
        while !self.is_over(generation) {
            bed = self.alarm.wait(bed).unwrap_or_else(PoisonError::into_inner);
        }
        self.asleep.fetch_sub(1, Ordering::Relaxed);
    }

    fn is_over(&self, generation: usize) -> bool {
        self.generation.load(Ordering::SeqCst) != generation || self.broken.load(Ordering::SeqCst)
    }

    fn wake_all(&self) {
        // Who holds the lock is about to sleep, and would miss the alarm.
        drop(self.bed.lock());
        self.alarm.notify_all();
    }

    /// Frees all who wait, now and later: someone will never arrive.
    pub(crate) fn break_up(&self) {
        self.broken.store(true, Ordering::SeqCst);
        self.wake_all();
    }

    /// Breaks the barrier when the guard is dropped by a panic, so that no thread waits for ever.
    pub(crate) fn guard(&self) -> BreakOnPanic<'_> {
        BreakOnPanic(self)
    }
}

pub(crate) struct BreakOnPanic<'a>(&'a Barrier);

impl Drop for BreakOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.break_up();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some are late, so that others sleep.
    #[test]
    fn no_thread_runs_ahead() {
        let (barrier, arrived) = (Barrier::new(5), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for thread in 0..5 {
                let (barrier, arrived) = (&barrier, &arrived);
                scope.spawn(move || {
                    for round in 1..=2_000 {
                        if round % 50 == thread {
                            std::thread::sleep(5 * PATIENCE);
                        }
                        arrived.fetch_add(1, Ordering::Relaxed);
                        barrier.wait().unwrap();
                        assert!(arrived.load(Ordering::Relaxed) >= 5 * round);
                        barrier.wait().unwrap();
                    }
                });
            }
        });
    }

    #[test]
    fn a_panic_frees_the_others() {
        let barrier = Barrier::new(2);
        std::thread::scope(|scope| {
            let panics = scope.spawn(|| {
                let _guard = barrier.guard();
                std::thread::sleep(50 * PATIENCE);
                panic!("on purpose");
            });
            assert_eq!(barrier.wait(), Err(Broken));
            assert!(panics.join().is_err());
        });
    }
}
