//! What the benchmarks share.

use std::path::Path;

use neuropil::network::Experiment;
use neuropil::scene::{Override, SceneSource, compile};

/// Compiles the scene of an experiment folder with overrides.
///
/// # Panics
/// With the messages of the compiler, if it is wrong.
#[must_use]
pub fn experiment(name: &str, overrides: &[&str]) -> Experiment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../experiments").join(name);
    let source = SceneSource::load(&folder).unwrap_or_else(|e| panic!("{e}"));
    let parse = |text: &&str| Override::set(text).unwrap_or_else(|e| panic!("{e}"));
    let overrides: Vec<Override> = overrides.iter().map(parse).collect();
    let registry = neuropil::registry(&neuropil::default_plugins());
    compile(&source, &overrides, &registry)
        .unwrap_or_else(|errors| panic!("{}", errors.render(false)))
        .experiment
}
