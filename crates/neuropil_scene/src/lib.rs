//! Scenes: networks and experiments written as text.
//!
//! A scene is a RON file. The `ron` crate reads its syntax; this crate gives it meaning: quantities with units,
//! expressions over named constants, models from the registry, views, projections and recorders. Every message
//! names its place in the file, and one compilation reports all that is wrong.
//!
//! ## The language
//!
//! | place | form |
//! |-------|------|
//! | top level | `name`, `description`, `dt`, `duration`, `seed`, `precision`, `constants`, `models`, `populations`, `stimuli`, `synapses`, `projections`, `recorders` |
//! | quantity | a number in the documented unit, or an expression in quotes: `"20 ms"`, `"-g * J / psp_max_alpha(tau_m, tau_syn, C_m)"` |
//! | function | `abs`, `ceil`, `exp`, `floor`, `int`, `ln`, `max`, `min`, `psp_max_alpha`, `round`, `sqrt`; numbers `pi` and `inf` |
//! | distribution | `normal(mean, sd, low, high)`, `uniform(low, high)`, `lognormal(mean, sd)`, `exponential(mean)`, or a list, in place of a quantity of neurons; not the list for synapses |
//! | model | `name(parameter: value, ...)`, or the name of one under `models` in quotes |
//! | population | `(n: 100, model: ..., initial: (V_m: ...))` |
//! | view | `"E"`, `"E[0..50]"`, `"E[0, 3, 10..20]"`, or a list of views |
//! | projection | `(name: ..., from: view or stimulus, to: view, rule: ..., synapse: ..., receptor: ...)` |
//! | rule | `all_to_all(allow_autapses)`, `one_to_one`, `fixed_indegree(indegree, allow_autapses, allow_multapses)`, `pairwise_bernoulli(p, allow_autapses)` |
//! | recorder | `spikes(of, start, stop, synapse)`, `traces(of, variables, interval, start, stop, synapse)` |
//!
//! Groups with names, such as `populations`, may also be maps: `{ "L2/3 E": (...) }`. Units bind more tightly than
//! operators: `1 / 20 ms` is a rate.
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

mod brackets;
mod compile;
mod constants;
mod context;
mod diagnostic;
mod expression;
mod fields;
mod messages;
mod names;
mod node;
mod numbers;
mod overrides;
mod parameters;
mod pasted;
mod populations;
mod projections;
mod raw;
mod reach;
mod recorders;
mod report;
mod resolved;
mod rules;
mod source;
mod sources;
mod stimuli;
mod suggest;
mod synapses;
mod syntax;
mod tokens;
mod values;
mod views;

pub use compile::{Compiled, compile};
pub use diagnostic::{Diagnostic, Severity};
pub use overrides::{Override, OverrideError};
pub use report::Diagnostics;
pub use source::{SceneError, SceneSource};
pub use suggest::did_you_mean;
