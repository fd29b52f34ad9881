//! Instructions of the processor: for each neuron and step, synaptic event, random number and synapse that is built.
//!
//! `cargo run --release -p neuropil_benches --bin instructions` counts them with valgrind, once on the vector units of AVX2 and
//! once without, and compares them with `benches/instructions.json`. Unlike times, counts are the same on a busy machine. A
//! count that moves by more than [`TOLERANCE`] fails, in either direction. With `NEUROPIL_BLESS=1` the file is written anew,
//! and with it the tables of `benches/README.md`.
//!
//! Counts depend on the compiler too: if it is another than that of the file, they are shown and nothing fails.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program that prints figures")]

mod callgrind;
mod figures;
mod tables;

use std::process::ExitCode;

use figures::Figures;

/// By how much a count may move.
const TOLERANCE: f64 = 0.02;

const BLESS: &str = "NEUROPIL_BLESS=1 cargo run --release -p neuropil_benches --bin instructions";

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == callgrind::COUNT) {
        return callgrind::count_all();
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("instructions: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let [baseline, avx2] = callgrind::count_on(["baseline", "avx2"])?;
    if avx2.simd != "avx2" {
        println!("this machine has no AVX2: only the baseline is counted");
    }
    let measured = Figures::new(&baseline, Some(&avx2).filter(|counts| counts.simd == "avx2"))?;
    if std::env::var_os("NEUROPIL_BLESS").is_some() {
        measured.write()?;
        tables::write(&measured)?;
        println!("{} figures are written to {}", measured.figures.len(), figures::FILE);
        return Ok(());
    }
    let kept = Figures::read()?;
    compare(&kept, &measured)?;
    tables::check(&kept)
}

/// Fails if a figure is not where it was, unless another compiler made it.
fn compare(kept: &Figures, measured: &Figures) -> Result<(), String> {
    let moved = kept.differences(measured, TOLERANCE);
    moved.iter().for_each(|line| println!("{line}"));
    let (n, percent) = (measured.figures.len(), 100.0 * TOLERANCE);
    let summary = format!("of {n} lines, {} are new, gone, or off by more than {percent} %", moved.len());
    if kept.compiler == measured.compiler && !moved.is_empty() {
        return Err(format!(
            "{summary}\nhelp: if that is meant, say why in the commit, and write them anew: {BLESS}"
        ));
    }
    println!("{summary}");
    if kept.compiler != measured.compiler {
        println!(
            "nothing fails: {} is of {}, and this is {}",
            figures::FILE,
            kept.compiler,
            measured.compiler
        );
    }
    Ok(())
}
