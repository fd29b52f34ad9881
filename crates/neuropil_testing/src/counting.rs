//! Instructions, counted one by one in copies of a test.

use std::io;
use std::process::Stdio;

use neuropil_core::engine::Simd;
use nix::sys::ptrace;
use nix::sys::signal::{Signal, raise};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};

use crate::levels::copy_of_the_test;

/// Set in the copies, to what they are to show.
const COUNTED: &str = "NEUROPIL_TESTING_COUNTED";

/// Whether this process is a copy whose instructions are counted.
pub(crate) fn is_counted() -> bool {
    std::env::var_os(COUNTED).is_some()
}

/// How many instructions some work takes on vectors of 128 bits, and of 256, in copies of the calling test that come to the
/// same place. `None` where the machine has no such vectors, or does not let a process look at another.
pub(crate) fn instructions(what: &str, work: impl FnOnce()) -> Option<[u64; 2]> {
    if let Some(counted) = std::env::var_os(COUNTED) {
        if counted == what {
            show(work);
        }
        return None;
    }
    if crate::levels::is_copy() || Simd::in_use() < Simd::Avx2 {
        return None;
    }
    Some([count(what, Simd::Baseline).ok()?, count(what, Simd::Avx2).ok()?])
}

/// Does the work between two stops, for the process that counts.
fn show(work: impl FnOnce()) {
    if ptrace::traceme().is_ok() && raise(Signal::SIGSTOP).is_ok() {
        work();
        // The last stop; without it nothing is counted.
        raise(Signal::SIGSTOP).ok();
    }
}

fn count(what: &str, level: Simd) -> io::Result<u64> {
    let mut copy = copy_of_the_test(level);
    let copy = copy.env(COUNTED, what).stdout(Stdio::null()).stderr(Stdio::null());
    let mut copy = copy.spawn()?;
    let counted = count_steps();
    // Where there was nothing to count, its end has been seen before.
    copy.wait().ok();
    Ok(counted?)
}

/// Lets a copy go instruction by instruction from its first stop to its second.
fn count_steps() -> nix::Result<u64> {
    // Only what this thread has started, and also those threads of it that are not its first.
    let flags = WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD;
    let mut counted = None;
    loop {
        let status = waitpid(None, Some(flags))?;
        let WaitStatus::Stopped(thread, signal) = status else { return Err(nix::Error::ECHILD) };
        match (signal, counted) {
            (Signal::SIGSTOP, Some(counted)) => {
                ptrace::detach(thread, None)?;
                return Ok(counted);
            }
            (Signal::SIGSTOP | Signal::SIGTRAP, _) => {
                counted = Some(counted.map_or(0, |n| n + 1));
                ptrace::step(thread, None)?;
            }
            _ => ptrace::step(thread, signal)?,
        }
    }
}
