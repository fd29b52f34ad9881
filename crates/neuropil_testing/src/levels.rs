//! Copies of a test that run with less than the machine has.

use std::io::Write;
use std::process::Command;

use neuropil_core::engine::Simd;

/// Set in the copies.
const COPY: &str = "NEUROPIL_TESTING_COPY";

/// Whether this process is a copy.
pub(crate) fn is_copy() -> bool {
    std::env::var_os(COPY).is_some()
}

/// A copy of this process that runs the calling test with this instruction set.
pub(crate) fn copy_of_the_test(level: Simd) -> Command {
    let mut copy = Command::new(std::env::current_exe().expect("a test is a program"));
    // With one thread, tests run on the main one: then the copy runs them all.
    if let Some(test) = std::thread::current().name().filter(|name| *name != "main") {
        copy.args(["--exact", test]);
    }
    copy.arg("--nocapture").env("NEUROPIL_SIMD", level.name()).env(COPY, "1");
    copy
}

/// Checks that the calling test gives `digest` with each instruction set up to that in use, in copies of its process.
///
/// # Panics
/// If it does not.
pub fn same_on_every_level(what: &str, digest: u64) {
    let line = format!("conformance of {what}: {digest:016x}");
    if is_copy() {
        writeln!(std::io::stdout(), "{line}").expect("the output is read");
        return;
    }
    for level in [Simd::Baseline, Simd::Avx2].into_iter().filter(|level| *level < Simd::in_use()) {
        let output = copy_of_the_test(level).output().expect("the copy runs").stdout;
        let output = String::from_utf8(output).expect("text");
        assert!(output.contains(&line), "other bits on {}; {line} here, there:\n{output}", level.name());
    }
}

/// A number that depends on all bits of some words, by FNV-1a.
pub(crate) fn digest(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0xcbf2_9ce4_8422_2325, |hash, word| (hash ^ word).wrapping_mul(0x0100_0000_01b3))
}
