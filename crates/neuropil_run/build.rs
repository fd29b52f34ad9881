//! Tells the program which commit and compiler it comes from.

use std::path::Path;
use std::process::Command;

fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn main() {
    let git_hash = output("git", &["rev-parse", "--short=12", "HEAD"]).map(|hash| {
        let dirty = output("git", &["status", "--porcelain"]).is_some_and(|changes| !changes.is_empty());
        if dirty { format!("{hash}-dirty") } else { hash }
    });
    let rustc = std::env::var("RUSTC").ok().and_then(|rustc| output(&rustc, &["--version"]));
    let of = |name: &str| std::env::var(name).unwrap_or_default();
    println!("cargo::rustc-env=NEUROPIL_GIT_HASH={}", git_hash.unwrap_or_else(|| "unknown".into()));
    println!("cargo::rustc-env=NEUROPIL_RUSTC={}", rustc.unwrap_or_default());
    println!("cargo::rustc-env=NEUROPIL_TARGET={}", of("TARGET"));
    println!("cargo::rustc-env=NEUROPIL_PROFILE={}", of("PROFILE"));
    let head = "../../.git/logs/HEAD";
    if Path::new(head).exists() {
        println!("cargo::rerun-if-changed={head}");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
