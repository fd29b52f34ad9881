//! Experiments beside the figures of the simulators that they come from.

use std::fmt::Write;
use std::path::Path;

use neuropil::network::{Epoch, Experiment, Simulation};
use serde::Deserialize;

use crate::experiment;
use crate::spike_statistics::{SpikeTrainStatistics, SpikeTrains, mean, sd};

/// What another simulator measured of an experiment.
#[derive(Clone, Debug, Deserialize)]
pub struct Reference {
    /// The folder of the experiment.
    pub experiment: String,
    /// The simulator, with its version and the number of seeds.
    pub origin: String,
    /// Overrides that make the scene that of the reference.
    pub overrides: Vec<String>,
    /// The seeds that are run here.
    pub seeds: Vec<u64>,
    /// The window in which spikes count.
    pub window_ms: (f64, f64),
    /// Groups of neurons.
    pub groups: Vec<Group>,
}

/// A group of neurons with its figures: mean and standard deviation over seeds; none for a single seed.
#[derive(Clone, Debug, Deserialize)]
pub struct Group {
    /// The name.
    pub name: String,
    /// The population.
    pub population: String,
    /// The first neuron.
    pub first: u32,
    /// The number of neurons.
    pub n: u32,
    /// The mean rate, in Hz.
    pub rate_hz: (f64, Option<f64>),
    /// The coefficient of variation of interspike intervals.
    pub cv_isi: (f64, Option<f64>),
    /// The mean pairwise correlation in bins of 5 ms.
    pub corr_5ms: Option<(f64, Option<f64>)>,
}

/// One figure beside its reference.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is, with the group.
    pub quantity: String,
    /// The reference: mean and standard deviation over seeds.
    pub reference: (f64, Option<f64>),
    /// By how much the mean may differ.
    pub tolerance: f64,
    /// What was measured: mean and standard deviation over seeds.
    pub measured: (f64, f64),
}

/// Three standard errors of the difference between two mean correlations, each over the pairs of 200 neurons in bins of
/// 5 ms: a floor, since few seeds may agree by chance on a correlation near zero.
fn correlation_noise((start_ms, stop_ms): (f64, f64)) -> f64 {
    let (bins, pairs) = ((stop_ms - start_ms) / 5.0, 200.0 * 199.0 / 2.0);
    3.0 * (2.0 / (bins * pairs)).sqrt()
}

impl Row {
    fn new(quantity: String, reference: (f64, Option<f64>), noise: f64, values: &[f64]) -> Self {
        let tolerance = (3.0 * reference.1.unwrap_or(0.0)).max(0.05 * reference.0.abs()).max(noise);
        Self { quantity, reference, tolerance, measured: (mean(values), sd(values)) }
    }

    /// Whether the measured mean lies within the tolerance: 3 sd of the reference or 5 %, whichever is larger.
    #[must_use]
    pub fn holds(&self) -> bool {
        (self.measured.0 - self.reference.0).abs() <= self.tolerance
    }
}

/// All references of an experiment, or of all experiments.
///
/// # Panics
/// If the file is damaged.
#[must_use]
pub fn references(experiment: Option<&str>) -> Vec<Reference> {
    let text = include_str!("../data/reference.json");
    let all: Vec<Reference> = serde_json::from_str(text).expect("the file is valid");
    all.into_iter().filter(|r| experiment.is_none_or(|name| r.experiment == name)).collect()
}

impl Reference {
    /// Runs the experiment with all seeds, and compares.
    ///
    /// # Panics
    /// If the experiment cannot be run.
    #[must_use]
    pub fn compare(&self) -> Vec<Row> {
        let runs: Vec<Vec<SpikeTrainStatistics>> = self.seeds.iter().map(|seed| self.run(*seed)).collect();
        let mut rows = Vec::new();
        for (i, group) in self.groups.iter().enumerate() {
            let of = |f: fn(&SpikeTrainStatistics) -> f64| -> Vec<f64> {
                runs.iter().map(|run| f(&run[i])).collect()
            };
            let name = &group.name;
            rows.push(Row::new(format!("rate of {name} (Hz)"), group.rate_hz, 0.0, &of(|s| s.rate_hz)));
            rows.push(Row::new(format!("CV of intervals, {name}"), group.cv_isi, 0.0, &of(|s| s.cv_isi)));
            if let Some(correlation) = group.corr_5ms {
                let values = of(|s| s.corr_5ms);
                let noise = correlation_noise(self.window_ms);
                rows.push(Row::new(format!("correlation, {name}"), correlation, noise, &values));
            }
        }
        rows
    }

