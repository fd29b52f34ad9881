//! The derives with which models declare themselves. `neuropil_core` re-exports them beside the traits that they
//! implement, whose documentation says what each is for.
//!
//! The documentation of a model is its page in the catalogue: the first paragraph is the summary, and the sections
//! `# Dynamics`, `# Numerics` and `# References` are the rest. Other sections are for rustdoc alone.
#![forbid(unsafe_code)]

mod attribute;
mod choice;
mod constants;
mod documentation;
mod kind;
mod page;
mod parameters;
mod receptors;
mod state;
mod structure;

use proc_macro::TokenStream as Tokens;
use proc_macro2::TokenStream;
use syn::{DeriveInput, Error, Result, parse_macro_input};

use kind::Kind;

fn expand(input: Tokens, derive: impl FnOnce(&DeriveInput) -> Result<TokenStream>) -> Tokens {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// The parameters of a model, one for each field.
///
/// | field | what scenes read |
/// |---|---|
/// | `#[parameter(MV, default = -55.0, Positive)] x: f64` | a number, in the unit, within a [`Range`](../neuropil_core/enum.Range.html) |
/// | `#[parameter(MS, default = 2.0, NonNegative, on_grid)] t: f64` | a time that is a whole number of steps |
/// | `#[parameter(weight, default = 1.0)] w: f64` | a weight, which has the unit of the receptor it reaches |
/// | `#[parameter(any_unit, required, example = 2.0)] mean: f64` | an argument of a distribution or a function, whose unit the use decides |
/// | `#[parameter(iaf::V_TH, default = -50.0)] V_th: f64` | a parameter that models share, here with another default |
/// | `#[parameter(default = 10)] n: u32` | a whole number |
/// | `#[parameter(default = true)] loops: bool` | `true` or `false` |
/// | `#[parameter] reset: Reset` | one of the words of an enum that derives [`Choice`] |
/// | `#[parameter] source: PopulationNumber` | a population that the scene names; `StimulusNumber` likewise |
/// | `#[parameter(NONE, required, example = 0.1, Probability)] p: f64` | a number that a scene has to give |
///
/// The unit is one of `neuropil_core::units`, or a constant of the author's. The documentation of a field says what it
/// means; a shared parameter has its own description, unless the field has one.
#[proc_macro_derive(Parameters, attributes(parameter))]
pub fn parameters(input: Tokens) -> Tokens {
    expand(input, parameters::derive)
}

/// A choice between words: an enum whose variants have no fields. A scene writes them in snake case, and the first is the
/// default.
#[proc_macro_derive(Choice)]
pub fn choice(input: Tokens) -> Tokens {
    expand(input, choice::derive)
}

/// What a neuron is in: one column for each field.
///
/// | field | what it is |
/// |---|---|
/// | `#[state(MV, initial = E_L)] V_m: R` | a variable that recorders see, which starts at the value of a parameter, or at a number |
/// | `#[state(iaf::V_M, relative_to = E_L)] V_m: R` | one that models share; in a step it is relative to a parameter, in scenes it is not |
/// | `#[state(MV, scale = 1e3)] V_m: R` | one that scenes see in mV, and a step in V |
/// | `#[state(NS, held_in = "ampa")] g: R` | one to which a receptor adds each spike itself, after the step |
/// | `refractory: i32` | a number that only the model knows: an integer, a real number or a `bool`; it starts at zero |
/// | `#[fired] fired: bool` | whether the neuron fired in the last step |
#[proc_macro_derive(State, attributes(state, fired))]
pub fn state(input: Tokens) -> Tokens {
    expand(input, state::derive)
}

/// What arrives at a neuron in a step: what a step is given for each field.
///
/// | field | what it is |
/// |---|---|
/// | `#[receptor(PA, PositiveWeights)] ex: R` | the sum of the weights that arrive; the sign that a receptor accepts is its own |
/// | `#[receptor(PA, AnyWeight, name = "in")] inh: R` | the same, under another name than that of the field |
/// | `#[receptor(PA, Current)] current: R` | the current of stimuli |
/// | `#[receptor(iaf::CURRENT, next_step)] current: R` | the same, a receptor that models share, one step after it arrives |
/// | `#[receptor(NONE, PositiveWeights, held)] ampa: R` | zero: what arrives is added to the variable that is `held_in` the receptor |
/// | `#[step] step: u64` | the number of the step |
/// | `#[random(Normal)] xi: R`, `#[random(Uniform)]` | a random number of mean 0 and variance 1, or between 0 and 1; another for each neuron and step |
#[proc_macro_derive(Receptors, attributes(receptor, random, step))]
pub fn receptors(input: Tokens) -> Tokens {
    expand(input, receptors::derive)
}

/// What a step needs to know about a neuron: a struct of numbers (`R`, `f64`, `i32`, `u32`, `bool`), choices, and structs that
/// derive this as well.
#[proc_macro_derive(Constants)]
pub fn constants(input: Tokens) -> Tokens {
    expand(input, constants::derive)
}

/// The page of a model in the catalogue, from its documentation and `#[model("name")]`.
#[proc_macro_derive(Page, attributes(model))]
pub fn page(input: Tokens) -> Tokens {
    expand(input, |input| page::derive(input, &[]))
}

/// A neuron model: its page, and a plugin that registers it.
#[proc_macro_derive(Neuron, attributes(model))]
pub fn neuron(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Neuron.derive(input))
}

/// A synapse model: its page, and a plugin that registers it.
#[proc_macro_derive(Synapse, attributes(model))]
pub fn synapse(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Synapse.derive(input))
}

/// A stimulus: its page, and a plugin that registers it.
#[proc_macro_derive(Stimulus, attributes(model))]
pub fn stimulus(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Stimulus.derive(input))
}

/// A connection rule: its page, and a plugin that registers it.
#[proc_macro_derive(Rule, attributes(model))]
pub fn rule(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Rule.derive(input))
}

/// A process: its page, and a plugin that registers it.
#[proc_macro_derive(Process, attributes(model))]
pub fn process(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Process.derive(input))
}

/// A recorder: its page, and a plugin that registers it.
#[proc_macro_derive(Recorder, attributes(model))]
pub fn recorder(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Recorder.derive(input))
}

/// An action of a protocol: its page, and a plugin that registers it.
#[proc_macro_derive(Action, attributes(model))]
pub fn action(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Action.derive(input))
}

/// A random distribution: its page, and a plugin that registers it.
#[proc_macro_derive(Distribution, attributes(model))]
pub fn distribution(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Distribution.derive(input))
}

/// A function of expressions: its page, and a plugin that registers it.
#[proc_macro_derive(Function, attributes(model))]
pub fn function(input: Tokens) -> Tokens {
    expand(input, |input| Kind::Function.derive(input))
}
