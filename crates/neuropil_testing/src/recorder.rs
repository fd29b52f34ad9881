//! What the engine requires of every recorder.

use neuropil_core::{
    Argument, Batch, Declaration, Forecast, ModelKind, Observation, Plot, Plugin, RecorderModel,
    RecorderSetup, Recording, Registry, Sample, Table, TimeGrid, View,
};

use crate::drive::DT_MS;
use crate::scenery::{AT, SPIKES_PER_STEP, Scenery, synapses};
use crate::values::{extremes, values};

/// When recorders start, and the last stamp that they may record.
const WINDOWS: [(u64, u64); 2] = [(0, 200), (30, 171)];

/// Checks what the engine requires of a recorder of neurons of a plugin, or of synapses between them, with its defaults but for
/// `changes`, with which it has to write something:
///
/// - its rows do not depend on the slices of a population, nor on when they are taken away to be written;
/// - every row has a cell in each column, in the order of time; in a table of neurons, also of population and neuron;
/// - there are about as many as it expects;
/// - its columns have plain names, once each, and it plots those that it has;
/// - parameters in their ranges are taken or refused, without panic.
///
/// # Panics
/// If one of these does not hold.
pub fn recorder_conformance<M: RecorderModel>(neurons: &dyn Plugin, changes: &[(&str, f64)]) {
    let mut registry = Registry::default();
    registry.add_plugin(neurons);
    let model = registry.declarations().find(|model| model.kind == ModelKind::Neuron);
    registry.add_recorder::<M>();
    let recorder = registry.recorder(M::NAME).expect("it is registered");
    let model = model.expect("the plugin brings neurons");
    let variables = model.states.iter().map(|state| state.name.to_owned()).collect::<Vec<_>>();
    let scenery = Scenery::default();
    for (start, stop) in WINDOWS {
        let setup = RecorderSetup {
            grid: TimeGrid::new(DT_MS).expect("a step of time"),
            view: &scenery.view,
            models: &[model, model],
            variables: if recorder.takes(Argument::Variables) { &variables } else { &[] },
            at: if recorder.takes(Argument::Times) { &AT } else { &[] },
            start,
            stop,
        };
        let begin =
            |values: &[f64]| recorder.begin(values, &setup).map(|recording| Recorded::new(recording, &setup));
        let parameters = values(recorder.declaration, changes);
        let refused = |error| panic!("`{}` refuses these parameters: {error}", M::NAME);
        check(|| begin(&parameters).unwrap_or_else(refused), &scenery, recorder.declaration);
        for (k, parameter) in recorder.declaration.parameters.iter().enumerate() {
            for value in extremes(parameter) {
                let mut extreme = parameters.clone();
                extreme[k] = value;
                if let Ok(recorded) = begin(&extreme) {
                    recorded.rows(&scenery, 1, false);
                }
            }
        }
    }
}

fn check<'a>(begin: impl Fn() -> Recorded<'a>, scenery: &Scenery, declaration: &Declaration) {
    let name = declaration.name;
    check_table(&begin());
    let rows = begin().rows(scenery, 1, false);
    assert!(!rows.is_empty(), "`{name}` writes nothing: change its parameters");
    assert_eq!(begin().rows(scenery, 3, false), rows, "rows depend on the slices");
    assert_eq!(begin().rows(scenery, 1, true), rows, "rows depend on when those before are taken away");
    check_rows(&begin(), &rows, &scenery.view);
}

/// A recorder at work, and what it was told.
struct Recorded<'a> {
    recording: Box<dyn Recording>,
    setup: &'a RecorderSetup<'a>,
    table: Table,
}

impl<'a> Recorded<'a> {
    fn new(recording: Box<dyn Recording>, setup: &'a RecorderSetup<'a>) -> Self {
        let table = recording.table();
        Self { recording, setup, table }
    }

