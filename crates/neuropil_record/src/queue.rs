//! A queue of batches that blocks its sender while it holds too many bytes.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use neuropil_core::Batch;

use crate::rows;

/// The most that waits to be taken, in bytes. A larger batch still passes, alone.
const CAPACITY_BYTES: usize = 32 << 20;

/// Batches on their way from the simulation to the thread that writes.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    batches: VecDeque<(usize, Batch)>,
    bytes: usize,
    ending: Option<Ending>,
    reader_gone: bool,
}

/// How the sender took its leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// All rows were sent: join the tables.
    Finished,
    /// The run broke off: save what there is.
    BrokenOff,
}

/// What [`Queue::take`] found.
#[derive(Debug)]
pub(crate) enum Taken {
    /// Rows for the table of this index.
    Rows(usize, Batch),
    /// Nothing before the deadline.
    Nothing,
    /// Nothing, and no more to come.
    End(Ending),
}

impl Queue {
    /// Appends a batch, when there is room. Whether there is still someone to take it.
    pub(crate) fn put(&self, table: usize, rows: Batch) -> bool {
        let bytes = rows::bytes(&rows);
        let mut state = self.state();
        while state.bytes > 0 && state.bytes + bytes > CAPACITY_BYTES && !state.reader_gone {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if !state.reader_gone {
            state.bytes += bytes;
            state.batches.push_back((table, rows));
            self.changed.notify_all();
        }
        !state.reader_gone
    }

    /// Takes the first batch, waiting for one until the deadline.
    pub(crate) fn take(&self, deadline: Option<Instant>) -> Taken {
        let mut state = self.state();
        loop {
            if let Some((table, rows)) = state.batches.pop_front() {
                state.bytes -= rows::bytes(&rows);
                self.changed.notify_all();
                return Taken::Rows(table, rows);
            }
            if let Some(ending) = state.ending {
                return Taken::End(ending);
            }
            state = match deadline.map(|deadline| deadline.saturating_duration_since(Instant::now())) {
                Some(left) if left.is_zero() => return Taken::Nothing,
                Some(left) => {
                    self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Tells the reader that no more will come.
    pub(crate) fn end(&self, ending: Ending) {
        self.state().ending.get_or_insert(ending);
        self.changed.notify_all();
    }

    /// Tells the sender that nothing will be taken any more.
    pub(crate) fn leave(&self) {
        let mut state = self.state();
        state.reader_gone = true;
        state.batches.clear();
        self.changed.notify_all();
    }

    // A panic while the lock is held cannot leave the state half changed in a way that matters.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
