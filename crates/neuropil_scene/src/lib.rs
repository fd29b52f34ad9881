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
//! | top level | `name`, `description`, `dt`, `duration` or `protocol`, `seed`, `precision`, `constants`, `models`, `populations`, `views`, `stimuli`, `synapses`, `projections`, `recorders` |
//! | quantity | a number in the documented unit, or an expression in quotes: `"20 ms"`, `"-g * J / psp_max_alpha(tau_m, tau_syn, C_m)"` |
//! | function | `abs`, `ceil`, `exp`, `floor`, `int`, `ln`, `max`, `min`, `psp_max_alpha`, `round`, `sqrt`; numbers `pi` and `inf` |
//! | distribution | `normal(mean, sd, low, high)`, `uniform(low, high)`, `lognormal(mean, sd)`, `exponential(mean)`, in place of a quantity of neurons or synapses |
//! | list | `[-70, "-65 mV"]`, `file("v0.npy")` or `file("cells.parquet", "V_m")`, in place of a quantity of neurons: one value for each |
//! | choice | a word, where a model declares words: `integrator: dopri5` |
//! | model | `name(parameter: value, ...)`, or the name of one under `models` in quotes |
//! | population | `(n: 100, model: ..., initial: (V_m: ...))` |
//! | view | `"E"`, `"E[0..50]"`, `"E[0, 3, 10..20]"` of a population or a named view, or a list of views |
//! | projection | `(name: ..., from: view or stimulus, to: view, rule: ..., synapse: ..., receptor: ..., zero_mean: false)` |
//! | rule | `all_to_all(allow_autapses)`, `one_to_one`, `fixed_indegree(indegree, allow_autapses, allow_multapses)`, `fixed_outdegree(outdegree, allow_autapses, allow_multapses)`, `total_number(n, allow_autapses)`, `pairwise_bernoulli(p, allow_autapses)`, `connections([...])`, `file("wiring.mtx")` |
//! | action | `run`, `set_weights`, `add_weights`, `scale_weights`, `clip_weights`, `load_patterns`, `set`, `set_state` |
//! | recorder | `spikes(of, start, stop, synapse)`, `traces(of, variables, interval, start, stop, synapse, pasted_spikes)`, `rate(of, bin, start, stop)`, `weights(projection, from, to, at)` |
//!
//! Groups with names, such as `populations`, may also be maps: `{ "L2/3 E": (...) }`. Units bind more tightly than
//! operators: `1 / 20 ms` is a rate. Of a call, all arguments have names or none: `file("a.npy")` is `file(path: "a.npy")`.
//!
//! ## Views with names
//!
//! `views` gives names to views:
//!
//! ```ron
//! views: { "exc": "cells[0..3200]", "inh": "cells[3200..]", "both": ["inh", "exc[0..10]"] },
//! ```
//!
//! A named view stands wherever a view can, also in other named views, in any order. Its indices count the positions in it:
//! `"inh[0]"` is neuron 3200 of `cells`, and `"both[800]"` its neuron 0. Populations, views and stimuli have different names.
//!
//! ## Connections, one by one
//!
//! A connection of `connections` is `(source, target)`, `(source, target, weight)` or `(source, target, weight, delay)`: all
//! of a list have one form. Sources and targets are positions in the views `from` and `to`, from 0. `file` reads the same
//! from the formats that `neuropil_tables` knows, chosen by the end of the name. Where the file says how many sources and
//! targets there are, the views have as many neurons. Weights are in the unit of the receptor, and delays in ms; they
//! stand in for those of the synapse.
//!
//! Paths start from the folder of the scene.
//!
//! `zero_mean: true` subtracts the mean weight of each target's synapses from them, so that they have either sign.
//!
//! ## The protocol
//!
//! In place of a `duration`, a scene may have a `protocol`: a list of what happens, in order. Only runs take time.
//!
//! ```ron
//! protocol: [
//!     run("10 s"),
//!     set_weights(projection: "E->E", from: "E[0..500]", to: "E[0..500]", weight: "5 * w"),
//!     set(of: "noise", rate: "2 kHz"),
//!     run("5 s"),
//! ],
//! ```
//!
//! | action | effect |
//! |--------|--------|
//! | `run("10 s")` | simulates |
//! | `set_weights(projection, from, to, weight)` | gives the synapses from `from` to `to` this weight: a quantity or a distribution. All sources or targets where these are left out |
//! | `add_weights(projection, from, to, weight)` | adds it |
//! | `scale_weights(projection, from, to, factor)` | multiplies weights by a number |
//! | `clip_weights(projection, from, to, low, high)` | brings weights into a range; one end may be left out |
//! | `load_patterns(projection, file or patterns, weight, overwrite, chain)` | adds `weight` to the synapses between the members of each pattern, or sets it with `overwrite: true` |
//! | `set(of, V_th: ..., I_e: ...)` | sets parameters of neurons of one model, or of a stimulus, one after the other |
//! | `set_state(of, V_m: ...)` | sets state variables of neurons |
//!
//! Projections without a name are called after their ends: `E->E,I`. A pattern is a list of neurons, or of pairs of a neuron
//! and its strength: `[[0, 1, 2], [3, (4, 0.5)]]`, or a `.pat` file. A neuron is a position among the sources and among the
//! targets; the strength of the target multiplies the weight. With `chain: true`, the synapses go from each pattern to the
//! next. `post_patterns` or `post_file` give the patterns of the targets, where they differ. Only synapses that exist
//! change.
//!
//! ## Recorders
//!
//! `record_for: "2 s"` says how long to record, in place of `stop`. `pasted_spikes: "20 mV"` shows a spike in the trace of `V_m`.
//! The bins of `rate` are 1 ms wide unless `bin` says otherwise, and begin at `start`. `weights` reads those of a projection at
//! the times `at`: at the beginning and at the end, where these are left out.
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
mod calls;
mod choices;
mod compile;
mod constants;
mod context;
mod definitions;
mod diagnostic;
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
mod projections;
mod protocol;
mod raw;
mod reach;
mod recorders;
mod references;
mod report;
mod resolved;
mod rules;
mod scene;
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
