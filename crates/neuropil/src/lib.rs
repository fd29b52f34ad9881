//! Neuropil simulates networks of spiking neurons.
//!
//! This crate is the facade: it lists the plugins, re-exports what a program of one's own needs, and holds the
//! command line. A program with further models adds its plugins and hands over:
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! # struct MyModelPlugin;
//! # impl neuropil::core::Plugin for MyModelPlugin {
//! #     fn build(&self, _: &mut neuropil::core::Registry) {}
//! #     fn name(&self) -> &'static str { "my_model" }
//! # }
//! fn main() -> ExitCode {
//!     let mut plugins = neuropil::default_plugins();
//!     plugins.push(Box::new(MyModelPlugin));
//!     neuropil::main_with(plugins)
//! }
//! ```

mod cli;
mod plugins;

pub use cli::main_with;
pub use neuropil_core as core;
pub use neuropil_network as network;
pub use neuropil_plot as plot;
pub use neuropil_record as record;
pub use neuropil_run as run;
pub use neuropil_scene as scene;
pub use plugins::{default_plugins, registry};
