//! Curves over time, one plot for each recorder that asks for them.

use std::path::Path;

use neuropil_core::{Plot, PlotPanel};
use neuropil_plot::{Trace, TracePanel, Traces};
use neuropil_record::{Manifest, RecorderSummary, TableReader, TableRows};

use super::{Named, title, window};
use crate::Failure;

/// More neurons than these could hardly be followed.
const MAX_NEURONS: usize = 10;

/// The recorders whose tables are drawn as curves.
fn shown(manifest: &Manifest) -> impl Iterator<Item = (&RecorderSummary, &[PlotPanel])> {
    manifest.recorders.iter().filter_map(|recorder| match &recorder.plot {
        Some(Plot::Curves(panels)) => Some((recorder, panels.as_slice())),
        _ => None,
    })
}

pub(super) fn names(manifest: &Manifest) -> Vec<String> {
    shown(manifest).map(|(recorder, _)| recorder.table.clone()).collect()
}

pub(super) fn draw(run: &Path, manifest: &Manifest) -> Result<Vec<Named>, Failure> {
    let draw = |(recorder, panels): (&RecorderSummary, &[PlotPanel])| {
        let window = window(manifest, [recorder]);
        let reader = TableReader::open(run, &recorder.table)?;
        let mut curves = Curves::new(panels, &reader, window);
        for rows in reader {
            curves.add(&rows?);
        }
        let more = curves.neurons.as_ref().is_some_and(|n| recorder.n_neurons > n.len() as u64);
        let of = if more { format!(", of {} neurons", recorder.n_neurons) } else { String::new() };
        let title = title(manifest, &format!("{}{of}", recorder.name));
        let traces = Traces { title, t_start_ms: window.0, t_stop_ms: window.1, panels: curves.panels };
        Ok((recorder.table.clone(), traces.draw()))
    };
    shown(manifest).map(draw).collect()
}

/// The panels while they are fed with rows.
struct Curves<'a> {
    wanted: &'a [PlotPanel],
    panels: Vec<TracePanel>,
    window: (f64, f64),
    populations: Vec<String>,
    /// The neurons that are shown; none if the table is not one of neurons.
    neurons: Option<Vec<(u32, u32)>>,
}

impl<'a> Curves<'a> {
    fn new(wanted: &'a [PlotPanel], reader: &TableReader, window: (f64, f64)) -> Self {
        let of_neurons = reader.columns().any(|column| column == "neuron");
        let panel = |panel: &PlotPanel| TracePanel {
            variable: panel.label.clone(),
            unit: panel.unit.clone(),
            traces: if of_neurons { Vec::new() } else { traces(panel, None, window) },
            ..TracePanel::default()
        };
        Self {
            wanted,
            panels: wanted.iter().map(panel).collect(),
            window,
            populations: reader.populations().iter().map(|(name, _)| name.clone()).collect(),
            neurons: of_neurons.then(Vec::new),
        }
    }

    fn add(&mut self, rows: &TableRows) {
        let columns: Vec<Vec<&[f64]>> =
            self.wanted.iter().map(|panel| panel.columns.iter().map(|c| rows.values(c)).collect()).collect();
        for row in 0..rows.time_ms.len() {
            let Some(number) = self.number(rows, row) else { continue };
            for (panel, columns) in self.panels.iter_mut().zip(&columns) {
                let traces = panel.traces[number * columns.len()..].iter_mut();
                for (trace, values) in traces.zip(columns).filter(|(_, values)| row < values.len()) {
                    trace.add(rows.time_ms[row], values[row]);
                }
            }
        }
    }

    /// Which of the neurons that are shown a row is about: all neurons are in the rows of the first time.
    fn number(&mut self, rows: &TableRows, row: usize) -> Option<usize> {
        let Some(neurons) = &mut self.neurons else { return Some(0) };
        let neuron = (*rows.ids("population").get(row)?, *rows.ids("neuron").get(row)?);
        if let Some(known) = neurons.iter().position(|&known| known == neuron) {
            return Some(known);
        }
        if neurons.len() == MAX_NEURONS {
            return None;
        }
        neurons.push(neuron);
        let label = format!("{}[{}]", self.populations[neuron.0 as usize], neuron.1);
        for (panel, wanted) in self.panels.iter_mut().zip(self.wanted) {
            panel.traces.extend(traces(wanted, Some(&label), self.window));
        }
        Some(neurons.len() - 1)
    }
}

/// The curves of a panel: one for each column, for a neuron or for all rows.
fn traces(panel: &PlotPanel, neuron: Option<&str>, (start, stop): (f64, f64)) -> Vec<Trace> {
    let label = |column: &String| match neuron {
        None => column.clone(),
        Some(neuron) if panel.columns.len() == 1 => neuron.to_owned(),
        Some(neuron) => format!("{neuron} {column}"),
    };
    panel.columns.iter().map(|column| Trace::new(&label(column), start, stop)).collect()
}
