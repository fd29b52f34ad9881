//! Compares experiments with the simulators that they come from, and writes the tables of their READMEs.
//!
//! `cargo run --release -p neuropil_tests -- [EXPERIMENT ...]`: without names, all that have references.
#![expect(clippy::print_stdout, reason = "it is a program that prints tables")]

use std::process::ExitCode;

use neuropil_tests::auryn;
use neuropil_tests::comparison::{Row, references, table, write_into_readme};

fn main() -> ExitCode {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let mut all: Vec<String> = references(None).into_iter().map(|r| r.experiment).collect();
    all.dedup();
    let mut holds = true;
    for name in all.iter().filter(|name| names.is_empty() || names.contains(name)) {
        let mut tables = String::new();
        for reference in references(Some(name)) {
            let rows = reference.compare();
            holds &= rows.iter().all(Row::holds);
            let one = table(&reference, &rows);
            println!("{name}\n{one}");
            tables += &one;
            tables.push('\n');
        }
        write_into_readme(name, &tables);
    }
    if names.is_empty() || names.iter().any(|name| name == "auryn_tutorial2") {
        let runs: Vec<_> = (1..=8).map(|seed| auryn::run(seed, 10.0, 2.0)).collect();
        let table = auryn::table(&runs);
        println!("auryn_tutorial2\n{table}");
        write_into_readme("auryn_tutorial2", &table);
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
