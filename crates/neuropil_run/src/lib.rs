//! Runs experiments: compiles a scene, builds the network, simulates it, and writes tables, plots and a manifest.
//!
//! The program `neuropil` is a thin shell over this crate: all that a command does can be done from Rust.
//!
//! | to | use |
//! |---|---|
//! | read a scene, with all mistakes in one message | [`Scene::load`], [`Scene::from_text`] |
//! | know what it would take | [`Resources::plan`], [`disk_bytes`], [`drive_warnings`] |
//! | step a network in memory, read it and change it | [`Resources::build`], then [`Simulation`] |
//! | run it to a folder | [`Scene::run`] |
//! | run it to a folder step by step, and act on it in between | [`Run`] |
//! | draw the plots of a run again | [`plot`] |
//!
//! # A closed loop
//!
//! Between two steps a program may read and change the network. This one holds the rate of a population by its noise:
//!
//! ```
//! use neuropil_core::Registry;
//! use neuropil_neuron_iaf_psc_exp::IafPscExp;
//! use neuropil_rule_standard::StandardRulesPlugin;
//! use neuropil_run::{Resources, Scene};
//! use neuropil_stimulus_poisson::PoissonGenerator;
//! use neuropil_synapse_static::StaticSynapsePlugin;
//!
//! let mut registry = Registry::default();
//! registry.add_plugin(&IafPscExp).add_plugin(&PoissonGenerator);
//! registry.add_plugin(&StandardRulesPlugin).add_plugin(&StaticSynapsePlugin);
//! let text = r#"(
//!     duration: "1 s",
//!     populations: (E: (n: 500, model: iaf_psc_exp(tau_m: "20 ms"))),
//!     stimuli: (noise: poisson_generator(rate: "12 kHz")),
//!     projections: [(from: "noise", to: "E", synapse: static(weight: "20 pA", delay: "1 ms"))],
//! )"#;
//! let scene = Scene::from_text(text, &registry)?;
//! let mut simulation = Resources::default().build(scene.experiment())?;
//! let (cells, target, mut held) = (simulation.view("E")?, 20.0, 0.0);
//! for epoch in 0..100 {
//!     let spikes = simulation.simulate(10.0)?; // ms
//!     let n_spikes = spikes.iter().filter(|spike| spike.is_of(&cells)).count();
//!     let rate = n_spikes as f64 / f64::from(cells.len()) / 0.010; // Hz
//!     held += if epoch < 50 { 0.0 } else { rate / 50.0 };
//!     let noise = simulation.stimulus("noise", "rate")?;
//!     simulation.set_stimulus("noise", "rate", noise + 20.0 * (target - rate))?;
//! }
//! assert!((held - target).abs() < 1.0, "{held} Hz");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Simulation`] has more verbs of the kind: `state` and `set_state`, `parameter` and `set_parameter`, `add_input`, `synapses` and
//! `set_weights`. What they do depends on no thread, and is what a protocol would do at that time. A program that depends on `neuropil`
//! has all models: `neuropil::registry(&neuropil::default_plugins())`.
//!
//! Messages are for users: a [`Failure`] says what is wrong, and what to do about it.

mod connections;
mod disk;
mod drive_warnings;
mod events;
mod failure;
mod follower;
pub mod format;
mod host;
mod ledger;
mod manifest;
mod plots;
mod profile;
mod recording;
mod resources;
mod run;
mod scene;

pub use connections::WrittenConnections;
pub use disk::disk_bytes;
pub use drive_warnings::{DriveWarning, drive_warnings};
pub use failure::{Failure, FailureKind};
pub use follower::Follower;
pub use host::cores;
pub use neuropil_network::{Epoch, Experiment, Observer, Plan, Simulation, Spike, View};
pub use neuropil_record::Manifest;
pub use neuropil_scene::{Override, OverrideError, SceneSource};
pub use plots::{Plots, plot};
pub use resources::{Resources, memory};
pub use run::{Finished, Run, RunOptions};
pub use scene::Scene;
