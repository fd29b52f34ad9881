//! The table.

use std::fmt::Write;

use crate::Report;
use crate::fit::Fit;
use crate::measure::Row;
use crate::network::Size;
use crate::recording::Recording;

/// The head of the table.
pub(crate) fn head() -> String {
    format!(
        "{:>8} {:>8} {:>10} {:>7} {:>8} {:>9} {:>6} {:>11} {:>9} {:>9} {:>8}\n\
         {:>8} {:>8} {:>10} {:>7} {:>8} {:>9} {:>6} {:>11} {:>9} {:>9} {:>8}",
        "neurons",
        "indegree",
        "synapses",
        "threads",
        "build",
        "simulate",
        "rate",
        "ns/(neuron",
        "ns/event",
        "bytes/",
        "speed-up",
        "",
        "",
        "",
        "",
        "s",
        "s per s",
        "Hz",
        "and step)",
        "",
        "synapse",
        "",
    )
}

/// A row of the table.
pub(crate) fn line(row: &Row) -> String {
    let speed_up = row.speed_up.map_or(String::new(), |x| format!("{x:.2}"));
    let piece = &row.piece;
    format!(
        "{:>8} {:>8} {:>10} {:>7} {:>8.3} {:>9.4} {:>6.2} {:>11.2} {:>9.3} {:>9.2} {speed_up:>8}",
        row.size.neurons,
        row.size.indegree,
        row.synapses,
        row.threads,
        row.build_s,
        row.simulate_s_per_s,
        row.rate_hz,
        piece.ns / piece.updates,
        piece.ns / piece.events,
        row.bytes_per_synapse,
    )
}

/// The row of a network that is left out.
pub(crate) fn skipped(size: Size, threads: usize, why: &str) -> String {
    format!("{:>8} {:>8} {:>10} {threads:>7} left out: {why}", size.neurons, size.indegree, "")
}

/// What follows the table.
pub(crate) fn tail(report: &Report) -> String {
    let mut text = String::from(
        "\nns/(neuron and step) and ns/event are the whole time, divided by the one or the other. Apart:\n",
    );
    report.fits.iter().for_each(|fit| text += &fitted(fit));
    if let Some(recording) = &report.recording {
        text += &recorded(recording);
    }
    text
}

fn fitted(fit: &Fit) -> String {
    let mut text = format!(
        "{} thread{}: {:.2} ns per neuron and step, {:.3} ns per synaptic event, {:.0} ns per step; rows differ by",
        fit.threads,
        if fit.threads == 1 { "" } else { "s" },
        fit.ns_per_update,
        fit.ns_per_event,
        fit.ns_per_step,
    );
    for residual in &fit.residuals {
        let _ = write!(text, " {:+.0}", 100.0 * residual);
    }
    text + " %\n"
}

fn recorded(recording: &Recording) -> String {
    format!(
        "recording {:.0} spikes of 100 000 neurons in a second of model time takes {:.3} s of a processor, {:.1} % of the {:.3} s \
         that simulating them takes\n",
        recording.spikes,
        recording.record_s,
        100.0 * recording.share(),
        recording.simulate_s,
    )
}
