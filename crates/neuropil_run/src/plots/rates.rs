//! The rates that were recorded, in one plot.

use std::path::Path;

use neuropil_plot::{RateSeries, Rates};
use neuropil_record::{Manifest, RecorderSummary, TableSpec, read_rate};

use super::{Named, protocol, recorders, title, window};
use crate::Failure;

const NAME: &str = "rates";

fn shown(manifest: &Manifest) -> Vec<&RecorderSummary> {
    recorders(manifest, |name| TableSpec::Rate { name }).collect()
}

pub(super) fn names(manifest: &Manifest) -> Vec<String> {
    if shown(manifest).is_empty() { Vec::new() } else { vec![NAME.to_owned()] }
}

pub(super) fn draw(run: &Path, manifest: &Manifest) -> Result<Vec<Named>, Failure> {
    let recorders = shown(manifest);
    if recorders.is_empty() {
        return Ok(Vec::new());
    }
    let (t_start_ms, t_stop_ms) = window(manifest, recorders.iter().copied());
    let series = recorders.iter().map(|recorder| series(run, recorder)).collect::<Result<_, _>>()?;
    let title = title(manifest, "rates");
    let rates = Rates { title, t_start_ms, t_stop_ms, series, events: protocol::labels(manifest) };
    Ok(vec![(NAME.to_owned(), rates.draw())])
}

fn series(run: &Path, recorder: &RecorderSummary) -> Result<RateSeries, Failure> {
    let table = read_rate(run, &recorder.name)?;
    let bin_ms = recorder.bin_ms.unwrap_or(0.0);
    Ok(RateSeries {
        // The axis says already that these are rates.
        name: recorder.name.strip_prefix("rate_").unwrap_or(&recorder.name).to_owned(),
        t_start_ms: table.time_ms.first().map_or(0.0, |end| end - bin_ms),
        bin_ms,
        rates_hz: table.rate_hz,
    })
}
