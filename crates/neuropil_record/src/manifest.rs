//! The manifest of a run, `run.json`.

use std::path::{Path, PathBuf};

use neuropil_core::Plot;
use serde::{Deserialize, Serialize};

use crate::RecordError;
use crate::file_names::MANIFEST_FILE;

/// What a run was, what it did and what it left: the contents of `run.json`.
///
/// Numbers that may be undefined are options and become `null`; so does a number that is not finite.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this format.
    pub format: FormatVersion,
    /// A name for the run that no other run has.
    pub run_id: String,
    /// How far the run has come.
    pub status: RunStatus,
    /// Why the run ended before its time.
    pub exit_reason: Option<String>,
    /// The version of Neuropil.
    pub version: String,
    /// The commit of Neuropil.
    pub git_hash: String,
    /// How Neuropil was built.
    pub neuropil: BuildInfo,
    /// The names of the plugins.
    pub plugins: Vec<String>,
    /// The scene.
    pub scene: SceneInfo,
    /// The BLAKE3 hash of the scene, as in the tables.
    pub scene_hash: String,
    /// The seed of the random numbers.
    pub seed: u64,
    /// The generator of the random numbers and its version.
    pub rng: String,
    /// The library of functions that kernels use and its version.
    pub math: String,
    /// The precision of the state of neurons and synapses, `F32` or `F64`.
    pub precision: String,
    /// The time step, in ms.
    pub dt_ms: f64,
    /// The model time to simulate, in ms.
    pub t_stop_ms: f64,
    /// The model time simulated so far, in ms.
    pub t_done_ms: f64,
    /// The machine.
    pub host: HostInfo,
    /// The number of partitions. Each has a thread of its own, as far as there are cores.
    pub threads: usize,
    /// The command line.
    pub argv: Vec<String>,
    /// When the run started, as RFC 3339 in UTC.
    pub started: String,
    /// When the run ended, as RFC 3339 in UTC.
    pub finished: Option<String>,
    /// What the run spent its time on.
    pub wall: WallTimes,
    /// Time to simulate divided by model time.
    pub realtime_factor: Option<f64>,
    /// The number of neurons.
    pub n_neurons: u64,
    /// The number of synapses.
    pub n_synapses: u64,
    /// The number of spikes.
    pub n_spikes: u64,
    /// The most memory that the process held, in bytes.
    pub peak_rss_bytes: Option<u64>,
    /// Memory of the connections divided by their number, in bytes.
    pub bytes_per_synapse: Option<f64>,
    /// The populations, in the order of the scene.
    pub populations: Vec<PopulationSummary>,
    /// The recorders, in the order of the scene.
    pub recorders: Vec<RecorderSummary>,
    /// What was to be changed while the network ran, in the order of time.
    #[serde(default)]
    pub protocol: Vec<EventSummary>,
    /// The types of synapses.
    pub synapse_types: Vec<SynapseTypeSummary>,
    /// The projections, in the order of the scene.
    pub projections: Vec<ProjectionSummary>,
    /// What the simulation spent its time on, if the run was profiled.
    #[serde(default)]
    pub profile: Option<ProfileSummary>,
    /// The tables.
    pub tables: Vec<TableReport>,
    /// The names of all files that the run wrote into its folder.
    pub files: Vec<String>,
    /// Hashes of the results.
    pub digest: Digest,
    /// What the user should know.
    pub warnings: Vec<String>,
}

impl Manifest {
    /// Reads a manifest: the file, or the one in a run folder.
    ///
    /// # Errors
    /// Where the file cannot be read or is not a manifest of this format.
    pub fn read(path: &Path) -> Result<Self, RecordError> {
        let path: PathBuf = if path.is_dir() { path.join(MANIFEST_FILE) } else { path.to_owned() };
        let text = std::fs::read_to_string(&path).map_err(|e| RecordError::read(&path, e))?;
        serde_json::from_str(&text).map_err(|e| RecordError::BadManifest { path, reason: e.to_string() })
    }
}

/// The version of the manifest's format that this crate reads and writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct FormatVersion;

impl FormatVersion {
    /// The version as a number.
    pub const NUMBER: u32 = 1;
}

impl From<FormatVersion> for u32 {
    fn from(_: FormatVersion) -> Self {
        FormatVersion::NUMBER
    }
}

impl TryFrom<u32> for FormatVersion {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        let fits = number == Self::NUMBER;
        fits.then_some(Self)
            .ok_or_else(|| format!("it has format {number}, known is format {}", Self::NUMBER))
    }
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunStatus {
    /// It goes on, or it was killed.
    #[default]
    Running,
    /// It reached its end.
    Completed,
    /// It was stopped by a signal, with its data saved.
    Interrupted,
    /// It ended with an error.
    Failed,
}

/// How Neuropil was built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildInfo {
    /// The cargo profile.
    pub build_profile: String,
    /// The version of the compiler.
    pub rustc: Option<String>,
    /// The target triple.
    pub target: String,
}

