//! The rates that were recorded, in one plot.

use std::path::Path;

use neuropil_core::Plot;
use neuropil_plot::{RateSeries, Rates};
use neuropil_record::{Manifest, RecorderSummary, read_table};

use super::{Named, protocol, title, window};
use crate::Failure;

const NAME: &str = "rates";

/// A recorder of a rate, with its column and the width of its bins in ms.
type Shown<'a> = (&'a RecorderSummary, &'a str, f64);

fn shown(manifest: &Manifest) -> Vec<Shown<'_>> {
    let mut shown = Vec::new();
    for recorder in &manifest.recorders {
        if let Some(Plot::Rate { column, bin_ms }) = &recorder.plot {
            shown.push((recorder, column.as_str(), *bin_ms));
        }
    }
    shown
}

pub(super) fn names(manifest: &Manifest) -> Vec<String> {
    if shown(manifest).is_empty() { Vec::new() } else { vec![NAME.to_owned()] }
}

pub(super) fn draw(run: &Path, manifest: &Manifest) -> Result<Vec<Named>, Failure> {
    let recorders = shown(manifest);
    if recorders.is_empty() {
        return Ok(Vec::new());
    }
    let (t_start_ms, t_stop_ms) = window(manifest, recorders.iter().map(|shown| shown.0));
    let series = recorders.iter().map(|&shown| series(run, shown)).collect::<Result<_, _>>()?;
    let title = title(manifest, "rates");
    let rates = Rates { title, t_start_ms, t_stop_ms, series, events: protocol::labels(manifest) };
    Ok(vec![(NAME.to_owned(), rates.draw())])
}

fn series(run: &Path, (recorder, column, bin_ms): Shown<'_>) -> Result<RateSeries, Failure> {
    let table = read_table(run, &recorder.table)?;
    Ok(RateSeries {
        // The axis says already that these are rates.
        name: recorder.name.strip_prefix("rate_").unwrap_or(&recorder.name).to_owned(),
        t_start_ms: table.time_ms.first().map_or(0.0, |end| end - bin_ms),
        bin_ms,
        rates_hz: table.values(column).to_vec(),
    })
}
