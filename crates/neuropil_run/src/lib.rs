//! Runs experiments: compiles a scene, builds the network, simulates it, and writes tables, plots and a manifest.
//!
//! The program `neuropil` is a thin shell over this crate: all that a command does can be done from Rust.
//!
//! | to | use |
//! |---|---|
//! | read a scene, with all mistakes in one message | [`Scene::load`], [`Scene::from_text`] |
//! | know what it would take | [`Resources::plan`], [`disk_bytes`], [`drive_warnings`] |
//! | step a network in memory | [`Resources::build`], then [`Simulation`] |
//! | run it to a folder | [`Scene::run`] |
//! | run it to a folder step by step, and act on it in between | [`Run`] |
//! | draw the plots of a run again | [`plot`] |
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
pub use neuropil_network::{Epoch, Experiment, Observer, Plan, Simulation};
pub use neuropil_record::Manifest;
pub use neuropil_scene::{Override, OverrideError, SceneSource};
pub use plots::{Plots, plot};
pub use resources::{Resources, memory};
pub use run::{Finished, Run, RunOptions};
pub use scene::Scene;
