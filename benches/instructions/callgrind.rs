//! Counting under valgrind: the program runs itself, and callgrind counts what happens in [`counted_step`].

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use neuropil::core::engine::Simd;
use neuropil_benches::{Case, Work, cases};
use serde::{Deserialize, Serialize};

/// The argument with which the program counts, under valgrind.
pub(crate) const COUNT: &str = "--count";

/// The figures of one instruction set.
pub(crate) struct Counts {
    /// The instruction set that kernels used.
    pub(crate) simd: String,
    /// What was counted, in the order of the cases.
    pub(crate) counted: Vec<(Counted, f64)>,
}

/// A case that was counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Counted {
    pub(crate) group: String,
    pub(crate) unit: String,
    pub(crate) case: String,
    pub(crate) precision: Option<String>,
    pub(crate) note: String,
    units: u64,
}

/// Counts all cases with each of these instruction sets, side by side.
pub(crate) fn count_on<const N: usize>(simd: [&str; N]) -> Result<[Counts; N], String> {
    let counts = std::thread::scope(|scope| {
        simd.map(|simd| scope.spawn(move || count_under_valgrind(simd)))
            .map(|thread| thread.join().unwrap_or_else(|_| Err("counting panicked".to_owned())))
    });
    let counts: Vec<Counts> = counts.into_iter().collect::<Result<_, _>>()?;
    counts.try_into().map_err(|_| "as many counts as instruction sets".to_owned())
}

fn count_under_valgrind(simd: &str) -> Result<Counts, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let output = Command::new("valgrind")
        .args([
            "--quiet",
            "--tool=callgrind",
            "--toggle-collect=*counted_step*",
            "--dump-after=*counted_case*",
        ])
        .arg(format!("--callgrind-out-file={}", folder.path().join("counts").display()))
        .arg(program)
        .arg(COUNT)
        .env("NEUROPIL_SIMD", simd)
        // An instruction that fills or copies memory with a prefix `rep` would count once for each byte.
        .env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-ERMS")
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("cannot run valgrind: {e}\nhelp: install the package `valgrind`"))?;
    if !output.status.success() {
        return Err(format!("counting with NEUROPIL_SIMD={simd} failed: {}", output.status));
    }
    read_counts(&String::from_utf8_lossy(&output.stdout), folder.path())
}

/// Puts together what the program said and what callgrind counted, one file for each case.
fn read_counts(said: &str, folder: &Path) -> Result<Counts, String> {
    let mut lines = said.lines();
    let simd = lines.next().unwrap_or_default().to_owned();
    let count = |(number, line): (usize, &str)| {
        let counted: Counted = serde_json::from_str(line).map_err(|e| format!("{e}: {line}"))?;
        let instructions = read_total(&folder.join(format!("counts.{number}")))?;
        let per_unit = instructions as f64 / counted.units as f64;
        Ok((counted, per_unit))
    };
    Ok(Counts { simd, counted: (1..).zip(lines).map(count).collect::<Result<_, String>>()? })
}

/// The number of instructions in a file of callgrind.
fn read_total(path: &Path) -> Result<u64, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.filter(|&total| total > 0).ok_or_else(|| format!("{}: callgrind counted nothing", path.display()))
}

/// Goes through all cases, and says which.
pub(crate) fn count_all() -> ExitCode {
    println!("{}", Simd::in_use().name());
    for case in cases() {
        let (units, note) = counted_case(&case);
        let counted = Counted {
            group: case.group.name.to_owned(),
            unit: case.group.unit.to_owned(),
            case: case.name.clone(),
            precision: case.precision.map(|precision| format!("{precision:?}")),
            note,
            units,
        };
        println!("{}", serde_json::to_string(&counted).unwrap_or_default());
    }
    ExitCode::SUCCESS
}

/// Does the steps of a case, half of which count. When it ends, callgrind writes what it has counted.
#[inline(never)]
fn counted_case(case: &Case) -> (u64, String) {
    let mut work = case.start();
    for _ in 0..case.steps {
        work.prepare();
        work.step();
    }
    let mut units = 0;
    for _ in 0..case.steps {
        units += work.prepare();
        counted_step(work.as_mut());
    }
    (units, work.note())
}

/// What happens in here is counted.
#[inline(never)]
fn counted_step(work: &mut dyn Work) {
    work.step();
    black_box(work); // or else the last call would be a jump, and no part of this function
}
