//! One network on some threads: how long it takes to build, and to simulate.

use std::time::Instant;

use neuropil::network::{Experiment, Simulation, SpikeStatistics};
use serde::Serialize;

use crate::network::Size;

/// What was measured of one network on some threads.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) size: Size,
    pub(crate) threads: usize,
    pub(crate) synapses: u64,
    pub(crate) shape: String,
    pub(crate) bytes_per_synapse: f64,
    pub(crate) build_s: f64,
    pub(crate) simulate_s_per_s: f64,
    pub(crate) rate_hz: f64,
    pub(crate) speed_up: Option<f64>,
    /// The fastest piece of the run.
    pub(crate) piece: Piece,
}

/// A piece of a run.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Piece {
    pub(crate) steps: u64,
    /// Neurons times steps.
    pub(crate) updates: f64,
    /// Synaptic events.
    pub(crate) events: f64,
    pub(crate) ns: f64,
}

/// How long to simulate before anything counts, in steps.
const WARM_UP: u64 = 500;
/// How many pieces are timed, and how long each should take. The fastest counts: others had the machine for themselves less.
const PIECES: usize = 3;
const PIECE_S: f64 = 0.3;
const MIN_STEPS: f64 = 100.0;
const MAX_STEPS: f64 = 20_000.0;

/// Builds the network and simulates some of it. `one_thread` is the time on one thread, where it is known.
pub(crate) fn measure(
    experiment: &Experiment,
    size: Size,
    threads: usize,
    one_thread: Option<f64>,
) -> Result<Row, String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| e.to_string())?;
    let build = || Simulation::build(&experiment.network, experiment.precision, threads);
    let begin = Instant::now();
    let mut simulation = pool.install(build).map_err(|e| e.to_string())?;
    let build_s = begin.elapsed().as_secs_f64();
    let mut run = Run { experiment, size, simulation: &mut simulation };
    let warm_up = run.piece(WARM_UP)?;
    let steps = (WARM_UP as f64 * PIECE_S * 1e9 / warm_up.ns).clamp(MIN_STEPS, MAX_STEPS) as u64;
    let pieces: Vec<Piece> = (0..PIECES).map(|_| run.piece(steps)).collect::<Result<_, _>>()?;
    let cost = |piece: &Piece| piece.ns / piece.steps as f64;
    let piece = pieces.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).ok_or("no piece was run")?;

    let sizes = simulation.sizes();
    let synapses: u64 = sizes.iter().map(|size| size.n_synapses).sum();
    let bytes: u64 = sizes.iter().map(|size| size.bytes).sum();
    let seconds = piece.steps as f64 * experiment.network.grid.dt_ms() * 1e-3;
    let simulate_s_per_s = piece.ns * 1e-9 / seconds;
    Ok(Row {
        size,
        threads,
        synapses,
        shape: sizes.into_iter().next().map_or(String::new(), |size| size.shape),
        bytes_per_synapse: bytes as f64 / synapses as f64,
        build_s,
        simulate_s_per_s,
        rate_hz: piece.events / f64::from(size.indegree) / f64::from(size.neurons) / seconds,
        speed_up: one_thread.map(|one| one / simulate_s_per_s),
        piece,
    })
}

struct Run<'a> {
    experiment: &'a Experiment,
    size: Size,
    simulation: &'a mut Simulation,
}

impl Run<'_> {
    /// Simulates so many steps, with the statistics that every run keeps.
    fn piece(&mut self, steps: u64) -> Result<Piece, String> {
        let mut statistics = SpikeStatistics::new(&self.experiment.network);
        let mut observer = |epoch: &neuropil::network::Epoch<'_>| {
            statistics.add(epoch);
            true
        };
        let begin = Instant::now();
        self.simulation.run(steps, &mut observer).map_err(|e| e.to_string())?;
        let ns = begin.elapsed().as_secs_f64() * 1e9;
        Ok(Piece {
            steps,
            updates: f64::from(self.size.neurons) * steps as f64,
            // A neuron has as many outgoing synapses as incoming ones, on average.
            events: statistics.n_spikes() as f64 * f64::from(self.size.indegree),
            ns,
        })
    }
}