/// The scene of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneInfo {
    /// Its name.
    pub name: String,
    /// The file it was read from.
    pub path: String,
    /// The BLAKE3 hash of it, with overrides applied.
    pub blake3: String,
    /// The overrides of the command line.
    pub overrides: Vec<String>,
    /// The files that the scene names.
    #[serde(default)]
    pub files: Vec<SceneFile>,
}

/// A file that a scene names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneFile {
    /// Where it was.
    pub path: String,
    /// The BLAKE3 hash of what it held.
    pub blake3: String,
}

/// The machine of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostInfo {
    /// Its name.
    pub name: String,
    /// The operating system.
    pub os: String,
    /// The model of the processor.
    pub cpu: String,
    /// The number of cores that the process may use.
    pub cores: usize,
    /// The memory, in bytes.
    pub memory_bytes: u64,
    /// The vector instructions that kernels used.
    pub simd: String,
}

/// What a run spent its time on, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WallTimes {
    /// Building the network.
    pub build_s: f64,
    /// Simulating.
    pub simulate_s: f64,
    /// Encoding and writing tables, mostly while simulating.
    pub write_s: f64,
}

/// What the threads of a profiled run spent their time on. Rows and remainder add up to `thread_s`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProfileSummary {
    /// The number of threads that simulated.
    pub threads: usize,
    /// The time that they had together: the wall time to simulate, times their number.
    pub thread_s: f64,
    /// What they did.
    pub rows: Vec<ProfileRow>,
    /// The time in which threads began and ended.
    pub remainder_s: f64,
}

/// A task in a profile, summed over threads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProfileRow {
    /// The system of a step, as `neuropil schedule` names it (samples of all models are one `sample`), or what is done besides:
    /// calling the systems, the exchange of spikes and waiting for it, recording.
    pub task: String,
    /// The population, projection or recorder that it was done for.
    pub of: Option<String>,
    /// The projections whose synapses are stored together with those of this projection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together_with: Vec<String>,
    /// How long it took.
    pub seconds: f64,
    /// What was counted: each `neuron step`, `synaptic event` (a spike that arrives over a synapse), `target step` of a stimulus,
    /// or sampled `value`.
    pub event: Option<String>,
    /// How many of them there were.
    pub events: Option<u64>,
    /// How long each took, in ns.
    pub ns_per_event: Option<f64>,
}

/// One population.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PopulationSummary {
    /// Its name.
    pub name: String,
    /// The number of neurons.
    pub n: u64,
    /// The mean rate, in Hz.
    pub rate_hz: Option<f64>,
    /// The mean coefficient of variation of the intervals between spikes; undefined with too few spikes.
    pub cv_isi: Option<f64>,
    /// The neurons whose spikes are recorded, as ranges (start, end) in ascending order.
    pub recorded: Vec<(u32, u32)>,
}

/// One recorder.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecorderSummary {
    /// Its name.
    pub name: String,
    /// What kind of recorder it is, such as `traces`.
    #[serde(default)]
    pub kind: String,
    /// The table that it writes to; spikes of all recorders are in one.
    pub table: String,
    /// The number of neurons.
    pub n_neurons: u64,
    /// The first time that it can record, in ms.
    pub first_ms: f64,
    /// The last time that it can record, in ms.
    pub last_ms: f64,
    /// The width of its bins, in ms, where it records a rate.
    pub bin_ms: Option<f64>,
    /// The projection whose weights it records, if it does; its neurons are the targets then.
    pub projection: Option<String>,
    /// How its table is drawn.
    #[serde(default)]
    pub plot: Option<Plot>,
}

/// A change of the network while it runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventSummary {
    /// When it happens, in ms.
    pub time_ms: f64,
    /// What happens, in words.
    pub action: String,
    /// The projection whose weights are changed, if any are.
    #[serde(default)]
    pub projection: Option<String>,
    /// The neurons that it is about, as ranges (population, start, end): those that are set, or the targets of the
    /// synapses. None where they are picked one by one, as by patterns, or where a stimulus is set.
    #[serde(default)]
    pub neurons: Vec<(String, u32, u32)>,
}

/// All synapses of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynapseTypeSummary {
    /// Its name.
    pub name: String,
    /// The number of connections: between neurons, from stimuli and to recorders.
    pub n_connections: u64,
    /// The number of connections between neurons.
    pub n_synapses: u64,
    /// The number of connections from stimuli and to recorders.
    pub n_stimulus_connections: u64,
}

/// One projection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProjectionSummary {
    /// Its name.
    pub name: String,
    /// The number of synapses.
    pub n_synapses: u64,
    /// Memory per synapse, in bytes.
    pub bytes_per_synapse: Option<f64>,
    /// How its synapses are stored.
    pub shape: String,
}

/// One table of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableReport {
    /// Its name.
    pub name: String,
    /// The name of its file.
    pub file: String,
    /// The number of rows.
    pub rows: u64,
    /// The size of the file.
    pub bytes: u64,
}

/// Hashes of the results, equal for equal results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The hash of all spikes, such as `xxh3:0123456789abcdef`.
    pub spikes: Option<String>,
}
