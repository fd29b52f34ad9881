//! Scenes: networks and experiments written as text.
//!
//! A scene is a RON file. The `ron` crate reads its syntax; this crate gives it meaning: quantities with units,
//! expressions over named constants, models from the registry, views, projections and recorders. Every message
//! names its place in the file, and one compilation reports all that is wrong.
//!
#![doc = include_str!("../../../docs/language.md")]
//!
//! ## Example
//!
//! ```
//! use neuropil_core::Registry;
//! use neuropil_scene::{Override, SceneSource, compile};
//!
//! let source = SceneSource::new("empty.ron", r#"(duration: "1 s", populations: (E: (n: 100, model: iaf())))"#);
//! let overrides = [Override::set("duration=2 s").expect("a path and a value")];
//! let errors = compile(&source, &overrides, &Registry::default()).err().expect("no models are registered");
//! assert!(errors.to_string().contains("--> empty.ron:1:52"));
//! ```
#![forbid(unsafe_code)]

mod actors;
mod arguments;
mod brackets;
mod calls;
mod choices;
mod compile;
mod constants;
mod context;
mod definitions;
mod diagnostic;
mod distributions;
mod expression;
mod fields;
mod file_values;
mod files;
mod lists;
mod messages;
mod names;
mod node;
mod numbers;
mod overrides;
mod parameters;
mod pasted;
mod populations;
mod processes;
mod projections;
mod protocol;
mod ranges;
mod raw;
mod reach;
mod recorders;
mod references;
mod report;
mod resolved;
mod rules;
mod scene;
mod signature;
mod source;
mod sources;
mod stimuli;
mod synapses;
mod syntax;
mod tokens;
mod values;
mod views;

use neuropil_core::suggest;

pub use compile::{Compiled, compile};
pub use diagnostic::{Diagnostic, Severity};
pub use overrides::{Override, OverrideError};
pub use report::Diagnostics;
pub use source::{SceneError, SceneSource};
