//! Existing, unwritable and full output folders, and runs that are stopped: a clear error, and nothing lost.

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use neuropil_record::{Manifest, RunStatus, read_spikes};

use super::{Outcome, Place, SMALL, files};

#[test]
fn an_existing_run_is_not_replaced_unasked() {
    let place = Place::new(SMALL);
    place.neuropil(&["run", "scene.ron", "--out", "run", "--quiet"]).expect(0);
    std::fs::write(place.path("run/notes.txt"), "mine").unwrap();
    let before = std::fs::read(place.path("run/run.json")).unwrap();
    place.neuropil(&["run", "scene.ron", "--out", "run"]).expect(2).says("--overwrite");
    assert_eq!(std::fs::read(place.path("run/run.json")).unwrap(), before);
    place.neuropil(&["run", "scene.ron", "--out", "run", "--overwrite", "--quiet", "--seed", "2"]).expect(0);
    assert_eq!(Manifest::read(&place.path("run")).unwrap().seed, 2);
    assert_eq!(std::fs::read_to_string(place.path("run/notes.txt")).unwrap(), "mine");
}

#[test]
fn folders_that_cannot_be_are_refused_before_anything_is_simulated() {
    let place = Place::new(SMALL);
    std::fs::write(place.path("file"), "mine").unwrap();
    place.neuropil(&["run", "scene.ron", "--out", "file"]).expect(2).says("file");
    place.neuropil(&["run", "scene.ron", "--out", "file/run"]).expect(2).says("file");
    place.neuropil(&["run", "scene.ron", "--out", "/proc/run"]).expect(2).says("/proc/run");
    assert_eq!(std::fs::read_to_string(place.path("file")).unwrap(), "mine");
    assert_eq!(files(place.folder.path()), ["file", "scene.ron"]);
}

#[test]
fn the_command_line_is_checked_too() {
    let place = Place::new(SMALL);
    place.neuropil(&["run"]).expect(2);
    place.neuropil(&["rnu", "scene.ron"]).expect(2).says("rnu");
    place.neuropil(&["run", "scene.ron", "--thread", "2"]).expect(2).says("--threads");
    place.neuropil(&["run", "scene.ron", "--threads", "0"]).expect(2);
    place.neuropil(&["run", "scene.ron", "--set", "populations"]).expect(2).says("path=value");
    place.neuropil(&["run", "nowhere.ron"]).expect(2).says("nowhere.ron");
}

/// A run on a file system of 300 kB, where unprivileged mounts are allowed; the disk fills up in the middle.
#[test]
fn a_full_disk_leaves_a_message_and_whole_files() {
    let place = Place::new(SMALL);
    std::fs::create_dir(place.path("disk")).unwrap();
    let program = env!("CARGO_BIN_EXE_neuropil");
    let script = format!(
        "mount -t tmpfs -o size=300k none disk || exit 99
         '{program}' run scene.ron --out disk/run --set recorders.v.of='\"E\"' --set recorders.v.interval='\"0.1 ms\"' --quiet
         code=$?
         cp -r disk/run kept
         exit $code"
    );
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &script]).current_dir(place.folder.path());
    let Ok(output) = command.output() else { return println!("no unshare here: not checked") };
    let stderr = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(99 | 1) if !place.path("kept").exists() => println!("no mounts allowed here: not checked"),
        code => {
            assert_eq!(code, Some(4), "{stderr}");
            assert!(stderr.contains("disk/run") && stderr.contains("space"), "{stderr}");
            assert!(!stderr.contains("panicked"));
            let whole = |name: &String| !name.ends_with(".tmp");
            assert!(files(&place.path("kept")).iter().filter(|n| n.ends_with("parquet")).all(whole));
        }
    }
}

/// Waits until a run listens to interrupts, which begins after its manifest was written and before its first step. The
/// deadline only turns a hang into a failure.
fn wait_for_the_handler(run: &Child) {
    const SIGINT: u32 = 2;
    let started = Instant::now();
    let status = format!("/proc/{}/status", run.id());
    let caught = || -> Option<u64> {
        let status = std::fs::read_to_string(&status).expect("the run has not ended");
        let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:"))?;
        u64::from_str_radix(mask.trim(), 16).ok()
    };
    while caught().is_none_or(|mask| mask & 1 << (SIGINT - 1) == 0) {
        assert!(started.elapsed() < Duration::from_secs(120), "waited in vain");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The first interrupt ends a run in order; a kill leaves what was written before.
#[test]
fn a_stopped_run_leaves_its_data() {
    let place = Place::new(SMALL);
    let start = |out: &str| {
        Command::new(env!("CARGO_BIN_EXE_neuropil"))
            .args(["run", "scene.ron", "--duration", "100000 s", "--out", out])
            .current_dir(place.folder.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let (interrupted, mut killed) = (start("interrupted"), start("killed"));
    wait_for_the_handler(&interrupted);
    wait_for_the_handler(&killed);
    let interrupt = format!("kill -INT {}", interrupted.id());
    assert!(Command::new("sh").args(["-c", &interrupt]).status().unwrap().success());
    killed.kill().unwrap();
    killed.wait().unwrap();
    let output = interrupted.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    let manifest = Manifest::read(&place.path("interrupted")).unwrap();
    assert_eq!(manifest.status, RunStatus::Interrupted);
    assert!(manifest.t_done_ms > 0.0);
    assert_eq!(read_spikes(&place.path("interrupted")).unwrap().time_ms.len() as u64, manifest.n_spikes);
    assert_eq!(Manifest::read(&place.path("killed")).unwrap().status, RunStatus::Running);
    replace(&place, "killed");
}

/// A killed run can be replaced.
fn replace(place: &Place, run: &str) {
    let arguments = ["run", "scene.ron", "--out", run, "--overwrite", "--quiet"];
    place.neuropil(&arguments).expect(0);
    let tables = |name: &String| name.ends_with("parquet");
    let left: Vec<String> = files(Path::new(&place.path(run))).into_iter().filter(tables).collect();
    assert_eq!(left, ["spikes.parquet", "traces_v.parquet"]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new(SMALL);
    let script = format!("'{}' models iaf_psc_alpha | head -n 1", env!("CARGO_BIN_EXE_neuropil"));
    let outcome = Outcome::of(Command::new("sh").args(["-c", &script]).current_dir(place.folder.path()));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
}
