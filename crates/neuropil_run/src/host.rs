//! The machine and the process.

use neuropil_core::engine::Simd;
use neuropil_record::HostInfo;

/// The cores that the process may use: what its CPU mask allows.
#[must_use]
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The machine, for the manifest.
pub(crate) fn host() -> HostInfo {
    let uname = rustix::system::uname();
    HostInfo {
        name: uname.nodename().to_string_lossy().into_owned(),
        os: format!("{} {}", uname.sysname().to_string_lossy(), uname.release().to_string_lossy()),
        cpu: proc_field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
        cores: cores(),
        memory_bytes: memory_bytes("MemTotal").unwrap_or(0),
        simd: Simd::in_use().name().to_owned(),
    }
}

/// The memory that the process may still take, in bytes: what the machine has free, and what the control group at the
/// root of `/sys/fs/cgroup` allows, as in a container. `None` where the system does not tell.
pub(crate) fn available_memory() -> Option<u64> {
    let free = memory_bytes("MemAvailable");
    let group = |file: &str| -> Option<u64> {
        std::fs::read_to_string(format!("/sys/fs/cgroup/{file}")).ok()?.trim().parse().ok()
    };
    let limit = group("memory.max").map(|most| most.saturating_sub(group("memory.current").unwrap_or(0)));
    match (free, limit) {
        (Some(a), Some(b)) => Some(std::cmp::min(a, b)),
        (a, b) => a.or(b),
    }
}

/// The most memory that the process held, in bytes.
pub(crate) fn peak_memory() -> Option<u64> {
    kilobytes(&proc_field("/proc/self/status", "VmHWM")?)
}

fn memory_bytes(field: &str) -> Option<u64> {
    kilobytes(&proc_field("/proc/meminfo", field)?)
}

fn kilobytes(field: &str) -> Option<u64> {
    field.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb * 1024)
}

/// The value of `field: value` in a file of the proc file system.
fn proc_field(path: &str, field: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.split(':').next().is_some_and(|name| name.trim() == field))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
