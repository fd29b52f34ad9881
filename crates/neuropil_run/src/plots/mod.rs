//! The plots of a run, made from what its folder holds.

mod before_after;
mod curves;
mod protocol;
mod rates;
mod rows;
mod spikes;

use std::path::Path;

use neuropil_plot::Picture;
use neuropil_record::{Manifest, RecorderSummary, RunStatus};

use crate::Failure;

/// The plots of a run, once drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plots {
    /// The names of the files.
    pub files: Vec<String>,
    /// Whether the run has reached its end; where it has not, the plots show what it has written.
    pub complete: bool,
}

/// Draws the plots of the run in a folder.
///
/// # Errors
/// Where the folder holds no run, or a file cannot be read or written.
pub fn plot(run: &Path) -> Result<Plots, Failure> {
    let mut manifest = Manifest::read(run)?;
    let complete = manifest.status == RunStatus::Completed;
    if manifest.t_done_ms <= 0.0 {
        // A killed run does not say how far it came, but its spikes do.
        manifest.t_done_ms = spikes::last_ms(run, &manifest)?.unwrap_or(manifest.t_stop_ms);
    }
    Ok(Plots { files: draw(run, &manifest)?, complete })
}

/// Draws the plots of a run whose manifest is at hand.
pub(crate) fn draw(run: &Path, manifest: &Manifest) -> Result<Vec<String>, Failure> {
    let mut pictures = spikes::draw(run, manifest)?;
    pictures.extend(curves::draw(run, manifest)?);
    pictures.extend(rates::draw(run, manifest)?);
    for (name, picture) in &pictures {
        let [png, svg] = files_of(name);
        picture.write_png(&run.join(png))?;
        picture.write_svg(&run.join(svg))?;
    }
    Ok(pictures.iter().flat_map(|(name, _)| files_of(name)).collect())
}

/// The names of the files that [`draw`] writes: they are known before the run.
pub(crate) fn files(manifest: &Manifest) -> Vec<String> {
    let names = [spikes::names(manifest), curves::names(manifest), rates::names(manifest)].concat();
    names.iter().flat_map(|name| files_of(name)).collect()
}

/// A picture with the name of its files.
type Named = (String, Picture);

fn files_of(name: &str) -> [String; 2] {
    ["png", "svg"].map(|ending| format!("{name}.{ending}"))
}

/// The line above a plot: the scene, what is shown of it, and the seed.
fn title(manifest: &Manifest, what: &str) -> String {
    let what = if what.is_empty() { String::new() } else { format!(": {what}") };
    format!("{}{what} (seed {})", manifest.scene.name, manifest.seed)
}

/// The time in ms in which some recorders can have recorded anything.
fn window<'a>(manifest: &Manifest, recorders: impl IntoIterator<Item = &'a RecorderSummary>) -> (f64, f64) {
    let done = manifest.t_done_ms;
    let ends = recorders.into_iter().map(|r| (r.first_ms - manifest.dt_ms, r.last_ms.min(done)));
    let (start, stop) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0.0, done));
    // An axis begins at zero unless that would be a waste.
    if start < 0.05 * stop { (0.0, stop) } else { (start, stop) }
}
