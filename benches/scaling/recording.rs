//! What it costs to record a million spikes per second of model time, in the program itself.

use std::path::Path;
use std::process::Command;

use neuropil::record::Manifest;
use serde::Serialize;

use crate::network::{Size, text};

/// A network of 100 000 neurons that all fire ten times a second.
const SIZE: Size = Size { neurons: 100_000, indegree: 1000, rate_hz: 10.0 };
/// How many seconds of model time are simulated, so that what recording costs stands out.
const SECONDS: u32 = 4;
/// How often it is built, run, and run with a recorder, in turn. The fastest of each counts.
const RUNS: usize = 3;

/// What recording costs for a second of model time, on one thread.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Recording {
    /// Spikes that are recorded.
    pub(crate) spikes: f64,
    /// The processor time that it takes to simulate them, without recording.
    pub(crate) simulate_s: f64,
    /// The processor time of a run with recording, less that of one without.
    pub(crate) record_s: f64,
}

impl Recording {
    /// The processor time of recording as a part of that of the rest.
    pub(crate) fn share(&self) -> f64 {
        self.record_s / self.simulate_s
    }
}

/// Whether this process is to be the program: it starts itself with the arguments of `neuropil run`.
pub(crate) fn is_run() -> bool {
    std::env::args().nth(1).is_some_and(|argument| argument == "run")
}

pub(crate) fn measure() -> Result<Recording, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let run = |duration: &str, recorders| run(folder.path(), duration, recorders);
    let duration = format!("{SECONDS} s");
    let [mut built_s, mut without_s, mut with_s] = [f64::MAX; 3];
    let mut spikes = 0;
    for _ in 0..RUNS {
        built_s = built_s.min(run("0.1 ms", "")?.0);
        without_s = without_s.min(run(&duration, "")?.0);
        let (processor_s, manifest) = run(&duration, r#"spikes: spikes(of: ["E", "I"])"#)?;
        with_s = with_s.min(processor_s);
        spikes = manifest.n_spikes;
    }
    let per_second = |x: f64| x / f64::from(SECONDS);
    Ok(Recording {
        spikes: per_second(spikes as f64),
        simulate_s: per_second(without_s - built_s),
        record_s: per_second(with_s - without_s),
    })
}

/// Runs the network for so long, with these recorders. Returns the processor time, in s, and what the run says of itself.
fn run(folder: &Path, duration: &str, recorders: &str) -> Result<(f64, Manifest), String> {
    let (scene, out) = (folder.join("scaling.ron"), folder.join("run"));
    std::fs::write(&scene, text(SIZE, recorders)).map_err(|e| e.to_string())?;
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let before = processor_seconds_of_children()?;
    let status = Command::new(program)
        .arg("run")
        .arg(&scene)
        .args(["--quiet", "--no-plot", "--overwrite", "--precision=F32", "--threads=1"])
        .args(["--duration", duration])
        .arg("--out")
        .arg(&out)
        .status()
        .map_err(|e| e.to_string())?;
    if !status.success() {
        return Err(format!("the run with recorders failed: {status}"));
    }
    let processor_s = processor_seconds_of_children()? - before;
    let text = std::fs::read_to_string(out.join("run.json")).map_err(|e| e.to_string())?;
    Ok((processor_s, serde_json::from_str(&text).map_err(|e| e.to_string())?))
}

/// The processor time of all processes that this one has started and that have ended. Unlike wall time it hardly depends on
/// what else the machine does.
fn processor_seconds_of_children() -> Result<f64, String> {
    const TICKS_PER_S: f64 = 100.0;
    let text = std::fs::read_to_string("/proc/self/stat").map_err(|e| e.to_string())?;
    // The fields 16 and 17; the second, in brackets, may hold spaces.
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    Ok(fields.skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS_PER_S)
}
