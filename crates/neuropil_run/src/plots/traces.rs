//! Recorded state variables, one plot for each recorder.

use std::path::Path;

use neuropil_plot::{Trace, TracePanel, Traces};
use neuropil_record::{Manifest, RecorderSummary, TableSpec, TraceReader, read_traces};

use super::{Named, recorders, title, window};
use crate::Failure;

/// More neurons than these could hardly be followed.
const MAX_NEURONS: usize = 10;

fn shown(manifest: &Manifest) -> impl Iterator<Item = &RecorderSummary> {
    let table = |name| TableSpec::Traces { name, variables: Vec::new(), single_precision: false };
    recorders(manifest, table)
}

pub(super) fn names(manifest: &Manifest) -> Vec<String> {
    shown(manifest).map(|recorder| recorder.table.clone()).collect()
}

pub(super) fn draw(run: &Path, manifest: &Manifest) -> Result<Vec<Named>, Failure> {
    let draw = |recorder: &RecorderSummary| {
        let (t_start_ms, t_stop_ms) = window(manifest, [recorder]);
        let panels = panels(read_traces(run, &recorder.name)?, (t_start_ms, t_stop_ms))?;
        let more = recorder.n_neurons > panels.first().map_or(0, |panel| panel.traces.len()) as u64;
        let of = if more { format!(", of {} neurons", recorder.n_neurons) } else { String::new() };
        let title = title(manifest, &format!("{}{of}", recorder.name));
        let traces = Traces { title, t_start_ms, t_stop_ms, panels };
        Ok((recorder.table.clone(), traces.draw()))
    };
    shown(manifest).map(draw).collect()
}

/// A panel for each variable with the traces of the first neurons, read batch by batch.
fn panels(reader: TraceReader, (start, stop): (f64, f64)) -> Result<Vec<TracePanel>, Failure> {
    let populations: Vec<String> = reader.populations().iter().map(|(name, _)| name.clone()).collect();
    let mut panels: Vec<TracePanel> = reader
        .variables()
        .iter()
        .map(|v| TracePanel { variable: v.name.clone(), unit: v.unit.clone(), ..TracePanel::default() })
        .collect();
    let mut neurons: Vec<(u32, u32)> = Vec::new();
    for rows in reader {
        let rows = rows?;
        for i in 0..rows.time_ms.len() {
            let neuron = (rows.population[i], rows.neuron[i]);
            let known = neurons.iter().position(|&known| known == neuron);
            // All neurons are in the samples of the first step.
            let Some(number) = known.or_else(|| (neurons.len() < MAX_NEURONS).then_some(neurons.len()))
            else {
                continue;
            };
            if known.is_none() {
                neurons.push(neuron);
                let label = format!("{}[{}]", populations[neuron.0 as usize], neuron.1);
                panels.iter_mut().for_each(|panel| panel.traces.push(Trace::new(&label, start, stop)));
            }
            for (panel, values) in panels.iter_mut().zip(&rows.values) {
                panel.traces[number].add(rows.time_ms[i], values[i]);
            }
        }
    }
    Ok(panels)
}
