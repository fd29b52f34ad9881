//! What a profile measures.

use std::ops::{AddAssign, DerefMut};
use std::time::{Duration, Instant};

use bevy_ecs::prelude::*;

/// How long work took, and how much of it there was. Entities have one while a run is profiled, and none otherwise; systems
/// keep it, and models know nothing of it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meter {
    /// The time.
    pub time: Duration,
    /// The events: neurons that were advanced by a step, synapses that a spike passed, targets of a stimulus in a step, or
    /// values that were sampled.
    pub events: u64,
}

/// The clock of one call of a system: what it measures begins where the last work that it measured ended.
#[derive(Default)]
pub(crate) struct Stopwatch(Option<Instant>);

impl Stopwatch {
    /// Does work that returns its number of events, and measures it if there is a meter.
    #[inline]
    pub(crate) fn measure(
        &mut self,
        meter: Option<impl DerefMut<Target = Meter>>,
        work: impl FnOnce() -> u64,
    ) {
        let begin = meter.is_some().then(|| self.0.unwrap_or_else(Instant::now));
        let events = work();
        if let (Some(mut meter), Some(begin)) = (meter, begin) {
            let end = Instant::now();
            meter.time += end - begin;
            meter.events += events;
            self.0 = Some(end);
        }
    }
}

impl AddAssign for Meter {
    fn add_assign(&mut self, other: Self) {
        self.time += other.time;
        self.events += other.events;
    }
}