    /// The rows of a run of which it sees populations in so many slices, taken away after each moment or at the end.
    fn rows(mut self, scenery: &Scenery, slices: usize, taken: bool) -> Batch {
        let (mut all, mut rows) = (Batch::of(&self.table), Batch::of(&self.table));
        let sees = self.recording.sees();
        let mut show = |seen: &Observation<'_>| {
            self.recording.record(seen, &mut rows);
            assert_full(&self.table, &rows);
            let late = rows.step.iter().any(|stamp| *stamp > seen.stamp());
            assert!(!late, "a row bears a stamp that is still to come");
            if taken {
                let rows = rows.take();
                all.extend(&rows, 0..rows.len());
            }
        };
        for stamp in 0..=self.setup.stop {
            if sees.synapses_at.contains(&stamp) {
                show(&Observation::new(stamp, &[], &[], &synapses()));
            }
            if stamp < sees.first_stamp(self.setup.start) {
                continue;
            }
            let spikes = if sees.spikes { scenery.spikes(stamp, slices) } else { Vec::new() };
            let spikes: Vec<(u32, &[u32])> =
                spikes.iter().map(|(p, neurons)| (*p, neurons.as_slice())).collect();
            let due = sees.samples.as_ref().filter(|samples| {
                (stamp - sees.first_stamp(self.setup.start)).is_multiple_of(samples.interval)
            });
            let sampled =
                due.map_or(Vec::new(), |samples| scenery.sampled(stamp, samples.variables.len(), slices));
            let samples: Vec<Sample<'_>> = sampled.iter().map(|sampled| sampled.at(stamp)).collect();
            if sees.spikes || due.is_some() {
                show(&Observation::new(stamp, &spikes, &samples, &[]));
            }
        }
        all.extend(&rows, 0..rows.len());
        all
    }

    fn forecast(&self) -> Forecast {
        let steps = (self.setup.stop - self.setup.start) as f64;
        let neurons = f64::from(self.setup.view.len());
        let rate_hz = SPIKES_PER_STEP * 1000.0 / DT_MS;
        Forecast {
            steps,
            seconds: steps * DT_MS / 1000.0,
            neurons,
            rate_hz,
            synapses: synapses().len() as f64,
        }
    }
}

fn check_table(recorded: &Recorded<'_>) {
    let mut names: Vec<&str> = recorded.table.columns().iter().map(|column| column.name.as_str()).collect();
    let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    assert!(names.iter().all(|name| plain(name)), "columns have letters, digits and underscores: {names:?}");
    let plotted: Vec<String> = match recorded.recording.plot() {
        Some(Plot::Curves(panels)) => panels.into_iter().flat_map(|panel| panel.columns).collect(),
        Some(Plot::Rate { column, .. }) => vec![column],
        Some(Plot::Raster) => ["population", "neuron"].map(str::to_owned).to_vec(),
        None => Vec::new(),
    };
    let missing = plotted.iter().find(|column| !names.contains(&column.as_str()));
    assert_eq!(missing, None, "a plot has a column that the table has not: {names:?}");
    names.sort_unstable();
    assert!(names.is_sorted_by(|a, b| a < b), "columns have names of their own: {names:?}");
}

fn check_rows(recorded: &Recorded<'_>, rows: &Batch, view: &View) {
    let (start, stop) = (recorded.setup.start, recorded.setup.stop);
    assert!(rows.step.is_sorted(), "rows are not in the order of time");
    let inside = |stamp: &u64| AT.contains(stamp) || (start..=stop).contains(stamp);
    assert!(rows.step.iter().all(inside), "a row is outside of the time of the recorder");
    if recorded.table.is_of_neurons() {
        let [populations, neurons] = [0, 1].map(|column| rows.cells[column].ids());
        let key = |row: usize| (rows.step[row], populations[row], neurons[row]);
        let keys: Vec<_> = (0..rows.len()).map(key).collect();
        assert!(keys.is_sorted(), "rows of one time are not in the order of population and neuron");
        let known = keys.iter().all(|(_, population, neuron)| view.position(*population, *neuron).is_some());
        assert!(known, "a row is of a neuron that the recorder does not have");
    }
    let expected = recorded.recording.expected_rows(&recorded.forecast());
    let off = (expected - rows.len() as f64).abs();
    assert!(off <= 0.1 * expected + 2.0, "{expected} rows are expected, {} are written", rows.len());
}

/// Checks that every row has a cell in each column.
fn assert_full(table: &Table, rows: &Batch) {
    let columns = table.columns().iter().filter(|column| column.kind.is_cells());
    for (column, cells) in columns.zip(&rows.cells) {
        assert_eq!(cells.len(), rows.len(), "cells of the column `{}`, and rows", column.name);
    }
}

#[cfg(test)]
mod tests;
