//! How cost grows with the network: a table over neurons, synapses and threads, and a fit.
//!
//! `cargo run --release -p neuropil_benches --bin scaling -- --help`
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program that prints a table")]

mod fit;
mod measure;
mod network;
mod recording;
mod report;

use std::ops::RangeFrom;
use std::process::ExitCode;

use clap::builder::RangedI64ValueParser;
use clap::{Parser, value_parser};
use neuropil::core::Precision;
use neuropil::network::{Experiment, Plan};
use serde::Serialize;

use fit::Fit;
use measure::Row;
use network::{Size, balanced};
use recording::Recording;

/// Measures how the cost of a balanced random network grows with its size.
#[derive(Parser, Debug)]
#[command(name = "scaling")]
struct Arguments {
    /// Numbers of neurons
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000,1000000", value_parser = range(5..))]
    neurons: Vec<u32>,
    /// Synapses of each neuron
    #[arg(long, value_delimiter = ',', default_value = "10,100,1000", value_parser = range(5..))]
    indegree: Vec<u32>,
    /// Numbers of threads; powers of two up to the number of cores, and that, if none are given
    #[arg(long, value_delimiter = ',', value_parser = range(1..))]
    threads: Vec<u32>,
    /// The rate at which the neurons fire, in Hz
    #[arg(long, default_value_t = 10.0, value_parser = rate)]
    rate: f64,
    /// Use double precision
    #[arg(long)]
    double: bool,
    /// Memory that a network may take, in GiB; four fifths of what is free if not given
    #[arg(long)]
    max_memory: Option<f64>,
    /// Leave out what it costs to record a million spikes per second
    #[arg(long)]
    no_recording: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// All that was found.
#[derive(Default, Serialize)]
struct Report {
    rows: Vec<Row>,
    skipped: Vec<String>,
    fits: Vec<Fit>,
    recording: Option<Recording>,
}

fn main() -> ExitCode {
    if recording::is_run() {
        return neuropil::main_with(neuropil::default_plugins());
    }
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("scaling: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let say = |line: String| {
        if !arguments.json {
            println!("{line}");
        }
    };
    let threads = threads(&arguments.threads);
    let mut report = Report::default();
    say(report::head());
    for &neurons in &arguments.neurons {
        for &indegree in &arguments.indegree {
            let size = Size { neurons, indegree, rate_hz: arguments.rate };
            sweep_threads(&mut report, arguments, size, &threads, &say)?;
        }
    }
    report.fits = threads.iter().filter_map(|&threads| Fit::of(&report.rows, threads)).collect();
    if !arguments.no_recording {
        report.recording = Some(recording::measure()?);
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report).map_err(|e| e.to_string())?);
    }
    say(report::tail(&report));
    Ok(())
}

/// Adds a row for each number of threads, or a line that says why not.
fn sweep_threads(
    report: &mut Report,
    arguments: &Arguments,
    size: Size,
    threads: &[usize],
    say: &dyn Fn(String),
) -> Result<(), String> {
    let experiment = balanced(size, if arguments.double { Precision::F64 } else { Precision::F32 });
    let mut one_thread = None;
    for &threads in threads {
        if let Some(why) = too_large(&experiment, threads, arguments.max_memory) {
            let line = report::skipped(size, threads, &why);
            say(line.clone());
            report.skipped.push(line);
            continue;
        }
        let row = measure::measure(&experiment, size, threads, one_thread)?;
        one_thread = one_thread.or((threads == 1).then_some(row.simulate_s_per_s));
        say(report::line(&row));
        report.rows.push(row);
    }
    Ok(())
}

/// The numbers of threads, in ascending order.
fn threads(asked: &[u32]) -> Vec<usize> {
    let all = std::thread::available_parallelism().map_or(1, usize::from);
    let mut threads: Vec<usize> = asked.iter().map(|&threads| threads as usize).collect();
    if threads.is_empty() {
        threads = (0..).map(|doublings| 1 << doublings).take_while(|&n| n < all).chain([all]).collect();
    }
    threads.sort_unstable();
    threads.dedup();
    threads
}

fn range(range: RangeFrom<i64>) -> RangedI64ValueParser<u32> {
    value_parser!(u32).range(range)
}

fn rate(text: &str) -> Result<f64, String> {
    let allowed = |rate: &f64| (0.1..=400.0).contains(rate);
    text.parse().ok().filter(allowed).ok_or_else(|| "a rate lies between 0.1 and 400 Hz".to_owned())
}

/// Why a network is left out, if it is.
fn too_large(experiment: &Experiment, threads: usize, max_memory: Option<f64>) -> Option<String> {
    const GIB: f64 = 1024.0 * 1024.0 * 1024.0;
    let needed = Plan::new(&experiment.network, experiment.precision, threads).bytes() / GIB;
    let limit = max_memory.or_else(|| Some(0.8 * available_memory()? / GIB))?;
    (needed > limit).then(|| format!("it takes {needed:.1} GiB and may take {limit:.1}"))
}

/// The memory that is free, in bytes, where the system tells.
fn available_memory() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? * 1024.0)
}
