//! A barrier for threads that meet every few microseconds.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Spins of a waiting thread before it yields its core, where every thread can have one.
const SPINS: u32 = 2_000;

/// Lets a fixed number of threads wait for each other, by spinning: far faster than a lock of the system.
///
/// Where there are more threads than cores, or the wait is long, a waiting thread yields its core.
pub(crate) struct Barrier {
    threads: usize,
    spins: u32,
    waiting: AtomicUsize,
    generation: AtomicUsize,
    broken: AtomicBool,
}

/// Another thread has panicked and will never arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

impl Barrier {
    pub(crate) fn new(threads: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            threads,
            spins: if threads <= cores { SPINS } else { 0 },
            waiting: AtomicUsize::new(0),
            generation: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
        }
    }

    /// Waits until all threads have called this. What they wrote before is visible after.
    pub(crate) fn wait(&self) -> Result<(), Broken> {
        let generation = self.generation.load(Ordering::Acquire);
        if self.waiting.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.waiting.store(0, Ordering::Relaxed);
            self.generation.store(generation.wrapping_add(1), Ordering::Release);
            return Ok(());
        }
        let mut spins = 0;
        while self.generation.load(Ordering::Acquire) == generation {
            if self.broken.load(Ordering::Relaxed) {
                return Err(Broken);
            }
            if spins < self.spins {
                spins += 1;
                std::hint::spin_loop();
            } else {
                std::thread::yield_now();
            }
        }
        Ok(())
    }

    /// Frees all who wait, now and later: someone will never arrive.
    pub(crate) fn break_up(&self) {
        self.broken.store(true, Ordering::Relaxed);
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

    #[test]
    fn no_thread_runs_ahead() {
        let (barrier, arrived) = (Barrier::new(5), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..5 {
                scope.spawn(|| {
                    for round in 1..=2_000 {
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
                panic!("on purpose");
            });
            assert_eq!(barrier.wait(), Err(Broken));
            assert!(panics.join().is_err());
        });
    }
}
