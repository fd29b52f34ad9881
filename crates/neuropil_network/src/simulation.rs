//! A simulation: the partitions of a network, and the loop that runs them.

use std::time::Instant;

use neuropil_core::{Precision, Real, StepSystems, StorageSize};
use rayon::prelude::*;

use crate::description::Network;
use crate::epochs::{Ending, Epochs, run_epochs, threads_for};
use crate::error::{BuildError, RunError};
use crate::observer::Observer;
use crate::partition::{Partition, SpawnedSynapses};
use crate::profile::{Laps, Profile};

/// The longest epoch, in steps, and the most neuron updates and sampled values in one: they bound what is buffered, and
/// how long a run takes to stop.
const MAX_EPOCH: u64 = 64;
const MAX_EPOCH_WORK: f64 = 4e6;

/// A network, built and ready to run.
pub struct Simulation {
    pub(crate) network: Network,
    pub(crate) precision: Precision,
    pub(crate) partitions: Vec<Partition>,
    threads: usize,
    epoch_steps: u64,
    step: u64,
    /// How many events of the protocol have happened.
    n_happened: usize,
    /// A change that could not be carried out leaves the network half changed.
    failed: Option<RunError>,
    /// The last step before which weights were recorded.
    weights_recorded: Option<u64>,
    /// What threads have spent, without what meters show; none unless the run is profiled.
    profile: Option<Profile>,
}

impl Simulation {
    /// Builds a network in so many partitions, in parallel. They run on one thread each as far as there are cores, and otherwise
    /// take turns. The result of a run does not depend on how many there are.
    ///
    /// # Errors
    /// Where parameters do not fit together or memory runs out.
    pub fn build(network: &Network, precision: Precision, partitions: usize) -> Result<Self, BuildError> {
        match precision {
            Precision::F32 => Self::build_in::<f32>(network, partitions.max(1)),
            Precision::F64 => Self::build_in::<f64>(network, partitions.max(1)),
        }
    }

    fn build_in<R: Real>(network: &Network, parts: usize) -> Result<Self, BuildError> {
        let epoch_steps = epoch_steps(network, parts);
        let build = |part| Partition::build::<R>(network, epoch_steps, part, parts);
        let partitions: Vec<Partition> = if parts == 1 {
            vec![build(0)?]
        } else {
            (0..parts).into_par_iter().map(build).collect::<Result<_, _>>()?
        };
        Ok(Self {
            network: network.clone(),
            precision: R::PRECISION,
            threads: threads_for(parts),
            partitions,
            epoch_steps,
            step: 0,
            n_happened: 0,
            failed: None,
            weights_recorded: None,
            profile: None,
        })
    }

    /// The number of steps that have been simulated.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The number of steps of an epoch: partitions exchange spikes, and the observer is called, once in so many.
    #[must_use]
    pub fn epoch_steps(&self) -> u64 {
        self.epoch_steps
    }

