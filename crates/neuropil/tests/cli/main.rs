//! Contracts of the command line: what the program prints, writes and returns.
#![cfg(test)]

mod broken_scenes_get_a_message;
mod catalogue_is_complete;
mod every_recorder_writes_a_table;
mod every_recording_has_its_plots;
mod huge_networks_are_refused;
mod inputs_are_audited;
mod new_plugins_are_their_templates;
mod numbers_stay_finite;
mod output_is_never_lost;
mod results_do_not_depend_on_threads;
mod runs_can_be_profiled;
mod runs_leave_what_they_promise;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A small network with both kinds of recorders.
const SMALL: &str = r#"(
    duration: "100 ms",
    populations: (
        E: (n: 80, model: iaf_psc_alpha(I_e: "400 pA"), initial: (V_m: uniform(low: "-70 mV", high: "-55 mV"))),
        X: (n: 20, model: poisson(rate: "50 Hz")),
    ),
    projections: [(from: ["E", "X"], to: "E", rule: fixed_indegree(indegree: 10), synapse: static(weight: "20 pA"))],
    recorders: (spikes: spikes(of: ["E", "X"]), v: traces(of: "E[0..3]", variables: ["V_m"], interval: "1 ms")),
)"#;

/// A folder that is removed after the test, with a scene in it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(scene: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("scene.ron"), scene).expect("a scene");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs `neuropil` in the folder.
    fn neuropil(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(
            Command::new(env!("CARGO_BIN_EXE_neuropil")).args(arguments).current_dir(self.folder.path()),
        )
    }
}

/// How the program ended and what it printed.
struct Outcome {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Outcome {
    fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let outcome = Self { code: status.code(), stdout: text(stdout), stderr: text(stderr) };
        assert!(!outcome.stderr.contains("panicked"), "no panic reaches a user: {}", outcome.stderr);
        outcome
    }

    #[track_caller]
    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "expected {text:?} in: {}", self.stderr);
        self
    }
}

/// The files of a folder, by name.
fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder exists");
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
