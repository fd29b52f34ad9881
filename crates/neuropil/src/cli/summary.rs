//! What `neuropil run` prints.

use std::fmt::Write;
use std::path::Path;

use neuropil_network::Experiment;
use neuropil_record::Manifest;
use neuropil_run::cores;
use neuropil_run::format::{bytes, grouped, model_time, seconds};

use super::profile;

/// How many populations have a line of their own.
const POPULATIONS_SHOWN: usize = 30;

/// The line with which a run begins.
pub(crate) fn head(experiment: &Experiment, threads: usize, most: usize, out: &Path) -> String {
    let network = &experiment.network;
    let why = if threads < most { " (more would not pay)" } else { "" };
    let threads = match (threads, cores()) {
        (1, _) => "1 thread".to_owned(),
        (partitions, cores) if partitions > cores => format!("{partitions} partitions on {cores} threads"),
        (threads, _) => format!("{threads} threads"),
    };
    format!(
        "{} | {} at {} ms | {} | seed {} | {threads}{why} | {}",
        experiment.name,
        model_time(network.grid.time_ms(experiment.duration)),
        network.grid.dt_ms(),
        experiment.precision.name(),
        network.seed,
        out.display()
    )
}

/// The size of the network that was built.
pub(crate) fn built(manifest: &Manifest) -> String {
    let per_synapse =
        manifest.bytes_per_synapse.map_or(String::new(), |b| format!(", {b:.2} bytes per synapse"));
    let mut text = format!(
        "  {} neurons, {} synapses{per_synapse}, built in {}",
        grouped(manifest.n_neurons),
        grouped(manifest.n_synapses),
        seconds(manifest.wall.build_s)
    );
    for t in &manifest.synapse_types {
        let stimuli = if t.n_stimulus_connections > 0 {
            format!(
                " ({} between neurons, {} from stimuli and to recorders)",
                grouped(t.n_synapses),
                grouped(t.n_stimulus_connections)
            )
        } else {
            String::new()
        };
        let _ = write!(text, "\n    {}: {} connections{stimuli}", t.name, grouped(t.n_connections));
    }
    text
}

/// The results of a run.
pub(crate) fn tail(manifest: &Manifest, out: &Path) -> String {
    let mut text = String::new();
    populations(&mut text, manifest);
    more_populations(&mut text, manifest);
    let factor = manifest.realtime_factor.unwrap_or(0.0);
    let wall = &manifest.wall;
    let _ = writeln!(
        text,
        "  build {}, simulate {} ({factor:.2} s per s of model time), write {}, peak memory {}",
        seconds(wall.build_s),
        seconds(wall.simulate_s),
        seconds(wall.write_s),
        manifest.peak_rss_bytes.map_or("unknown".into(), |b| bytes(b as f64))
    );
    let _ = writeln!(text, "  digest {}", manifest.digest.spikes.as_deref().unwrap_or("none"));
    if let Some(profile) = &manifest.profile {
        text += &profile::table(profile, wall.write_s);
    }
    files(&mut text, manifest, out);
    text.truncate(text.trim_end().len());
    text
}

fn populations(text: &mut String, manifest: &Manifest) {
    let names = manifest.populations.iter().map(|p| p.name.chars().count());
    let width = names.chain([10]).max().unwrap_or(10);
    let _ = writeln!(text, "  {:width$} {:>12} {:>9} {:>7}", "population", "neurons", "rate (Hz)", "CV ISI");
    for p in manifest.populations.iter().take(POPULATIONS_SHOWN) {
        let rate = p.rate_hz.map_or("-".into(), |r| format!("{r:.2}"));
        let cv = p.cv_isi.map_or("-".into(), |cv| format!("{cv:.3}"));
        let _ = writeln!(text, "  {:width$} {:>12} {rate:>9} {cv:>7}", p.name, grouped(p.n));
    }
}

fn more_populations(text: &mut String, manifest: &Manifest) {
    if let Some(more) = manifest.populations.len().checked_sub(POPULATIONS_SHOWN).filter(|&n| n > 0) {
        let _ = writeln!(text, "  and {} more, in run.json", grouped(more as u64));
    }
}

fn files(text: &mut String, manifest: &Manifest, out: &Path) {
    let out = out.display();
    let _ = writeln!(text, "wrote {out}");
    for t in &manifest.tables {
        let _ = writeln!(text, "  {}: {} rows, {}", t.file, grouped(t.rows), bytes(t.bytes as f64));
    }
    let others: Vec<&str> = manifest
        .files
        .iter()
        .map(String::as_str)
        .filter(|f| !f.starts_with("scene") && manifest.tables.iter().all(|t| t.file != *f))
        .collect();
    let _ = writeln!(text, "  {}", others.join(", "));
    if let Some(table) = manifest.tables.first() {
        let _ = writeln!(
            text,
            "open  python -c \"import polars as pl; print(pl.read_parquet('{out}/{}'))\"",
            table.file
        );
    }
}