    /// The number of threads that run the partitions.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// What the synapses of each projection take, over all partitions; zero for those of stimuli.
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
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let begin = Instant::now();
        let result = self.run_until(self.step.saturating_add(steps), observer);
        if let Some(profile) = &mut self.profile {
            profile.wall += begin.elapsed();
        }
        result
    }

    fn run_until(&mut self, end: u64, observer: &mut dyn Observer) -> Result<(), RunError> {
        while self.step < end {
            self.apply_events().inspect_err(|error| self.failed = Some(error.clone()))?;
            self.record_weights(observer);
            let pause = self.next_pause().min(end);
            let epochs = Epochs { begin: self.step, end: pause, length: self.epoch_steps };
            if self.run_epochs(epochs, observer)? {
                return Ok(());
            }
        }
        self.record_weights_at_the_end(observer);
        Ok(())
    }

    /// Runs through epochs, and returns whether the observer stopped the run.
    fn run_epochs(&mut self, epochs: Epochs, observer: &mut dyn Observer) -> Result<bool, RunError> {
        let begin = Instant::now();
        let laps = Laps::new(self.profile.is_some());
        let Ending { done, stopped, result } =
            run_epochs(&self.network, &mut self.partitions, epochs, observer, self.threads, laps);
        self.step = done;
        if let Some(profile) = &mut self.profile {
            profile.epochs += begin.elapsed();
            result.iter().flatten().for_each(|laps| profile.add_thread(laps));
        }
        if let Err(error @ (RunError::Process { .. } | RunError::Edit { .. })) = &result {
            self.failed = Some(error.clone());
        }
        result.map(|_| stopped)
    }

    /// Measures from now on what the simulation spends its time on. Its results stay the same.
    pub fn start_profile(&mut self) {
        self.partitions.iter_mut().for_each(Partition::install_meters);
        self.profile = Some(Profile::new(&self.network, self.threads));
    }

    /// What has been measured, if a profile was started.
    #[must_use]
    pub fn profile(&self) -> Option<Profile> {
        let mut profile = self.profile.clone()?;
        self.partitions.iter().for_each(|partition| profile.add_partition(partition));
        Some(profile)
    }

    /// Carries out the events that take effect before the coming step.
    fn apply_events(&mut self) -> Result<(), RunError> {
        while self.next_event() <= self.step {
            self.apply(self.n_happened)?;
            self.n_happened += 1;
        }
        Ok(())
    }

    fn apply(&mut self, event: usize) -> Result<(), RunError> {
        let network = &self.network;
        let apply = |partition: &mut Partition| match self.precision {
            Precision::F32 => partition.apply::<f32>(network, event).err(),
            Precision::F64 => partition.apply::<f64>(network, event).err(),
        };
        // Of several failures the first speaks, by population and neuron, so that the message does not depend on threads.
        let failures: Vec<_> = self.partitions.par_iter_mut().map(apply).collect();
        let time_ms = network.grid.time_ms(network.protocol[event].step);
        match failures.into_iter().flatten().min_by_key(|failure| failure.population) {
            Some(failure) => Err(RunError::Edit { time_ms, error: failure.error }),
            None => Ok(()),
        }
    }

    /// The next step before which something is to be done, or the end of time.
    fn next_pause(&self) -> u64 {
        let weights = self.network.recorders.iter().filter_map(|r| r.next_synapses(self.step));
        weights.chain([self.next_event()]).min().unwrap_or(u64::MAX)
    }

    /// The step before which the next event of the protocol happens, or the end of time.
    fn next_event(&self) -> u64 {
        self.network.protocol.get(self.n_happened).map_or(u64::MAX, |event| event.step)
    }

    /// Shows the weights that are to be recorded before the coming step.
    fn record_weights(&mut self, observer: &mut dyn Observer) {
        if self.weights_recorded == Some(self.step) {
            return;
        }
        self.weights_recorded = Some(self.step);
        for (number, recorder) in self.network.recorders.iter().enumerate() {
            if let Some(block) = recorder.synapses.as_ref().filter(|_| recorder.reads_synapses_at(self.step))
            {
                let synapses = self.weights_of(block, &recorder.view);
                observer.weights(number, self.step, &synapses);
            }
        }
    }

    /// Shows the weights that are to be recorded at the step that a run ends with, unless events are due, which the next
    /// run carries out first.
    fn record_weights_at_the_end(&mut self, observer: &mut dyn Observer) {
        if self.next_event() > self.step {
            self.record_weights(observer);
        }
    }
}

/// The number of steps of an epoch: spikes are exchanged before the first of them can arrive anywhere. A lone partition
/// does not wait for an exchange.
pub(crate) fn epoch_steps(network: &Network, parts: usize) -> u64 {
    let work = network.n_neurons() as f64 + network.sampled_per_step();
    let most = (MAX_EPOCH_WORK / work).clamp(1.0, MAX_EPOCH as f64) as u64;
    match network.delay_bounds() {
        Some((min, _)) if parts > 1 => min.min(most),
        _ => most,
    }
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
