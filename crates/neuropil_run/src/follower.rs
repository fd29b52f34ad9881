//! What is told about the progress of a run.

use std::path::Path;

use neuropil_record::Manifest;

use crate::Scene;

/// Is told how a run goes on, and may stop it. Every method may be left out.
pub trait Follower: Send {
    /// The folder is there, and the network is about to be built for so many threads.
    fn starting(&mut self, scene: &Scene, threads: usize, folder: &Path) {
        let _ = (scene, threads, folder);
    }

    /// The network is built; the manifest knows its size.
    fn built(&mut self, manifest: &Manifest) {
        let _ = manifest;
    }

    /// The run has come so far, with so many spikes. If this returns false, it stops soon.
    fn advanced(&mut self, model_ms: f64, n_spikes: u64) -> bool {
        let _ = (model_ms, n_spikes);
        true
    }
}

/// A follower that looks away.
impl Follower for () {}
