//! What a model declares about itself: the source of scenes, error messages and the catalogue.

use std::fmt;

use crate::declare::units::{NONE, Unit};

/// What role a model plays in an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModelKind {
    /// Neurons, or anything else that has ids and fires: the model of a population.
    Neuron,
    /// What a projection does with a spike.
    Synapse,
    /// What acts on neurons from outside.
    Stimulus,
    /// Which pairs of neurons a projection connects.
    Rule,
    /// What runs beside a network, reads it and acts on it.
    Process,
    /// What writes a table.
    Recorder,
    /// What a protocol does at a point in time.
    Action,
    /// Random values that differ between neurons or synapses.
    Distribution,
    /// What expressions can call.
    Function,
}

impl ModelKind {
    /// All kinds, in the order of the catalogue.
    pub const ALL: [Self; 9] = [
        Self::Neuron,
        Self::Synapse,
        Self::Stimulus,
        Self::Rule,
        Self::Process,
        Self::Recorder,
        Self::Action,
        Self::Distribution,
        Self::Function,
    ];

    /// The name of several of the kind.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Neuron => "neurons",
            Self::Synapse => "synapses",
            Self::Stimulus => "stimuli",
            Self::Rule => "connection rules",
            Self::Process => "processes",
            Self::Recorder => "recorders",
            Self::Action => "actions",
            Self::Distribution => "distributions",
            Self::Function => "functions",
        }
    }
}

impl fmt::Display for ModelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Neuron => "neuron",
            Self::Synapse => "synapse",
            Self::Stimulus => "stimulus",
            Self::Rule => "connection rule",
            Self::Process => "process",
            Self::Recorder => "recorder",
            Self::Action => "action",
            Self::Distribution => "distribution",
            Self::Function => "function",
        })
    }
}

/// The page of a model, in the order in which the catalogue prints it.
#[derive(Clone, Copy, Debug)]
pub struct Declaration {
    /// The name that scenes use.
    pub name: &'static str,
    /// The role of the model.
    pub kind: ModelKind,
    /// What it is, in one sentence.
    pub summary: &'static str,
    /// The equations, as text.
    pub equations: &'static str,
    /// How they are integrated, and the conventions of threshold, reset, refractoriness and stamps.
    pub numerics: &'static str,
    /// The parameters, in the order in which models receive their values.
    pub parameters: &'static [Parameter],
    /// The state variables, in the order in which models number them.
    pub states: &'static [StateVariable],
    /// The inputs that synapses and stimuli can reach, in the order of the input buffer's channels.
    pub receptors: &'static [Receptor],
    /// Where the model comes from.
    pub references: &'static [&'static str],
    /// How input moves the membrane, for models that have one.
    pub audit: Option<Audit>,
}

/// How input moves the membrane of a model, to first order: what a plan compares with the distance to threshold.
///
/// Each function takes the values of the declared parameters, in order.
#[derive(Clone, Copy, Debug)]
pub struct Audit {
    /// From rest to threshold, in mV.
    pub distance: fn(&[f64]) -> f64,
    /// By how much the constant input moves the mean potential, in mV.
    pub constant: fn(&[f64]) -> f64,
    /// By how much spikes or a current at a receptor move the mean potential, in mV: for spikes per unit of weight and
    /// spike per ms, for a current per unit. Linear at rest.
    pub receptor: fn(&[f64], usize) -> f64,
}

impl Declaration {
    /// The position of a parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|p| p.name == name)
    }

    /// The position of a state variable.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<usize> {
        self.states.iter().position(|s| s.name == name)
    }

    /// The channel of the receptor that a spike of this weight reaches, where the projection names none:
    /// the sign of the weight chooses.
    #[must_use]
    pub fn receptor_for_weight(&self, weight: f64) -> Option<usize> {
        self.receptors.iter().position(|r| r.accepts.takes_weight(weight))
    }

    /// The channel in which a state variable is held, if one is.
    #[must_use]
    pub fn channel_of_state(&self, variable: usize) -> Option<usize> {
        let name = self.states.get(variable)?.receptor?;
        self.receptors.iter().position(|r| r.name == name)
    }

    /// Whether spikes are added to the state itself, at the end of the step in which they arrive.
    #[must_use]
    pub fn holds_state_in_receptors(&self) -> bool {
        self.states.iter().any(|state| state.receptor.is_some())
    }

    /// The channel that takes currents.
    #[must_use]
    pub fn current_receptor(&self) -> Option<usize> {
        self.receptors.iter().position(|r| r.accepts == Accepts::Current)
    }
}