    fn run(&self, seed: u64) -> Vec<SpikeTrainStatistics> {
        let mut overrides: Vec<String> = self.overrides.clone();
        overrides.push(format!("seed={seed}"));
        let overrides: Vec<&str> = overrides.iter().map(String::as_str).collect();
        let experiment = experiment(&self.experiment, &overrides);
        self.groups_of(&experiment).iter().map(SpikeTrains::statistics).collect()
    }

    fn groups_of(&self, experiment: &Experiment) -> Vec<SpikeTrains> {
        let network = &experiment.network;
        let populations: Vec<u32> = self
            .groups
            .iter()
            .map(|group| {
                let found = network.populations.iter().position(|p| p.name == group.population);
                found.unwrap_or_else(|| panic!("there is no population `{}`", group.population)) as u32
            })
            .collect();
        let mut trains: Vec<_> =
            self.groups.iter().map(|g| SpikeTrains::new(g.n as usize, self.window_ms)).collect();
        let mut observer = |epoch: &Epoch<'_>| {
            for step in epoch.steps() {
                for ((group, population), trains) in self.groups.iter().zip(&populations).zip(&mut trains) {
                    for neuron in epoch.fired(*population, step) {
                        if let Some(i) = neuron.checked_sub(group.first).filter(|i| *i < group.n) {
                            trains.add(i as usize, network.grid.time_ms(step + 1));
                        }
                    }
                }
            }
            true
        };
        let mut simulation = Simulation::build(network, experiment.precision, 2).expect("it is built");
        simulation.run(experiment.duration, &mut observer).expect("it runs");
        trains
    }
}

/// The Markdown table of a comparison.
#[must_use]
pub fn table(reference: &Reference, rows: &[Row]) -> String {
    let (start, stop) = reference.window_ms;
    let seeds = reference.seeds.len();
    let mut text = format!(
        "| {start} to {stop} ms | {} | Neuropil, {seeds} seed{} | accepted | |\n|---|---|---|---|---|\n",
        reference.origin,
        if seeds == 1 { "" } else { "s" }
    );
    for row in rows {
        let digits = if row.reference.0.abs() < 0.1 { 5 } else { 3 };
        let spread = |sd: Option<f64>| sd.map_or(String::new(), |sd| format!(" ± {sd:.digits$}"));
        let _ = writeln!(
            text,
            "| {} | {:.digits$}{} | {:.digits$}{} | ± {:.digits$} | {} |",
            row.quantity,
            row.reference.0,
            spread(row.reference.1),
            row.measured.0,
            spread((seeds > 1).then_some(row.measured.1)),
            row.tolerance,
            if row.holds() { "holds" } else { "**differs**" }
        );
    }
    text
}

const BEGIN: &str = "<!-- begin of the table that `cargo run --release -p neuropil_tests` writes -->";
const END: &str = "<!-- end of the table -->";

/// Writes the tables of an experiment into its README, between two marks.
///
/// # Panics
/// If the README does not have the marks, or cannot be written.
pub fn write_into_readme(experiment: &str, tables: &str) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../experiments").join(experiment).join("README.md");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (before, rest) = text.split_once(BEGIN).unwrap_or_else(|| panic!("{}: no mark", path.display()));
    let (_, after) = rest.split_once(END).unwrap_or_else(|| panic!("{}: no end mark", path.display()));
    let text = format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", tables.trim_end());
    std::fs::write(&path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}