/// A parameter of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// The name, as in the literature.
    pub name: &'static str,
    /// The unit; `None` where the use decides: a weight has the unit of the receptor it reaches, an argument of a distribution
    /// that of the value that is drawn, and an argument of a function any.
    pub unit: Option<Unit>,
    /// The default, in the unit; of a required parameter, an example.
    pub default: f64,
    /// Whether a scene has to give it.
    pub required: bool,
    /// The allowed values, in the unit.
    pub range: Range,
    /// Whether it is a time that must be a whole number of steps.
    pub on_grid: bool,
    /// What it means, in a few words.
    pub meaning: &'static str,
}

impl Parameter {
    /// A parameter that may take any finite value.
    #[must_use]
    pub const fn new(name: &'static str, unit: Unit, default: f64, meaning: &'static str) -> Self {
        Self {
            name,
            unit: Some(unit),
            default,
            required: false,
            range: Range::Finite,
            on_grid: false,
            meaning,
        }
    }

    /// A weight: its unit is that of the receptor.
    #[must_use]
    pub const fn weight(name: &'static str, default: f64, meaning: &'static str) -> Self {
        Self { name, unit: None, default, required: false, range: Range::Finite, on_grid: false, meaning }
    }

    /// An argument of a distribution or a function whose unit the use decides.
    #[must_use]
    pub const fn any_unit(name: &'static str, default: f64, meaning: &'static str) -> Self {
        Self::weight(name, default, meaning)
    }

    /// A choice between words, the first of which is the default.
    #[must_use]
    pub const fn choice(name: &'static str, words: &'static [&'static str], meaning: &'static str) -> Self {
        Self { range: Range::Choice(words), ..Self::new(name, NONE, 0.0, meaning) }
    }

    /// A whole number, zero or above.
    #[must_use]
    pub const fn count(name: &'static str, default: u32, meaning: &'static str) -> Self {
        Self { range: Range::Count, ..Self::new(name, NONE, default as f64, meaning) }
    }

    /// `true` or `false`; as a number, 1 or 0.
    #[must_use]
    pub const fn flag(name: &'static str, default: bool, meaning: &'static str) -> Self {
        Self { range: Range::Flag, ..Self::new(name, NONE, if default { 1.0 } else { 0.0 }, meaning) }
    }

    /// A population, by its name in the scene; the value is its number.
    #[must_use]
    pub const fn population(name: &'static str, meaning: &'static str) -> Self {
        Self { range: Range::Population, ..Self::new(name, NONE, 0.0, meaning) }.required()
    }

    /// A stimulus, by its name in the scene; the value is its number.
    #[must_use]
    pub const fn stimulus(name: &'static str, meaning: &'static str) -> Self {
        Self { range: Range::Stimulus, ..Self::new(name, NONE, 0.0, meaning) }.required()
    }

    /// Whether it may go without a value: its default is outside of the range then, and stands for none.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        !self.required && !self.range.contains(self.default)
    }

    /// The same parameter without a default: a scene has to give it. What was the default is an example.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same parameter with another default.
    #[must_use]
    pub const fn default(mut self, default: f64) -> Self {
        self.default = default;
        self
    }

    /// The same parameter, which means this.
    #[must_use]
    pub const fn meaning(mut self, meaning: &'static str) -> Self {
        self.meaning = meaning;
        self
    }

    /// The same parameter with another range.
    #[must_use]
    pub const fn within(mut self, range: Range) -> Self {
        self.range = range;
        self
    }

    /// The same parameter, as a time that must be a whole number of steps.
    #[must_use]
    pub const fn on_grid(mut self) -> Self {
        self.on_grid = true;
        self
    }
}

/// The allowed values of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Any finite number.
    Finite,
    /// Any number but NaN.
    AnyOrInfinite,
    /// Finite and above zero.
    Positive,
    /// Finite and zero or above.
    NonNegative,
    /// Zero or above, infinity included.
    NonNegativeOrInfinite,
    /// From zero to one.
    Probability,
    /// A whole number, zero or above.
    Count,
    /// A whole number from zero to this.
    CountUpTo(u64),
    /// `true` or `false`; the value is 1 or 0.
    Flag,
    /// One of these words; the value is its position.
    Choice(&'static [&'static str]),
    /// A population of the scene; the value is its number.
    Population,
    /// A stimulus of the scene; the value is its number.
    Stimulus,
}

impl Range {
    /// Whether `x` is allowed.
    #[must_use]
    pub fn contains(self, x: f64) -> bool {
        match self {
            Self::Finite => x.is_finite(),
            Self::AnyOrInfinite => !x.is_nan(),
            Self::Positive => x.is_finite() && x > 0.0,
            Self::NonNegative => x.is_finite() && x >= 0.0,
            Self::NonNegativeOrInfinite => x >= 0.0,
            Self::Probability => (0.0..=1.0).contains(&x),
            Self::Count | Self::Population | Self::Stimulus => x >= 0.0 && x.is_finite() && x.fract() == 0.0,
            Self::CountUpTo(most) => Self::Count.contains(x) && x <= most as f64,
            Self::Flag => x == 0.0 || x == 1.0,
            Self::Choice(words) => x >= 0.0 && x < words.len() as f64 && x.fract() == 0.0,
        }
    }

    /// Whether infinity is allowed.
    #[must_use]
    pub fn allows_infinity(self) -> bool {
        matches!(self, Self::AnyOrInfinite | Self::NonNegativeOrInfinite)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Finite => "finite",
            Self::AnyOrInfinite => "any",
            Self::Positive => "> 0",
            Self::NonNegative => ">= 0",
            Self::NonNegativeOrInfinite => ">= 0 or inf",
            Self::Probability => "0 to 1",
            Self::Count | Self::CountUpTo(_) => "whole, >= 0",
            Self::Flag => "true or false",
            Self::Population => "a population",
            Self::Stimulus => "a stimulus",
            Self::Choice(words) => return f.write_str(&words.join(" or ")),
        })
    }
}

/// A state variable of a model, which recorders can read and scenes can set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateVariable {
    /// The name, as in the literature.
    pub name: &'static str,
    /// The unit.
    pub unit: Unit,
    /// The value at the start.
    pub initial: Initial,
    /// What it means, in a few words.
    pub meaning: &'static str,
    /// The receptor whose input is added to the variable itself, spike by spike, after the neurons have advanced. The
    /// channel of that receptor holds the variable; all other channels are set to zero after each step.
    pub receptor: Option<&'static str>,
}

impl StateVariable {
    /// A state variable that the model holds.
    #[must_use]
    pub const fn new(name: &'static str, unit: Unit, initial: Initial, meaning: &'static str) -> Self {
        Self { name, unit, initial, meaning, receptor: None }
    }

    /// The same variable, which starts so.
    #[must_use]
    pub const fn initial(mut self, initial: Initial) -> Self {
        self.initial = initial;
        self
    }

    /// The same variable, which means this.
    #[must_use]
    pub const fn meaning(mut self, meaning: &'static str) -> Self {
        self.meaning = meaning;
        self
    }

    /// The same variable, held in the channel of a receptor.
    #[must_use]
    pub const fn held_in(mut self, receptor: &'static str) -> Self {
        self.receptor = Some(receptor);
        self
    }
}

/// The value of a state variable at the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Initial {
    /// A number.
    Value(f64),
    /// The value of a parameter.
    Parameter(&'static str),
}

impl fmt::Display for Initial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(x) => write!(f, "{x}"),
            Self::Parameter(name) => f.write_str(name),
        }
    }
}

/// An input of a neuron model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Receptor {
    /// The name that projections use.
    pub name: &'static str,
    /// The unit of the weights, or of the current.
    pub unit: Unit,
    /// What it takes.
    pub accepts: Accepts,
    /// What it means, in a few words.
    pub meaning: &'static str,
}

impl Receptor {
    /// The same receptor, which means this.
    #[must_use]
    pub const fn meaning(mut self, meaning: &'static str) -> Self {
        self.meaning = meaning;
        self
    }
}

/// What a receptor takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// Spikes with weights of zero or above.
    PositiveWeights,
    /// Spikes with weights below zero.
    NegativeWeights,
    /// Spikes with any weight.
    AnyWeight,
    /// Currents of stimuli.
    Current,
}

impl Accepts {
    /// Whether a spike with this weight may go there.
    #[must_use]
    pub fn takes_weight(self, weight: f64) -> bool {
        match self {
            Self::PositiveWeights => weight >= 0.0,
            Self::NegativeWeights => weight < 0.0,
            Self::AnyWeight => true,
            Self::Current => false,
        }
    }
}

impl fmt::Display for Accepts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PositiveWeights => "weights >= 0",
            Self::NegativeWeights => "weights < 0",
            Self::AnyWeight => "any weight",
            Self::Current => "a current",
        })
    }
}
